"""Heartbeats: which instance of a role was seen when, in real time."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.storage.database import put
from followup.storage.tables import heartbeats

_FORGET_AFTER = timedelta(days=1)


def beat(conn: Connection, role: str, instance: str, *, ops: datetime) -> None:
    """This instance is alive; the long dead are forgotten."""
    put(conn, heartbeats, [{"role": role, "instance": instance, "at": ops}])
    conn.execute(sa.delete(heartbeats).where(heartbeats.c.at < ops - _FORGET_AFTER))


def last_seen(conn: Connection) -> dict[str, datetime]:
    """When any instance of each role was seen last."""
    query = sa.select(heartbeats.c.role, sa.func.max(heartbeats.c.at, type_=heartbeats.c.at.type).label("at"))
    return {row.role: row.at for row in conn.execute(query.group_by(heartbeats.c.role))}
