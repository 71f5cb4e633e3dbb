"""Calls: what is to be told to clinics' systems, stored with the change it tells of."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from followup.domain.ids import ClinicId
from followup.domain.webhook import Call, CallState, CallType, EndpointState
from followup.storage.tables import calls, endpoints

_FIELDS = tuple(Call.__slots__)
#: A literal lets the partial index serve.
_WAITS: "sa.ColumnElement[str]" = sa.literal_column(f"'{CallState.WAITING.value}'")


def _from_row(row: RowMapping) -> Call:
    data = {name: row[name] for name in _FIELDS}
    return Call(**{**data, "state": CallState(data["state"]), "type": CallType(data["type"])})


def add(conn: Connection, new: Sequence[Call]) -> None:
    """Store calls that wait."""
    if new:
        conn.execute(calls.insert(), [{name: getattr(one, name) for name in _FIELDS} for one in new])


def claim(conn: Connection, *, now: datetime, ops: datetime, lease_until: datetime, limit: int) -> list[str]:
    """Take calls that are due, to endpoints that are on, and that nobody else has in hand; the oldest first."""
    off = sa.exists().where(
        endpoints.c.clinic_id == calls.c.clinic_id,
        endpoints.c.url == calls.c.url,
        endpoints.c.state == EndpointState.OFF.value,
    )
    free = sa.or_(calls.c.lease_until.is_(None), calls.c.lease_until < ops)
    chosen = (
        sa.select(calls.c.id)
        .where(calls.c.state == _WAITS, calls.c.due_at <= now, free, sa.not_(off))
        .order_by(calls.c.due_at, calls.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    query = sa.update(calls).where(calls.c.id.in_(sa.select(chosen.c.id))).values(lease_until=lease_until)
    return sorted(conn.scalars(query.returning(calls.c.id)))


def get_many(conn: Connection, ids: Collection[str], *, waiting: bool = False) -> list[Call]:
    """These calls, in the order in which they were made; those that wait alone, if asked."""
    query = sa.select(calls).where(calls.c.id.in_(ids))
    if waiting:
        query = query.where(calls.c.state == _WAITS)
    return [_from_row(row) for row in conn.execute(query.order_by(calls.c.created_at, calls.c.id)).mappings()]


def listing(
    conn: Connection, clinic_id: ClinicId, *, states: Collection[CallState] = (), limit: int = 100
) -> list[Call]:
    """Calls of a clinic, newest first."""
    query = sa.select(calls).where(calls.c.clinic_id == clinic_id)
    if states:
        query = query.where(calls.c.state.in_([s.value for s in states]))
    rows = conn.execute(query.order_by(calls.c.created_at.desc(), calls.c.id.desc()).limit(limit)).mappings()
    return [_from_row(row) for row in rows]


def settle(
    conn: Connection,
    call_id: str,
    *,
    state: CallState,
    due_at: datetime,
    status: int,
    detail: str,
    finished_at: datetime | None,
) -> bool:
    """Store how a try ended; False if the call ended meanwhile."""
    change = {
        "state": state.value, "due_at": due_at, "status": status, "detail": detail, "finished_at": finished_at,
        "tries": calls.c.tries + 1, "lease_until": None,
    }  # fmt: skip
    query = sa.update(calls).where(calls.c.id == call_id, calls.c.state == _WAITS).values(change)
    return conn.execute(query).rowcount > 0


def again(conn: Connection, clinic_id: ClinicId, ids: Collection[str], *, now: datetime) -> int:
    """Let these calls go out anew, whatever became of them; returns how many there are."""
    change: dict[str, Any] = {"state": CallState.WAITING.value, "due_at": now, "tries": 0, "lease_until": None}
    query = sa.update(calls).where(calls.c.clinic_id == clinic_id, calls.c.id.in_(ids))
    return conn.execute(query.values({**change, "finished_at": None})).rowcount


def ids_since(
    conn: Connection, clinic_id: ClinicId, *, since: datetime, url: str = "", states: Collection[CallState] = ()
) -> list[str]:
    """The calls made from then on, to one endpoint and in some states if asked."""
    query = sa.select(calls.c.id).where(calls.c.clinic_id == clinic_id, calls.c.created_at >= since)
    if url:
        query = query.where(calls.c.url == url)
    if states:
        query = query.where(calls.c.state.in_([s.value for s in states]))
    return list(conn.scalars(query))


def counts(conn: Connection, clinic_id: ClinicId) -> dict[tuple[str, str], int]:
    """How many calls there are by endpoint and state."""
    query = sa.select(calls.c.url, calls.c.state, sa.func.count()).where(calls.c.clinic_id == clinic_id)
    return {(url, state): count for url, state, count in conn.execute(query.group_by(calls.c.url, calls.c.state))}
