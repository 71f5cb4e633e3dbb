"""Reports of mail servers: delivery status (RFC 3464), abuse (RFC 5965), and the many forms that follow neither."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from enum import StrEnum

from flufl.bounce import all_failures

from followup.domain.mail.pieces import MOST_TEXT, blocks, body, header
from followup.domain.mail.status import ENHANCED, read_code

_STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_FEEDBACK = frozenset({"message/feedback-report"})
RETURNED = frozenset({
    "message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers",
})  # fmt: skip
#: Feedback types that are no complaint (RFC 5965, 6430, 6591).
_NO_COMPLAINT = frozenset({"not-spam", "auth-failure", "dmarc"})
#: Mailman's detectors try fifty forms a line; what a server has to say stands at the top.
_SCANNED = 24_576
_COMMENT = re.compile(r"\([^()]*\)")
_COPY = re.compile(
    r"^[ \t>]*(-{3,}.{0,60}(copy|original|returned|below this line|message).*|received:|return-path:)",
    re.IGNORECASE | re.MULTILINE,
)
_FAILURE = re.compile(
    r"undeliver|returned mail|delivery (has |status )?(notification|fail|problem|error)|mail delivery (failed|system)"
    r"|failure notice|non remis|non distribué|échec|could not be delivered|delivery failure",
    re.IGNORECASE,
)


class Action(StrEnum):
    """What became of a recipient, in the reporting server's word (RFC 3464 2.3.3)."""

    FAILED = "failed"  # final for this message, whatever the code's class
    DELAYED = "delayed"  # still trying
    DELIVERED = "delivered"
    RELAYED = "relayed"  # handed to a server that reports no further
    EXPANDED = "expanded"  # a list took it


@dataclass(frozen=True, slots=True)
class Fate:
    """What a report says of one recipient; addresses and `diagnostic` are patient data."""

    action: Action
    code: str
    original: str = ""
    final: str = ""
    diagnostic: str = ""

    def names(self, address: str) -> bool:
        """True if this is about that mailbox."""
        return address.casefold() in {self.original.casefold(), self.final.casefold()}


def status_part(parts: Iterable["Message[str, str]"]) -> "Message[str, str] | None":
    """The part that holds a delivery status, also where the mail around it has another type."""
    return next((p for p in parts if p.get_content_type() in _STATUS), None)


def feedback_part(parts: Iterable["Message[str, str]"]) -> "Message[str, str] | None":
    """The part that holds an abuse report."""
    return next((p for p in parts if p.get_content_type() in _FEEDBACK), None)


def read_status(part: "Message[str, str]") -> tuple[Fate, ...]:
    """The fate of each recipient."""
    return tuple(fate for fate in map(_fate, blocks(part)) if fate is not None)


def _fate(block: "Message[str, str]") -> Fate | None:
    original, final = (_mailbox(header(block, name)) for name in ("Original-Recipient", "Final-Recipient"))
    status, diagnostic = _plain(header(block, "Status")), header(block, "Diagnostic-Code").partition(";")[2]
    word = _plain(header(block, "Action")).lower()
    if not (original or final or word) or not (word or status):
        return None
    action = Action(word) if word in set(Action) else _action(status)
    if action is None:
        return None
    code = read_code(status, diagnostic.strip(), permanent=not status.startswith("4"))
    if action not in {Action.FAILED, Action.DELAYED}:
        given = ENHANCED.search(status)
        code = given[1] if given else ""
    return Fate(action, code, original, final, diagnostic)


def _action(status: str) -> Action | None:
    return {"5": Action.FAILED, "4": Action.DELAYED, "2": Action.DELIVERED}.get(status[:1])


def _plain(value: str) -> str:
    return " ".join(_COMMENT.sub(" ", value).split())


def _mailbox(value: str) -> str:
    """The address in `rfc822; name@host`."""
    address = value.partition(";")[2] if ";" in value else value
    found = re.search(r"[^\s<>\"']+@[^\s<>\"';,]+", _COMMENT.sub(" ", address))
    return found[0].strip(".") if found else ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What an abuse report says."""

    is_complaint: bool
    sender: str  # envelope of the mail complained of, so our return path
    recipients: tuple[str, ...]


def read_feedback(part: "Message[str, str]") -> Feedback:
    """Who complained of what; a report without a type is a complaint."""
    fields = blocks(part)
    every = {name: header(block, name) for block in reversed(fields) for name in block}
    kind = next((value for name, value in every.items() if name.lower() == "feedback-type"), "abuse")
    return Feedback(
        is_complaint=_plain(kind).lower() not in _NO_COMPLAINT,
        sender=next((_mailbox(header(b, "Original-Mail-From")) for b in fields if "Original-Mail-From" in b), ""),
        recipients=tuple(
            _mailbox(header(b, name)) for b in fields for name in ("Original-Rcpt-To", "Removal-Recipient") if name in b
        ),
    )


def read_other_form(raw: bytes, mail: "Message[str, str]") -> tuple[Fate, ...]:
    """The fate of the recipients by what Mailman learned of the forms of many servers, else by plain words."""
    text = body(mail)
    said = _above_copy(text)
    temporary, permanent = _detected(raw)
    if not temporary and not permanent:
        return _by_words(mail, said)
    action = Action.FAILED if permanent else Action.DELAYED
    code = read_code("", said, permanent=bool(permanent))
    named = sorted(one.decode("ascii", "replace") for one in permanent or temporary)
    return tuple(Fate(action, code, final=one, diagnostic=said[:500]) for one in named)


def _detected(raw: bytes) -> tuple[frozenset[bytes], frozenset[bytes]]:
    try:
        temporary, permanent = all_failures(message_from_bytes(raw[:_SCANNED]))
    except Exception:  # noqa: BLE001 -- its detectors raise whatever a malformed mail provokes
        return frozenset(), frozenset()
    return frozenset(temporary), frozenset(permanent)


def _above_copy(text: str) -> str:
    found = _COPY.search(text)
    return (text[: found.start()] if found and found.start() > 0 else text)[:MOST_TEXT]


def _by_words(mail: "Message[str, str]", said: str) -> tuple[Fate, ...]:
    """A failure only where subject or text says so and a code of its own stands beside it."""
    if not (_FAILURE.search(header(mail, "Subject")) or _FAILURE.search(said[:2_000])):
        return ()
    given = ENHANCED.search(said)
    code = read_code("", said, permanent=True)
    if given is None and code.endswith(".0.0"):
        return ()
    final = _mailbox(header(mail, "X-Failed-Recipients"))
    return (Fate(Action.FAILED, code, final=final, diagnostic=said[:500]),)
