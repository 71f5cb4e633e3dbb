"""Overdue: an offer that nobody answered in time goes to a person, not into silence."""

from followup.domain.booking import BookingState
from followup.domain.escalation import EscalationKind
from followup.domain.event import EventType
from followup.domain.ids import BookingId, ClinicId
from followup.services import own
from followup.services.bookings.tell import tell
from followup.services.context import Context
from followup.services.escalate import raise_to_staff
from followup.storage import bookings
from followup.storage.visits import spoken

_AT_ONCE = 200


def expire(ctx: Context) -> int:
    """A tick: end offers whose time for an answer is over and tell staff of each; returns how many ended."""
    if not own.state(ctx).may_send:
        return 0
    with ctx.db.reading() as conn:
        late = spoken.overdue(conn, ctx.clock.now(), limit=_AT_ONCE)
    return sum(_expire(ctx, clinic_id, booking_id) for clinic_id, booking_id in late)


def _expire(ctx: Context, clinic_id: ClinicId, booking_id: BookingId) -> bool:
    with ctx.db.transaction() as conn:
        booking = bookings.get(conn, clinic_id, booking_id)
        if booking is None or booking.state is not BookingState.OFFERED or booking.answers_end > ctx.clock.now():
            return False
        after = tell(ctx, conn, clinic_id, booking, EventType.BOOKING_EXPIRED)
        if after.state is not BookingState.EXPIRED:
            return False
        raise_to_staff(
            ctx,
            conn,
            clinic_id=clinic_id,
            kind=EscalationKind.BOOKING,
            subject=booking.id,
            summary="nobody answered the offer of a visit in time: call the patient, or give the time to somebody else",
            patient_id=booking.patient_id,
        )
        return True
