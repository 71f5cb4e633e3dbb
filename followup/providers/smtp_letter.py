"""An Outbound as a mail: headers, parts and envelope, the same bytes for the same Outbound."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr

from followup.domain.ids import MessageId
from followup.domain.mail.mark import Marks
from followup.domain.message import MessageClass
from followup.ports import Invite, Outbound

LINE = 76  # RFC 2047: room for a space and an encoded word of 75
_BREAKS = re.compile(r"[\r\n\x00]")
_METHODS = frozenset({"REQUEST", "CANCEL", "PUBLISH"})
_ANSWERS = {MessageClass.COMPLIANCE: "auto-replied"}


class _Verbatim(UnstructuredHeader):
    """A header whose links must not be folded into encoded words."""

    name: str

    def fold(self, *, policy: EmailPolicy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


def _policy() -> "EmailPolicy[EmailMessage]":
    registry = HeaderRegistry()
    for name in ("list-unsubscribe", "list-id", "message-id", "in-reply-to", "references"):
        registry.map_to_type(name, _Verbatim)  # type: ignore[arg-type]
    return EmailPolicy(linesep="\r\n", cte_type="7bit", max_line_length=LINE, header_factory=registry)


_POLICY = _policy()


class BadAddress(ValueError):
    """The recipient's mailbox is not written as one."""


class BadSender(ValueError):
    """There is no sender, or it is not written as a mailbox."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail ready for the wire."""

    message_id: str
    sender: str  # envelope: where bounces go
    to: str
    content: bytes
    utf8: bool  # the recipient's mailbox needs SMTPUTF8


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes letters. `key` makes Message-IDs and return paths that cannot be guessed."""

    key: bytes = field(repr=False)
    default_sender: str
    bounce_domain: str = ""

    def write(self, outbound: Outbound, now: datetime) -> Letter:
        """Raises BadAddress, BadSender, or ValueError for a text that cannot be sent or a header with a line break."""
        _refuse_breaks(outbound)
        to = _mailbox(outbound.to)
        name, address = parseaddr(outbound.sender or self.default_sender)
        sender = _from(outbound.from_name or name, address)
        ref = self.message_id(outbound.message_id, sender.domain)
        letter = EmailMessage(policy=_POLICY)
        letter["From"], letter["To"] = sender, to
        letter["Subject"] = outbound.subject
        letter["Date"] = format_datetime(outbound.sent_at or now)
        letter["Message-ID"] = ref
        for header, value in _headers(outbound, sender.domain):
            letter[header] = value
        _fill(letter, outbound, boundary=self.marks.mac("boundary", outbound.message_id, 20))
        utf8 = not to.username.isascii()
        content = letter.as_bytes(policy=_POLICY.clone(utf8=utf8))
        return Letter(ref, self.return_path(outbound.message_id) or sender.addr_spec, to.addr_spec, content, utf8)

    @property
    def marks(self) -> Marks:
        """What makes and recognises its Message-IDs and return paths."""
        return Marks(self.key)

    def message_id(self, message_id: MessageId, domain: str) -> str:
        """The same for every attempt at the same message."""
        return self.marks.message_id(message_id, domain)

    def return_path(self, message_id: MessageId) -> str:
        """Where bounces of this message go; empty without a bounce domain."""
        return self.marks.return_path(message_id, self.bounce_domain)

    def read_return_path(self, address: str) -> MessageId | None:
        """The message a bounce speaks of; None if we did not make that address."""
        return self.marks.read_return_path(address)


def _refuse_breaks(outbound: Outbound) -> None:
    extra = [part for pair in outbound.headers.items() for part in pair]
    values = (outbound.to, outbound.sender, outbound.from_name, outbound.reply_to, outbound.subject)
    links = (outbound.unsubscribe_url, outbound.list_id, outbound.language)
    if any(_BREAKS.search(value) for value in (*values, *links, *extra)):
        raise ValueError("a header would hold a line break")


def _mailbox(text: str) -> Address:
    """The recipient; its domain in ASCII."""
    local, _, domain = text.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
        parsed = Address(addr_spec=f"{local}@{ascii_domain}") if local.isascii() else Address("", local, ascii_domain)
    except (ValueError, IndexError, MessageError) as error:
        raise BadAddress(type(error).__name__) from None
    if not parsed.username or not parsed.domain:
        raise BadAddress("no mailbox")
    return parsed


def _from(name: str, address: str) -> Address:
    try:
        parsed = Address(display_name=name, addr_spec=address)
    except (ValueError, IndexError, MessageError) as error:
        raise BadSender(type(error).__name__) from None
    if not parsed.username or not parsed.domain:
        raise BadSender("no mailbox")
    return parsed


def _headers(outbound: Outbound, domain: str) -> list[tuple[str, str]]:
    headers: list[tuple[str, str]] = []
    if outbound.reply_to:
        headers.append(("Reply-To", outbound.reply_to))
    if outbound.message_class is not MessageClass.REPLY:
        headers.append(("Auto-Submitted", _ANSWERS.get(outbound.message_class, "auto-generated")))
    if outbound.unsubscribe_url:
        headers.append(("List-Unsubscribe", f"<{outbound.unsubscribe_url}>"))
        headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    if outbound.list_id:
        headers.append(
            ("List-Id", f"<{outbound.list_id if '.' in outbound.list_id else f'{outbound.list_id}.{domain}'}>")
        )
    taken = {name.lower() for name, _ in headers} | {"from", "to", "subject", "date", "message-id"}
    return headers + [(name, value) for name, value in outbound.headers.items() if name.lower() not in taken]


def _fill(letter: EmailMessage, outbound: Outbound, *, boundary: str) -> None:
    letter.set_content(outbound.text)
    if outbound.html:
        letter.add_alternative(outbound.html, subtype="html")
    if outbound.invite is not None:
        _invite(letter, outbound.invite)
    if letter.is_multipart():
        letter.set_boundary(boundary)
    letter["Content-Language"] = outbound.language


def _invite(letter: EmailMessage, invite: Invite) -> None:
    """The part that calendars look for (RFC 6047): its method stands in the header as in the entry."""
    if invite.method not in _METHODS:
        raise ValueError("an entry for a calendar has no such method")
    content = invite.content.replace("\r\n", "\n")
    letter.add_alternative(content, subtype="calendar", charset="utf-8", params={"method": invite.method})
