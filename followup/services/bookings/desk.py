"""Desk: what staff tell of visits by hand, as events like those of the clinic's system; and what visits there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from followup.domain.booking import Booking, BookingState
from followup.domain.errors import InvalidInput, NotFound
from followup.domain.event import EventType
from followup.domain.ids import BookingId, ClinicId, PatientId
from followup.domain.message import Message
from followup.services import record
from followup.services.context import Context
from followup.services.record import Caller
from followup.storage import audit, bookings, patients
from followup.storage.visits import spoken

_SOURCE = "/followup/staff"
#: What begins a booking names the patient and the treatment; the rest speaks of one that is there.
_BEGINS = frozenset({EventType.BOOKING_OFFERED, EventType.BOOKING_MADE})


@dataclass(frozen=True, slots=True)
class Word:
    """What a person tells of a visit."""

    kind: EventType
    booking_id: BookingId
    by: str
    patient_id: str = ""
    treatment_code: str = ""
    starts_at: datetime | None = None
    minutes: int | None = None
    practitioner: str = ""
    answer_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A booking with every message about it."""

    booking: Booking
    messages: Sequence[Message]


def tell(ctx: Context, clinic_id: ClinicId, word: Word) -> Booking:
    """Store it as an event, in effect at once and audited; returns the booking as it is now.

    Raises NotFound for a booking that nobody offered or made, and InvalidInput for what does not fit.
    """
    with ctx.db.transaction() as conn:
        before = bookings.get(conn, clinic_id, word.booking_id)
        if before is None and word.kind not in _BEGINS:
            raise NotFound(f"no booking {word.booking_id} in clinic {clinic_id}", cure="offer or make it first")
        if word.patient_id and patients.get(conn, clinic_id, PatientId(word.patient_id)) is None:
            raise NotFound("no such patient", cure="let the clinic's system tell of them first")
        stored = record.accept_within(ctx, conn, _body(ctx, clinic_id, word), caller=Caller(clinic_id))
        after = bookings.get(conn, clinic_id, word.booking_id)
        if after is None:
            raise InvalidInput("this could not be told of the booking", cure="see `followup event list`")
        audit.append(
            conn,
            at=ctx.clock.now(),
            clinic_id=clinic_id,
            actor=word.by,
            action=word.kind.value,
            subject=word.booking_id,
            patient_id=after.patient_id,
            detail={"event": stored.row_id},
        )
    return after


def listing(
    ctx: Context, clinic_id: ClinicId, *, patient_id: str = "", states: Sequence[BookingState] = (), limit: int = 100
) -> Sequence[Booking]:
    """The clinic's bookings by their start: of one patient, in some states, if asked."""
    with ctx.db.reading() as conn:
        return bookings.listing(conn, clinic_id, patient_id=PatientId(patient_id), states=states, limit=limit)


def look(ctx: Context, clinic_id: ClinicId, booking_id: BookingId) -> Visit:
    """One booking with what was said of it; raises NotFound."""
    with ctx.db.reading() as conn:
        found = bookings.get(conn, clinic_id, booking_id)
        if found is None:
            raise NotFound(f"no booking {booking_id} in clinic {clinic_id}", cure="see `followup booking list`")
        return Visit(found, spoken.about(conn, clinic_id, [booking_id])[booking_id])


def _body(ctx: Context, clinic_id: ClinicId, word: Word) -> dict[str, Any]:
    visit = {
        "id": word.booking_id,
        "treatment_code": word.treatment_code or None,
        "starts_at": word.starts_at.isoformat() if word.starts_at else None,
        "duration_minutes": word.minutes,
        "practitioner": word.practitioner or None,
        "answer_by": word.answer_by.isoformat() if word.answer_by else None,
    }
    data: dict[str, Any] = {"clinic": clinic_id, "booking": {k: v for k, v in visit.items() if v is not None}}
    if word.patient_id:
        data["patient"] = {"id": word.patient_id}
    return {
        "specversion": "1.0",
        "type": word.kind.value,
        "source": _SOURCE,
        "id": ctx.ids.new("act"),
        "time": ctx.clock.now().isoformat(),
        "data": data,
    }
