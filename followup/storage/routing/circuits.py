"""Circuits: the state of a provider and sender that failed; no row means closed and never opened."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.breaker import Cause, Circuit, CircuitState
from followup.storage.database import insert
from followup.storage.tables import circuits

Key = tuple[str, str]
_EVERY = sa.select(circuits)


def standing(conn: Connection) -> dict[Key, Circuit]:
    """Every circuit that ever opened, by provider and sender."""
    return {(row.provider, row.sender): _from_row(row) for row in conn.execute(_EVERY)}


def get(conn: Connection, key: Key, *, born: datetime) -> Circuit:
    """One circuit; one that never opened is closed since `born`."""
    row = conn.execute(sa.select(circuits).where(*_is(key))).first()
    return _from_row(row) if row is not None else Circuit(CircuitState.CLOSED, born)


def change(conn: Connection, key: Key, *, before: Circuit, after: Circuit) -> bool:
    """Write `after` unless somebody changed `before` meanwhile; whoever changes no row has lost and goes home."""
    values = {
        "state": after.state.value, "cause": after.cause.value, "since": after.since, "until": after.until,
        "times": after.times, "probe": after.probe,
    }  # fmt: skip
    same = (circuits.c.state == before.state.value, circuits.c.since == before.since)
    query = sa.update(circuits).where(*_is(key), *same).values(values)
    if conn.execute(query).rowcount:
        return True
    if before.state is not CircuitState.CLOSED:
        return False
    new = insert(conn, circuits).values(provider=key[0], sender=key[1], **values).on_conflict_do_nothing()
    return conn.execute(new.returning(circuits.c.provider)).first() is not None


def _is(key: Key) -> tuple[sa.ColumnElement[bool], ...]:
    return (circuits.c.provider == key[0], circuits.c.sender == key[1])


def _from_row(row: "sa.Row[tuple[object, ...]]") -> Circuit:
    data = row._mapping
    return Circuit(
        state=CircuitState(data["state"]),
        since=data["since"],
        cause=Cause(data["cause"]),
        until=data["until"],
        times=data["times"],
        probe=data["probe"],
    )
