"""Page: what a patient sees of a visit behind the link of a message, and the answer given there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.engine import Connection

from followup.domain.booking import Answer, Booking, BookingState
from followup.domain.clinic import Clinic
from followup.domain.ids import MessageId
from followup.domain.message import Message
from followup.services.bookings.held import is_held
from followup.services.bookings.respond import Given, Result, can_answer, keep, respond
from followup.services.context import Context
from followup.services.links import LinkKind, find_link
from followup.services.visits.invite import entry
from followup.storage import attempts, bookings, messages, patients


class View(StrEnum):
    """What the page says."""

    ASK = "ask"  # is this time good?
    SET = "set"  # the visit is set, and may still be changed
    MOVED = "moved"  # the answer was about another time
    CHANGE = "change"  # another time is looked for
    DECLINED = "declined"
    CLOSED = "closed"  # there is nothing to answer any more
    LATE = "late"  # the answer came when there was nothing to answer any more
    HELD = "held"  # a person looks first, so the answer set nothing


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows; nothing of who the patient is or what the visit is for."""

    view: View
    clinic: Clinic
    starts_at: datetime
    language: str
    answers: tuple[Answer, ...] = ()


def read(ctx: Context, token: str) -> Shown | None:
    """The page behind a link; None if the token is unknown or too old. Changes nothing."""
    with ctx.db.reading() as conn:
        found = _behind(ctx, conn, token)
        return _shown(ctx, conn, *found) if found else None


def answer(ctx: Context, token: str, said: Answer | None, *, visit_at: datetime | None) -> Shown | None:
    """Let an answer count for the time that the page showed (`visit_at`); given again it changes nothing."""
    with ctx.db.transaction() as conn:
        found = _behind(ctx, conn, token)
        if found is None:
            return None
        message, booking = found
        if said is None or visit_at is None:
            return _shown(ctx, conn, message, booking)
        clinic = ctx.clinics.need(message.clinic_id)
        if _is_held(conn, clinic, booking):
            keep(ctx, conn, clinic, booking, Given(said, visit_at, "page", message.id))
            return _shown(ctx, conn, message, booking, view=View.HELD)
        if visit_at != booking.starts_at and can_answer(booking, said, now=ctx.clock.now()):
            return _shown(ctx, conn, message, booking, view=View.MOVED)
        given = Given(said, visit_at, "page", message.id, asked_at=message.due_at)
        result, after = respond(ctx, conn, clinic, booking, given)
        return _shown(ctx, conn, message, after, view=View.LATE if result is Result.CLOSED else None)


def calendar_entry(ctx: Context, token: str) -> str | None:
    """The visit as a file for a calendar; None where there is no visit to come."""
    with ctx.db.reading() as conn:
        found = _behind(ctx, conn, token)
        if found is None or not can_answer(found[1], Answer.CONFIRM, now=ctx.clock.now()):
            return None
        message, booking = found
        return entry(ctx, ctx.clinics.need(message.clinic_id), booking, language=_language(conn, message))


def _is_held(conn: Connection, clinic: Clinic, booking: Booking) -> bool:
    patient = patients.get(conn, clinic.id, booking.patient_id)
    return patient is not None and is_held(conn, [patient])


def _behind(ctx: Context, conn: Connection, token: str) -> tuple[Message, Booking] | None:
    link = find_link(ctx, conn, LinkKind.BOOKING, token)
    message = messages.get(conn, link.clinic_id, MessageId(link.subject)) if link else None
    if message is None or message.booking_id is None:
        return None
    booking = bookings.get(conn, message.clinic_id, message.booking_id)
    return (message, booking) if booking else None


def _shown(ctx: Context, conn: Connection, message: Message, booking: Booking, *, view: View | None = None) -> Shown:
    seen = view or _view(booking, now=ctx.clock.now())
    answers: tuple[Answer, ...] = ()
    if seen in {View.ASK, View.MOVED}:
        answers = tuple(Answer)
    elif seen is View.SET:
        answers = (Answer.RESCHEDULE, Answer.DECLINE)
    clinic = ctx.clinics.need(message.clinic_id)
    return Shown(seen, clinic, booking.starts_at, _language(conn, message), answers)


def _view(booking: Booking, *, now: datetime) -> View:
    if can_answer(booking, Answer.CONFIRM, now=now):
        return View.SET if booking.confirmed_at is not None else View.ASK
    match booking.state:
        case BookingState.CHANGE_ASKED if booking.answer == Answer.RESCHEDULE:
            return View.CHANGE
        case BookingState.CHANGE_ASKED | BookingState.DECLINED:
            return View.DECLINED
        case _:
            return View.CLOSED


def _language(conn: Connection, message: Message) -> str:
    attempt = attempts.latest(conn, [message.id]).get(message.id)
    return str(attempt["language"]) if attempt else ""
