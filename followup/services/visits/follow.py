"""Follow: bring the messages about visits to what the bookings are now, in the transaction that changed them."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.engine import Connection

from followup.domain.booking import Booking, BookingState
from followup.domain.clinic import Clinic
from followup.domain.escalation import EscalationKind
from followup.domain.event import EventType
from followup.domain.facts import Facts, PatientFacts
from followup.domain.holidays import clinic_calendar
from followup.domain.ids import BookingId, MessageId, PatientId
from followup.domain.lifecycle import OPEN, Signal
from followup.domain.message import Hold, Message, MessageClass, MessageState
from followup.domain.patient import PatientStatus
from followup.domain.visit import Bringing, Telling, Terms, VisitText, bring
from followup.services import escalate
from followup.services.context import Context
from followup.services.project import Before
from followup.storage import enrollments, events, messages
from followup.storage.visits import spoken

#: The mail with the entry for the calendar says what the answer by text says.
_TEXTS = {VisitText.INVITATION: VisitText.CONFIRMED}
#: Of a visit that lies further back no message can wait any more.
_BACK = timedelta(days=2)
#: Where the clinic's word settles what a person was asked to look at.
_SETTLED = frozenset({BookingState.OFFERED, BookingState.BOOKED, BookingState.CANCELLED, BookingState.ATTENDED})


def follow(
    ctx: Context, conn: Connection, clinic: Clinic, facts: Facts, *, before: Before, causes: Mapping[PatientId, str]
) -> None:
    """Offers ask, visits are reminded of, and what a patient was told is put right where it is so no longer."""
    now = ctx.clock.now()
    wanted = {
        b.id: person
        for person in facts.people.values()
        for b in person.bookings
        if b.starts_at > now - _BACK or before.bookings.get(b.id) != b
    }
    if not wanted:
        return
    rows = spoken.about(conn, clinic.id, sorted(wanted))
    _settle(ctx, conn, clinic, wanted, before=before)
    for booking_id, own in rows.items():
        person = wanted[booking_id]
        booking = next(b for b in person.bookings if b.id == booking_id)
        _adopt(conn, person, own)
        changes = _changes(ctx, conn, clinic, person, booking=booking, rows=own)
        cause = causes.get(person.patient.id) or booking.event_row
        _end(ctx, conn, changes, cause=cause)
        paused = any(before.is_paused(name) for name in person.ids | {person.patient.id})
        add(ctx, conn, clinic, booking, changes.add, paused=paused)


def add(
    ctx: Context,
    conn: Connection,
    clinic: Clinic,
    booking: Booking,
    tellings: tuple[Telling, ...],
    *,
    paused: bool = False,
    context: str | None = None,
) -> list[Message]:
    """Plan messages about this booking; `context` is what the patient wrote, where they answer it."""
    if not tellings:
        return []
    now = ctx.clock.now()
    new = [_message(ctx, clinic, booking, one, paused=paused, context=context) for one in tellings]
    texts = {m.template_version: m.template_ref for m in new}
    kept = enrollments.kept_versions(conn, protocols={}, templates=texts)
    fresh = {v: (ref, ctx.templates.files(ref)) for v, ref in texts.items() if v not in kept}
    enrollments.pin(conn, now, protocols={}, templates=fresh)
    messages.add(conn, new, now, detail={"booking": booking.id})
    return new


def _message(
    ctx: Context, clinic: Clinic, booking: Booking, telling: Telling, *, paused: bool, context: str | None
) -> Message:
    ref = f"booking/{_TEXTS.get(telling.text, telling.text).value}"
    return Message(
        id=MessageId(ctx.ids.new("msg")),
        clinic_id=clinic.id,
        patient_id=booking.patient_id,
        enrollment_id=None,
        step_key=telling.text.value,
        occurrence=booking.round,
        message_class=MessageClass.REPLY if context else MessageClass.TRANSACTIONAL,
        channels=telling.channels,
        template_ref=ref,
        template_version=ctx.templates.version(ref),
        state=MessageState.SCHEDULED,
        due_at=telling.due_at,
        planned_for=telling.due_at,
        expires_at=telling.expires_at,
        hold=Hold.PATIENT_PAUSED if paused else None,
        context=context,
        booking_id=booking.id,
        visit_at=booking.starts_at,
    )


def _changes(
    ctx: Context, conn: Connection, clinic: Clinic, person: PatientFacts, *, booking: Booking, rows: tuple[Message, ...]
) -> Bringing:
    if person.patient.status is not PatientStatus.ACTIVE:
        return Bringing(cancel=tuple(r for r in rows if r.state in OPEN and r.enrollment_id is None))
    if not person.is_known or booking.id in person.backfilled:
        return Bringing()
    terms = Terms(clinic.visit_reminder, clinic.time_zone, clinic_calendar(clinic))
    refused = booking.state is BookingState.CANCELLED and _was_refused(conn, booking)
    return bring(booking, rows, terms, now=ctx.clock.now(), refused=refused)


def _was_refused(conn: Connection, booking: Booking) -> bool:
    event = events.get(conn, booking.event_row)
    return event is not None and event.type is EventType.BOOKING_REFUSED


def _adopt(conn: Connection, person: PatientFacts, rows: tuple[Message, ...]) -> None:
    """What waits for a merged record is the survivor's."""
    strays = [r.id for r in rows if r.patient_id != person.patient.id and r.enrollment_id is None]
    if strays:
        messages.move_to_patient(conn, strays, person.patient.id)


def _end(ctx: Context, conn: Connection, changes: Bringing, *, cause: str) -> None:
    ended = [m.id for m in changes.cancel]
    if ended:
        messages.apply(conn, ended, Signal.CANCELLED, ctx.clock.now(), reason=changes.reason, cause_event=cause)


def _settle(
    ctx: Context, conn: Connection, clinic: Clinic, wanted: Mapping[BookingId, PatientFacts], *, before: Before
) -> None:
    """Close what waits for a person about a visit on which the clinic has decided since."""
    now_are = {b.id: b for person in wanted.values() for b in person.bookings if b.id in wanted}
    decided = [
        i for i, b in now_are.items() if b.state in _SETTLED and i in before.bookings and before.bookings[i] != b
    ]
    escalate.settle_about(ctx, conn, clinic_id=clinic.id, kind=EscalationKind.BOOKING, subjects=decided)
