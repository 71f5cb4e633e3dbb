"""Plan of a visit: what a patient must be told or asked about one booking, and what must not go out any more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from followup.domain.booking import Answer, Booking, BookingState
from followup.domain.lifecycle import OPEN
from followup.domain.message import Channel, Message, MessageState, Reason
from followup.domain.offset import Offset
from followup.domain.window import Calendar, step_instant

B = BookingState


class VisitText(StrEnum):
    """What a message says of a visit; its step key, and the name of its text below `booking/`."""

    OFFER = "offer"  # asks whether a time is good
    REMINDER = "reminder"  # asks for a confirmation before the visit
    MOVED = "moved"  # the clinic chose another time
    CANCELLED = "cancelled"  # the clinic called it off
    GONE = "gone"  # the patient said yes, and the time was taken
    CONFIRMED = "confirmed"  # answers a yes
    INVITATION = "invitation"  # the mail with the entry for the calendar
    CHANGE = "change"  # answers a wish for another time
    DECLINED = "declined"  # answers a no
    CLOSED = "closed"  # answers what came too late
    WHICH = "which"  # asks which visit was meant


#: The states of a booking in which a text is true; the others are true whatever became of it.
_TRUE_IN: Mapping[VisitText, frozenset[BookingState]] = {
    VisitText.OFFER: frozenset({B.OFFERED}),
    VisitText.REMINDER: frozenset({B.BOOKED}),
    VisitText.MOVED: frozenset({B.BOOKED}),
    VisitText.CANCELLED: frozenset({B.CANCELLED}),
    VisitText.GONE: frozenset({B.CANCELLED}),
    VisitText.CONFIRMED: frozenset({B.BOOKED}),
    VisitText.INVITATION: frozenset({B.BOOKED}),
    VisitText.CHANGE: frozenset({B.CHANGE_ASKED}),
    VisitText.DECLINED: frozenset({B.DECLINED, B.CHANGE_ASKED}),
}
#: What asks for an answer.
QUESTIONS: frozenset[VisitText | None] = frozenset({VisitText.OFFER, VisitText.REMINDER, VisitText.MOVED})
_NEED_YES = frozenset({VisitText.CONFIRMED, VisitText.INVITATION})
#: What was ended because the booking had changed may be planned anew.
_REVOKED = frozenset({Reason.VOIDED, Reason.REPLANNED, Reason.DECEASED, Reason.ARCHIVED})


@dataclass(frozen=True, slots=True)
class Terms:
    """How a clinic deals with visits: how long before it reminds (None: never), and by whose clock."""

    lead: Offset | None
    zone: str
    calendar: Calendar = Calendar()  # noqa: RUF009 -- it is frozen


@dataclass(frozen=True, slots=True)
class Telling:
    """A message to add: what it says, when it is due and until when it is of use."""

    text: VisitText
    due_at: datetime
    expires_at: datetime
    channels: tuple[Channel, ...] = (Channel.SMS, Channel.EMAIL)


@dataclass(frozen=True, slots=True)
class Bringing:
    """What to write so that the messages about a booking are what they should be."""

    add: tuple[Telling, ...] = ()
    cancel: tuple[Message, ...] = ()
    reason: Reason = Reason.REPLANNED

    def __bool__(self) -> bool:
        return bool(self.add or self.cancel)


def bring(booking: Booking, rows: Sequence[Message], terms: Terms, *, now: datetime, refused: bool = False) -> Bringing:
    """What is to be added and ended; `rows` are all messages about the booking, `refused` that the time was gone."""
    wanted = [] if booking.starts_at <= now else list(_wanted(booking, rows, terms, now=now, refused=refused))
    return Bringing(
        add=tuple(one for one in wanted if not _is_there(one.text, booking, rows)),
        cancel=tuple(r for r in rows if r.state in OPEN and r.enrollment_id is None and not is_true(r, booking)),
        reason=Reason.VOIDED if booking.state is B.CANCELLED else Reason.REPLANNED,
    )


def is_true(row: Message, booking: Booking) -> bool:
    """True if what this message says of the booking is still so."""
    text = text_of(row)
    states = _TRUE_IN.get(text) if text else None
    if text is None or states is None:
        return True
    if text in _NEED_YES and booking.confirmed_at is None:
        return False
    is_of_round = row.occurrence == booking.round or row.follows is not None
    return booking.state in states and row.visit_at == booking.starts_at and is_of_round


def text_of(row: Message) -> VisitText | None:
    """What a message of ours says of a visit; None for a step of a protocol."""
    return next((t for t in VisitText if t == row.step_key), None) if _is_ours(row) else None


def _is_ours(row: Message) -> bool:
    return row.enrollment_id is None and row.booking_id is not None


def _wanted(
    booking: Booking, rows: Sequence[Message], terms: Terms, *, now: datetime, refused: bool
) -> Iterator[Telling]:
    last = _last_told(rows)
    match booking.state:
        case B.OFFERED if now < booking.answers_end:
            yield Telling(VisitText.OFFER, now, booking.answers_end)
        case B.BOOKED:
            if last is not None and last.visit_at not in {None, booking.starts_at}:
                yield Telling(VisitText.MOVED, now, booking.starts_at)
            due = _reminded_at(booking, terms)
            if due is not None and due > now:
                yield Telling(VisitText.REMINDER, due, booking.starts_at)
        case B.CANCELLED if last is not None and booking.answer != Answer.DECLINE:
            if text_of(last) not in {VisitText.CANCELLED, VisitText.GONE}:
                yield Telling(VisitText.GONE if refused else VisitText.CANCELLED, now, booking.starts_at)


def _reminded_at(booking: Booking, terms: Terms) -> datetime | None:
    if terms.lead is None:
        return None
    lead = terms.lead
    before = Offset(-lead.months, -lead.days, -lead.business_days, -lead.minutes)
    return step_instant(
        booking.starts_at, before, clinic_zone=terms.zone, patient_zone="", at=None, calendar=terms.calendar
    )


def _last_told(rows: Sequence[Message]) -> Message | None:
    """What the patient heard last of this visit, as far as anybody knows."""
    unsent = OPEN | {MessageState.SKIPPED, MessageState.CANCELLED, MessageState.FAILED}
    heard = [r for r in rows if r.state not in unsent and text_of(r) not in {VisitText.CLOSED, VisitText.WHICH}]
    return max(heard, key=lambda r: (r.planned_for, r.id), default=None)


def _is_there(text: VisitText, booking: Booking, rows: Sequence[Message]) -> bool:
    """True if it waits, went out or ended for good; what corrects an earlier word counts only if it came after it."""
    own = [r for r in rows if text_of(r) is text and r.visit_at == booking.starts_at and r.occurrence == booking.round]
    standing = [r for r in own if r.state is not MessageState.CANCELLED or r.reason not in _REVOKED]
    last = _last_told(rows)
    if text is VisitText.MOVED and last is not None:
        return any(r.state in OPEN or (r.planned_for, r.id) > (last.planned_for, last.id) for r in standing)
    return bool(standing)
