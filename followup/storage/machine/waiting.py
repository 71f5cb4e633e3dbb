"""Messages that wait for the end of a hold."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId, MessageId
from followup.domain.message import Hold
from followup.storage.tables import messages

_WAITS = messages.c.state.in_(["scheduled", "queued"])


def held_past_due(
    conn: Connection, cause: Hold, before: datetime, *, clinic_id: ClinicId | None = None
) -> list[MessageId]:
    """Messages held for `cause` whose due time is over, of one clinic if it is given."""
    query = sa.select(messages.c.id).where(
        messages.c.hold == cause.value, messages.c.state == "scheduled", messages.c.due_at < before
    )
    if clinic_id is not None:
        query = query.where(messages.c.clinic_id == clinic_id)
    return list(conn.scalars(query))


def count_held(conn: Connection, clinic_id: ClinicId) -> dict[Hold, int]:
    """How many messages of a clinic wait for the end of each hold."""
    query = sa.select(messages.c.hold, sa.func.count()).where(
        messages.c.clinic_id == clinic_id, messages.c.hold.is_not(None), _WAITS
    )
    return {Hold(cause): int(count) for cause, count in conn.execute(query.group_by(messages.c.hold))}


def next_held(conn: Connection, clinic_id: ClinicId, cause: Hold, now: datetime) -> datetime | None:
    """When the first of those that are not past due falls due."""
    query = sa.select(sa.func.min(messages.c.due_at, type_=messages.c.due_at.type)).where(
        messages.c.clinic_id == clinic_id, messages.c.hold == cause.value, messages.c.due_at >= now, _WAITS
    )
    found: datetime | None = conn.scalar(query)
    return found
