"""A mail that came to the bounce door or mailbox, read into what it is and whom it may be about."""

import re
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum

from followup.domain.mail import automatic, pieces, quote
from followup.domain.mail.report import (
    RETURNED,
    Action,
    Fate,
    Feedback,
    feedback_part,
    read_feedback,
    read_other_form,
    read_status,
    status_part,
)

#: A mailbox may lead to several: one that took the mail is enough.
_MILDEST = (Action.DELIVERED, Action.RELAYED, Action.EXPANDED, Action.DELAYED, Action.FAILED)
_REF = re.compile(r"^[ \t>]*message-id:\s*(<[^<>\s]{3,250}>)", re.IGNORECASE | re.MULTILINE)


class ReturnedKind(StrEnum):
    """What a mail that came back is."""

    BOUNCE = "bounce"  # a mail server says what became of a mail of ours
    COMPLAINT = "complaint"  # a mailbox provider says that the patient called it spam
    AUTOMATIC = "automatic"  # absence notes, read receipts, lists, spam: no person wrote it
    CHALLENGE = "challenge"  # a filter asks us to prove that we are people
    LETTER = "letter"  # a person wrote it
    UNREADABLE = "unreadable"  # no mail


@dataclass(frozen=True, slots=True)
class Returned:
    """What was read; every word of it is the sender's, and only a mark of ours makes it count."""

    kind: ReturnedKind
    ref: str = ""  # its own Message-ID
    sender: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    words: str = ""  # what stands above the quoted mail
    attachments: int = 0
    fates: tuple[Fate, ...] = ()
    places: tuple[str, ...] = ()  # texts where our return path may stand, the most trusted first
    refs: tuple[str, ...] = ()  # Message-IDs of the mail it returns
    returned_to: tuple[str, ...] = ()  # whom that mail was addressed to

    def fate_of(self, address: str) -> Fate | None:
        """What became of the mail to this address: by its own group, else by the mildest of them all."""
        own = [fate for fate in self.fates if fate.names(address)]
        return min(own or self.fates, key=lambda fate: _MILDEST.index(fate.action), default=None)

    def speaks_of(self, address: str) -> bool:
        """True if the report or the mail that it returns names this address."""
        named = {one.casefold() for one in self.returned_to}
        return address.casefold() in named or any(fate.names(address) for fate in self.fates)


def read_returned(raw: bytes) -> Returned:
    """Read a mail; whatever the bytes are, this does not raise."""
    try:
        mail = pieces.parse(raw)
        found = _read(raw, mail) if mail.keys() else None
    except (Exception, RecursionError):  # noqa: BLE001 -- the parser raises what a hostile mail provokes
        found = None
    return found or Returned(ReturnedKind.UNREADABLE)


def _read(raw: bytes, mail: "Message[str, str]") -> Returned:
    every = list(pieces.parts(mail))
    carried = [pieces.enclosed(p) for p in every if p.get_content_type() in RETURNED]
    status, feedback = status_part(every), feedback_part(every)
    said = read_feedback(feedback) if feedback is not None else None
    text = pieces.body(mail)
    fates = read_status(status) if status is not None else _other_form(raw, mail)
    to = pieces.addresses(mail, "Delivered-To", "X-Original-To", "To", "Cc")
    carried_to = [address for one in carried for address in pieces.addresses(one, "To")]
    return Returned(
        kind=_kind(mail, fates=fates, said=said, text=text),
        ref=pieces.header(mail, "Message-ID"),
        sender=next(iter(pieces.addresses(mail, "From", "Return-Path")), ""),
        recipients=to,
        subject=pieces.header(mail, "Subject"),
        words=quote.above_quote(text),
        attachments=pieces.attachments(mail),
        fates=fates,
        places=(pieces.headers(mail), said.sender if said else "", *map(pieces.headers, carried), text),
        refs=_refs(carried, text),
        returned_to=(*(said.recipients if said else ()), *carried_to),
    )


def _other_form(raw: bytes, mail: "Message[str, str]") -> tuple[Fate, ...]:
    by_server = automatic.is_from_daemon(mail) or automatic.has_no_return(mail)
    return read_other_form(raw, mail) if by_server and mail.get_content_type() != "multipart/report" else ()


def _kind(mail: "Message[str, str]", *, fates: tuple[Fate, ...], said: Feedback | None, text: str) -> ReturnedKind:
    if said is not None:
        return ReturnedKind.COMPLAINT if said.is_complaint else ReturnedKind.AUTOMATIC
    if fates:
        return ReturnedKind.BOUNCE
    if automatic.is_challenge(mail, text):
        return ReturnedKind.CHALLENGE
    return ReturnedKind.AUTOMATIC if automatic.is_automatic(mail) else ReturnedKind.LETTER


def _refs(carried: list["Message[str, str]"], text: str) -> tuple[str, ...]:
    own = [pieces.header(one, "Message-ID") for one in carried if "Message-ID" in one]
    return tuple(own or [found[1] for found in _REF.finditer(text)][:10])
