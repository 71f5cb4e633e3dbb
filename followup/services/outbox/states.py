"""States: clinics' systems learn what became of a message: that it went, arrived, failed or was not allowed."""

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from followup.domain.ids import MessageId
from followup.domain.webhook import CallType
from followup.services.context import Context
from followup.services.outbox.put import put
from followup.storage import messages


def tell_states(ctx: Context, conn: Connection, ids: Sequence[MessageId]) -> None:
    """Put the present state of these messages into the outbox, for clinics that have an endpoint."""
    if not ids or not any(clinic.webhooks for clinic in ctx.clinics.all()):
        return
    for message in messages.get_many(conn, ids):
        told = {
            "id": message.id,
            "patient": {"id": message.patient_id or None},
            "step": message.step_key,
            "booking": {"id": message.booking_id} if message.booking_id else None,
            "channel": message.channel.value if message.channel else None,
            "state": message.state.value,
            "reason": message.reason,
        }
        put(ctx, conn, message.clinic_id, CallType.MESSAGE_STATE_CHANGED, subject=message.id, data=told)
