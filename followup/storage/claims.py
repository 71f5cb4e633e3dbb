"""Claims: taking what is due, in batches, so that several sweeps and workers do no harm to each other."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.sql.dml import ReturningUpdate

from followup.domain.ids import MessageId
from followup.domain.lifecycle import Signal
from followup.domain.message import MessageState
from followup.storage.database import many
from followup.storage.messages import write_history
from followup.storage.tables import messages


def _moment(name: str) -> "sa.BindParameter[Any]":
    return sa.bindparam(name, type_=messages.c.due_at.type)


def _claim_due() -> "ReturningUpdate[Any]":
    """Built once: a sweep asks every second, and mostly in vain."""
    due = (
        sa.select(messages.c.id)
        .where(
            messages.c.state == sa.literal_column("'scheduled'"),
            messages.c.hold.is_(None),
            messages.c.due_at <= _moment("b_now"),
            sa.or_(messages.c.not_before.is_(None), messages.c.not_before <= _moment("b_ops")),
        )
        .order_by(messages.c.due_at)
        .limit(sa.bindparam("b_limit"))
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    return (
        sa.update(messages)
        .where(messages.c.id.in_(sa.select(due.c.id)))
        .values(state=MessageState.QUEUED.value, lease_until=_moment("b_lease_until"))
        .returning(messages.c.id, messages.c.due_at, messages.c.state)
    )


def _claim_unconfirmed() -> "ReturningUpdate[Any]":
    chosen = (
        sa.select(messages.c.id)
        .where(
            messages.c.state == sa.literal_column("'unconfirmed'"),
            sa.or_(messages.c.not_before.is_(None), messages.c.not_before <= _moment("b_ops")),
        )
        .order_by(messages.c.not_before)
        .limit(sa.bindparam("b_limit"))
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    return (
        sa.update(messages)
        .where(messages.c.id.in_(sa.select(chosen.c.id)))
        .values(not_before=_moment("b_again_at"))
        .returning(messages.c.id)
    )


_CLAIM_DUE, _CLAIM_UNCONFIRMED = _claim_due(), _claim_unconfirmed()
_LOCK_QUEUED = (
    sa.select(messages.c.id)
    .where(messages.c.id.in_(many("b_ids")), messages.c.state == MessageState.QUEUED.value)
    .order_by(messages.c.id)
    .with_for_update(skip_locked=True)
)
_LAPSED = {
    state: sa.select(messages.c.id)
    .where(messages.c.state == sa.literal_column(f"'{state.value}'"), messages.c.lease_until < _moment("b_ops"))
    .limit(sa.bindparam("b_limit"))
    for state in (MessageState.QUEUED, MessageState.SENDING)
}
_QUEUED = (
    sa.select(messages.c.id)
    .where(messages.c.state == sa.literal_column("'queued'"))
    .limit(sa.bindparam("b_limit"))
    .subquery()
)
_COUNT_QUEUED = sa.select(sa.func.count()).select_from(_QUEUED)


def claim_due(conn: Connection, *, now: datetime, ops: datetime, lease_until: datetime, limit: int) -> list[MessageId]:
    """Take up to `limit` due rows, oldest first, into `queued` with a lease; several sweeps may run at once."""
    values = {"b_now": now, "b_ops": ops, "b_lease_until": lease_until, "b_limit": limit}
    rows = sorted(conn.execute(_CLAIM_DUE, values).all(), key=lambda r: (r.due_at, r.id))
    write_history(conn, [(r.id, r.state) for r in rows], Signal.CLAIMED, now, reason=None, detail=None)
    return [r.id for r in rows]


def lock_queued(conn: Connection, ids: Sequence[MessageId]) -> set[MessageId]:
    """Lock those that are still queued and that nobody else is changing; another's are left to their lease."""
    return set(conn.scalars(_LOCK_QUEUED, {"b_ids": ids}))


def lapsed(conn: Connection, *, state: MessageState, ops: datetime, limit: int) -> list[MessageId]:
    """Rows in `queued` or `sending` whose lease ran out."""
    return list(conn.scalars(_LAPSED[state], {"b_ops": ops, "b_limit": limit}))


def count_queued(conn: Connection, *, at_most: int) -> int:
    """How many rows are claimed and not started, counting no further than `at_most`."""
    return int(conn.scalar(_COUNT_QUEUED, {"b_limit": at_most}) or 0)


def claim_unconfirmed(conn: Connection, *, ops: datetime, again_at: datetime, limit: int) -> list[MessageId]:
    """Unconfirmed rows whose next look-up time has come; each is handed out again only after `again_at`."""
    return list(conn.scalars(_CLAIM_UNCONFIRMED, {"b_ops": ops, "b_again_at": again_at, "b_limit": limit}))


def look_again_at(conn: Connection, message_id: MessageId, moment: datetime) -> None:
    """Set the next look-up time of an unconfirmed message (real time)."""
    conn.execute(
        sa.update(messages)
        .where(messages.c.id == message_id, messages.c.state == "unconfirmed")
        .values(not_before=moment)
    )
