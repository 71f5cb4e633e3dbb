"""The instance: which installation this database belongs to, and how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.storage.database import insert
from followup.storage.tables import attempts, instances, message_history, messages

_THIS = "this"


@dataclass(frozen=True, slots=True)
class Instance:
    """`parts` is the fingerprint by named part; `epoch` only grows; `seen_at` is real time."""

    parts: Mapping[str, str]
    epoch: int
    mark: int
    seen_at: datetime


def read(conn: Connection) -> Instance | None:
    """What the database says of itself; None before the first start."""
    row = conn.execute(sa.select(instances)).first()
    return Instance(row.parts, row.epoch, row.mark, row.seen_at) if row else None


def write(conn: Connection, parts: Mapping[str, str], *, epoch: int, ops: datetime) -> None:
    """Make the database belong to this installation."""
    values = {"parts": dict(parts), "epoch": epoch, "mark": progress(conn), "seen_at": ops}
    statement = insert(conn, instances).values(key=_THIS, **values)
    conn.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))


def advance(conn: Connection, *, ops: datetime) -> int:
    """Count one epoch further if anything was sent or settled since the last; returns the epoch."""
    mark = progress(conn)
    query = sa.update(instances).values(
        seen_at=ops,
        epoch=sa.case((instances.c.mark < mark, instances.c.epoch + 1), else_=instances.c.epoch),
        mark=mark,
    )
    return int(conn.execute(query.returning(instances.c.epoch)).scalar_one_or_none() or 0)


def progress(conn: Connection) -> int:
    """A number that grows with everything that happens to messages."""
    return int(conn.scalar(sa.select(sa.func.max(message_history.c.id))) or 0)


def is_used(conn: Connection) -> bool:
    """True if anything was ever sent from this database."""
    return conn.scalar(sa.select(attempts.c.id).limit(1)) is not None


def fingerprint(conn: Connection) -> dict[str, str]:
    """What tells this database from a copy of it, by named part."""
    if conn.dialect.name == "sqlite":
        return {}
    row = conn.execute(sa.text(
        "SELECT current_database() AS name, (SELECT oid FROM pg_database WHERE datname = current_database()) AS oid, "
        "(SELECT system_identifier FROM pg_control_system()) AS system, "
        "(SELECT timeline_id FROM pg_control_checkpoint()) AS timeline"
    )).one()  # fmt: skip
    return {"database": f"{row.name} ({row.oid})", "server": f"{row.system} timeline {row.timeline}"}


def past_due(conn: Connection, before: datetime) -> list[Any]:
    """Ids of messages that wait although they were due before `before`."""
    query = sa.select(messages.c.id).where(
        messages.c.state == sa.literal_column("'scheduled'"), messages.c.due_at < before
    )
    return list(conn.scalars(query))
