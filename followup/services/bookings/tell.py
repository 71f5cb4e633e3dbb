"""Tell: events of our own about a booking, folded with those of the clinic, so that nothing overwrites an answer."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.engine import Connection

from followup.domain.booking import Answer, Booking
from followup.domain.document import digest
from followup.domain.event import OUR_SOURCE, ClinicEvent, EventType
from followup.domain.ids import ClinicId
from followup.services import enroll
from followup.services.context import Context
from followup.storage import bookings, events
from followup.storage.visits import spoken

_INSTANT = timedelta(microseconds=1)


def tell(
    ctx: Context,
    conn: Connection,
    clinic_id: ClinicId,
    booking: Booking,
    kind: EventType,
    *,
    answer: Answer | None = None,
) -> Booking:
    """Store the event in the caller's transaction, in effect at once; returns the booking as it is now.

    It counts for the time that `booking` names, and comes after all that was told of it, whatever clocks said.
    """
    now = ctx.clock.now()
    last = spoken.last_word_at(conn, clinic_id, booking.id)
    block: dict[str, Any] = {"id": booking.id, "starts_at": booking.starts_at.isoformat()}
    if kind is EventType.BOOKING_EXPIRED:
        block["answer_by"] = booking.answer_by.isoformat() if booking.answer_by else None
    data: Mapping[str, Any] = {"clinic": clinic_id, "booking": block} | ({"answer": answer.value} if answer else {})
    event = ClinicEvent(
        row_id=ctx.ids.new("evt"),
        clinic_id=clinic_id,
        source=OUR_SOURCE,
        id=ctx.ids.new("own"),
        type=kind,
        time=max(now, last + _INSTANT) if last else now,
        data=data,
        patient_key=None,
        treatment_key=None,
        booking_key=booking.id,
        backfill=False,
        received_at=now,
    )
    events.add(conn, event, digest([kind, event.time.isoformat(), data]))
    enroll.take_effect(ctx, conn, event)
    return bookings.get(conn, clinic_id, booking.id) or booking
