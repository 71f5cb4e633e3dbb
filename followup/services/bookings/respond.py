"""Respond: what an answer does to the booking it is about, the same by text and on the page."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.engine import Connection

from followup.domain.booking import Answer, Booking, BookingState
from followup.domain.clinic import Clinic
from followup.domain.escalation import EscalationKind
from followup.domain.event import EventType
from followup.domain.message import Channel
from followup.domain.visit import Telling, VisitText
from followup.domain.visit.plan import is_true, text_of
from followup.domain.webhook import CallType
from followup.services import enroll
from followup.services.bookings.tell import tell
from followup.services.context import Context
from followup.services.escalate import raise_to_staff
from followup.services.outbox.put import put
from followup.services.visits import follow
from followup.storage import audit, bookings, patients
from followup.storage.visits import spoken

B = BookingState


class Result(StrEnum):
    """What became of an answer."""

    DONE = "done"  # it counts
    ALREADY = "already"  # it was given before, and counts
    CLOSED = "closed"  # nothing can be answered any more: the patient is told, and a person looks


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: about the visit at this time, by which way, and what holds it (an inbound message or a link)."""

    answer: Answer
    visit_at: datetime
    via: str  # sms or page
    ref: str
    asked_at: datetime | None = None  # when the question that it answers was due


def respond(ctx: Context, conn: Connection, clinic: Clinic, booking: Booking, given: Given) -> tuple[Result, Booking]:
    """Let the answer count if it still can; returns what became of it and the booking as it is now.

    Whoever asks for another time or cannot come is shown to staff, and so is an answer that came too late.
    """
    enroll.hold(conn, clinic.id, booking.id)
    booking = bookings.get(conn, clinic.id, booking.id) or booking  # as it is now that nobody else can answer
    result, after = _settle(ctx, conn, clinic, booking, given)
    if result is Result.DONE:
        _tell_system(ctx, conn, clinic, after, given)
        _note(ctx, conn, clinic, after, given, action="booking.answered")
        _mail_entry(ctx, conn, clinic, after)
    if result is Result.CLOSED or (result is Result.DONE and given.answer is not Answer.CONFIRM):
        raise_to_staff(
            ctx,
            conn,
            clinic_id=clinic.id,
            kind=EscalationKind.BOOKING,
            subject=booking.id,
            summary=_summary(result, booking, given),
            patient_id=booking.patient_id,
        )
    return result, after


def keep(ctx: Context, conn: Connection, clinic: Clinic, booking: Booking, given: Given) -> None:
    """Store an answer for staff and let it set nothing: a person looks at the patient first."""
    _note(ctx, conn, clinic, booking, given, action="booking.answer_kept")
    raise_to_staff(
        ctx,
        conn,
        clinic_id=clinic.id,
        kind=EscalationKind.BOOKING,
        subject=booking.id,
        summary=f"a patient whose follow-up is paused answered for their visit ({given.answer}): nothing was set",
        patient_id=booking.patient_id,
    )


def _settle(ctx: Context, conn: Connection, clinic: Clinic, booking: Booking, given: Given) -> tuple[Result, Booking]:
    if _is_said(booking, given):
        return Result.ALREADY, booking
    if booking.starts_at != given.visit_at or not can_answer(booking, given.answer, now=ctx.clock.now()):
        return Result.CLOSED, booking
    after = tell(ctx, conn, clinic.id, booking, EventType.BOOKING_ANSWERED, answer=given.answer)
    return (Result.DONE if after.answer == given.answer else Result.CLOSED), after


def _is_said(booking: Booking, given: Given) -> bool:
    """True if this very answer counts already; a yes to a later question is a new one."""
    if booking.starts_at != given.visit_at or booking.answer != given.answer:
        return False
    asked_since = booking.confirmed_at and given.asked_at and booking.confirmed_at < given.asked_at
    return booking.state in _HOLDS[given.answer] and not asked_since


#: Where a booking stands once an answer counts.
_HOLDS = {
    Answer.CONFIRM: frozenset({B.BOOKED}),
    Answer.RESCHEDULE: frozenset({B.CHANGE_ASKED}),
    Answer.DECLINE: frozenset({B.DECLINED, B.CHANGE_ASKED}),
}


def can_answer(booking: Booking, answer: Answer, *, now: datetime) -> bool:
    """True if this answer would change something: an offer in time, or a visit to come."""
    match booking.state:
        case B.OFFERED:
            return now < booking.answers_end
        case B.BOOKED if now < booking.starts_at:
            return True
        case _:
            return False


def _tell_system(ctx: Context, conn: Connection, clinic: Clinic, booking: Booking, given: Given) -> None:
    """The clinic's own system learns of the answer; it may say that the time is gone."""
    visit = {"id": booking.id, "starts_at": booking.starts_at.isoformat(), "state": booking.state.value}
    data = {"patient": {"id": booking.patient_id}, "booking": visit, "answer": given.answer.value, "via": given.via}
    put(ctx, conn, clinic.id, CallType.BOOKING_ANSWERED, subject=booking.id, data=data)


def _note(ctx: Context, conn: Connection, clinic: Clinic, booking: Booking, given: Given, *, action: str) -> None:
    audit.append(
        conn,
        at=ctx.clock.now(),
        clinic_id=clinic.id,
        actor="patient",
        action=action,
        subject=booking.id,
        patient_id=booking.patient_id,
        detail={"answer": given.answer.value, "via": given.via, "ref": given.ref},
    )


def _mail_entry(ctx: Context, conn: Connection, clinic: Clinic, booking: Booking) -> None:
    """Whoever said yes and has a mailbox gets the entry for their calendar."""
    patient = patients.get(conn, clinic.id, booking.patient_id)
    if booking.confirmed_at is None or patient is None:
        return
    rows = spoken.about(conn, clinic.id, [booking.id])[booking.id]
    has_entry = any(text_of(r) is VisitText.INVITATION and is_true(r, booking) for r in rows)
    if not has_entry and any(p.channel is Channel.EMAIL and p.valid for p in patient.contact_points):
        now = ctx.clock.now()
        entry = Telling(VisitText.INVITATION, now, booking.starts_at, (Channel.EMAIL,))
        follow.add(ctx, conn, clinic, booking, (entry,), paused=patient.paused is not None)


def _summary(result: Result, booking: Booking, given: Given) -> str:
    if result is Result.CLOSED:
        state = "at another time by now" if booking.starts_at != given.visit_at else booking.state.replace("_", " ")
        return f"a patient's answer ({given.answer}) came for a visit that is {state}: nothing was set, talk to them"
    if given.answer is Answer.RESCHEDULE:
        return "a patient asks for another time for their visit: offer one"
    kept = "" if booking.state is B.OFFERED else ", which is still in the clinic's calendar: call it off there"
    return f"a patient cannot come to their visit{kept}"
