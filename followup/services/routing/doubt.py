"""Doubt: what staff were asked to find out about a message closes once it is known."""

from sqlalchemy.engine import Connection

from followup.domain.escalation import EscalationKind
from followup.domain.message import Message, MessageState
from followup.services.context import Context
from followup.services.escalate import settle_about

#: Of a message in these nobody is in doubt.
_KNOWN = frozenset({MessageState.SENDING, MessageState.SENT, MessageState.DELIVERED})


def no_more_doubt(ctx: Context, conn: Connection, before: Message) -> None:
    """Close the question about a message that has moved, given what it was `before`, in the caller's transaction."""
    if before.state not in _KNOWN:
        settle_about(ctx, conn, clinic_id=before.clinic_id, kind=EscalationKind.UNCONFIRMED, subjects=[before.id])
