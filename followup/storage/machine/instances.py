"""The instance: which installation this database belongs to, and how far it has come."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import MessageId
from followup.storage.database import insert, many
from followup.storage.tables import holds, instances, message_history, messages

#: An instance hold of this key is on everybody who uses the database; one with a place for its key only on those there.
DATABASE = "database"
_THIS, _BACKUP, _PLACES = "this", "backup", "places"
_LOCK = 0x666F6C6C6F77  # any number, the same in every process
_WHY = sa.select(holds.c.why).where(
    holds.c.clinic_id == "*", holds.c.scope == "instance", holds.c.key.in_(many("b_keys"))
)
_SEEN = sa.select(instances.c.seen_at).where(instances.c.key == _THIS)
_STANDING = sa.select(_WHY.limit(1).scalar_subquery(), _SEEN.scalar_subquery())


@dataclass(frozen=True, slots=True)
class Instance:
    """`parts`: the fingerprint by name; `places`: how it is reached; `epoch` only grows; `seen_at` is real time."""

    parts: Mapping[str, str]
    places: tuple[str, ...]
    epoch: int
    mark: int
    seen_at: datetime


def read(conn: Connection) -> Instance | None:
    """What the database says of itself; None before the first start."""
    row = conn.execute(sa.select(instances).where(instances.c.key == _THIS)).first()
    if row is None:
        return None
    parts = {name: value for name, value in row.parts.items() if name != _PLACES}
    return Instance(parts, tuple(row.parts.get(_PLACES, ())), row.epoch, row.mark, row.seen_at)


def write(
    conn: Connection, parts: Mapping[str, str], *, epoch: int, ops: datetime, places: Collection[str] = ()
) -> int:
    """Make the database belong to this installation; returns the epoch, which is higher if others counted meanwhile."""
    return _put(conn, _THIS, {**parts, _PLACES: sorted(set(places))}, epoch=epoch, ops=ops)


def _put(conn: Connection, key: str, parts: Mapping[str, Any], *, epoch: int, ops: datetime) -> int:
    values = {"parts": dict(parts), "epoch": epoch, "mark": progress(conn), "seen_at": ops}
    statement = insert(conn, instances).values(key=key, **values)
    counted = sa.case((instances.c.epoch >= epoch, instances.c.epoch + 1), else_=epoch)
    statement = statement.on_conflict_do_update(index_elements=["key"], set_=values | {"epoch": counted})
    return int(conn.execute(statement.returning(instances.c.epoch)).scalar_one())


def advance(conn: Connection, *, ops: datetime) -> int:
    """Count one epoch further if anything was sent or settled since the last; returns the epoch."""
    mark = progress(conn)
    query = sa.update(instances).where(instances.c.key == _THIS)
    query = query.values(
        seen_at=ops,
        epoch=sa.case((instances.c.mark < mark, instances.c.epoch + 1), else_=instances.c.epoch),
        mark=mark,
    )
    return int(conn.execute(query.returning(instances.c.epoch)).scalar_one_or_none() or 0)


def progress(conn: Connection) -> int:
    """A number that grows with everything that happens to messages."""
    return int(conn.scalar(sa.select(sa.func.max(message_history.c.id))) or 0)


def is_used(conn: Connection) -> bool:
    """True if it holds any message, so that two copies of it could send the same."""
    return conn.scalar(sa.select(messages.c.id).limit(1)) is not None


def standing(conn: Connection, place: str) -> tuple[str | None, datetime | None]:
    """Why whoever reaches the database at `place` may not send, and when it was looked after last; one indexed read."""
    row = conn.execute(_STANDING, {"b_keys": [DATABASE, place]}).one()
    return row[0], row[1]


def fingerprint(conn: Connection) -> dict[str, str]:
    """What tells this database from a copy of it, by named part; nothing on SQLite, where its file tells.

    A dump that is restored makes the tables anew, so that their numbers differ even in the same database.
    """
    if conn.dialect.name == "sqlite":
        return {}
    row = conn.execute(sa.text(
        "SELECT current_database() AS name, (SELECT oid FROM pg_database WHERE datname = current_database()) AS oid, "
        "CAST(to_regclass('instances') AS oid) AS made, "
        "has_function_privilege('pg_control_system()', 'EXECUTE') AS allowed"
    )).one()  # fmt: skip
    parts = {"database": f"{row.name} ({row.oid})", "table": str(row.made)}
    if row.allowed:
        server = conn.execute(sa.text(
            "SELECT (SELECT system_identifier FROM pg_control_system()) AS system, "
            "(SELECT timeline_id FROM pg_control_checkpoint()) AS timeline"
        )).one()  # fmt: skip
        parts |= {"server": str(server.system), "timeline": str(server.timeline)}
    return parts


def past_due(conn: Connection, before: datetime) -> list[MessageId]:
    """Ids of messages that wait, or were claimed and not started, although they were due before `before`."""
    states = sa.or_(*(messages.c.state == sa.literal_column(f"'{state}'") for state in ("scheduled", "queued")))
    return list(conn.scalars(sa.select(messages.c.id).where(states, messages.c.due_at < before)))


# Backups -----------------------------------------------------------------------------------------------------------
def lock(conn: Connection, *, shared: bool) -> None:
    """Until the end of the transaction a backup is not being marked (shared), or nobody looks at its mark."""
    if conn.dialect.name != "sqlite":
        conn.execute(sa.text(f"SELECT pg_advisory_xact_lock{'_shared' if shared else ''}({_LOCK})"))


def mark_backup(conn: Connection, *, ops: datetime) -> None:
    """What is copied from here on says that it is a copy."""
    _put(conn, _BACKUP, {}, epoch=0, ops=ops)


def unmark_backup(conn: Connection) -> None:
    """This is the original, or a copy that somebody took over."""
    conn.execute(sa.delete(instances).where(instances.c.key == _BACKUP))


def backed_up_at(conn: Connection) -> datetime | None:
    """When this copy was made by `db backup`; None for an original."""
    at: datetime | None = conn.scalar(sa.select(instances.c.seen_at).where(instances.c.key == _BACKUP))
    return at
