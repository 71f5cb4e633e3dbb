"""Messages that wait for the end of a hold."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import MessageId
from followup.domain.message import Hold
from followup.storage.tables import messages


def held_past_due(conn: Connection, cause: Hold, before: datetime) -> list[MessageId]:
    """Messages held for `cause` whose due time is over."""
    query = sa.select(messages.c.id).where(
        messages.c.hold == cause.value, messages.c.state == "scheduled", messages.c.due_at < before
    )
    return list(conn.scalars(query))
