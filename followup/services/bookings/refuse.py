"""Refuse: the clinic's system says that the time a patient said yes to is gone; the patient is told the truth."""

from datetime import datetime

from sqlalchemy.engine import Connection

from followup.domain.booking import BookingState
from followup.domain.escalation import EscalationKind
from followup.domain.event import EventType
from followup.domain.ids import BookingId
from followup.domain.webhook import Call
from followup.services.bookings.tell import tell
from followup.services.context import Context
from followup.services.escalate import raise_to_staff
from followup.storage import bookings


def refuse(ctx: Context, conn: Connection, call: Call) -> None:
    """Take back the booking that this call told of, unless it has changed since."""
    about = call.data["booking"]
    booking = bookings.get(conn, call.clinic_id, BookingId(about["id"]))
    if booking is None or booking.state is not BookingState.BOOKED:
        return
    if booking.starts_at != datetime.fromisoformat(about["starts_at"]) or booking.confirmed_at is None:
        return
    tell(ctx, conn, call.clinic_id, booking, EventType.BOOKING_REFUSED)
    raise_to_staff(
        ctx,
        conn,
        clinic_id=call.clinic_id,
        kind=EscalationKind.BOOKING,
        subject=booking.id,
        summary="a patient said yes to a time that is gone in the clinic's system: find another time with them",
        patient_id=booking.patient_id,
    )
