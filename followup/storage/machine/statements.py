"""Statements on messages that sweeps and attempts repeat, built once: building one costs more than running it."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.dml import ReturningUpdate

from followup.domain.lifecycle import MESSAGE, Signal
from followup.domain.message import MessageState
from followup.storage.tables import attempts, messages

_OUT = frozenset({
    MessageState.SENDING, MessageState.UNCONFIRMED, MessageState.SENT, MessageState.DELIVERED, MessageState.UNDELIVERED,
})  # fmt: skip


def _many(name: str) -> "sa.BindParameter[Any]":
    return sa.bindparam(name, expanding=True)


@cache
def by_id(of_clinic: bool, lock: bool) -> "sa.Select[Any]":
    """One message, `b_id`, of the clinic `b_clinic`."""
    query = sa.select(messages).where(messages.c.id == sa.bindparam("b_id"))
    query = query.where(messages.c.clinic_id == sa.bindparam("b_clinic")) if of_clinic else query
    return query.with_for_update() if lock else query


@cache
def by_ids(state: MessageState | None) -> "sa.Select[Any]":
    """The messages `b_ids`, those in `state` if one is given, by due time."""
    query = sa.select(messages).where(messages.c.id.in_(_many("b_ids"))).order_by(messages.c.due_at, messages.c.id)
    return query if state is None else query.where(messages.c.state == state.value)


OF_ENROLLMENTS = sa.select(messages).where(messages.c.enrollment_id.in_(_many("b_ids")))
HEIRS = sa.select(messages).where(messages.c.follows == sa.bindparam("b_id"))


SENT = (
    sa.select(messages.c.patient_id, messages.c.message_class, attempts.c.started_at)
    .join(attempts, sa.and_(attempts.c.message_id == messages.c.id, attempts.c.number == messages.c.attempt_no))
    .where(
        messages.c.clinic_id == sa.bindparam("b_clinic"),
        messages.c.patient_id.in_(_many("b_ids")),
        messages.c.state.in_([s.value for s in _OUT]),
        attempts.c.started_at >= sa.bindparam("b_since"),
    )
)


@cache
def moving(signal: Signal, columns: frozenset[str], fenced: bool) -> "ReturningUpdate[Any]":
    """Moves `b_ids` along the arrows of a signal and sets these columns; `fenced` by the number of their attempt."""
    arrows = {source: target for (source, given), target in MESSAGE.items() if given is signal}
    targets = set(arrows.values())
    target: Any = (
        next(iter(targets)).value
        if len(targets) == 1
        else sa.case(*((messages.c.state == s.value, t.value) for s, t in arrows.items()))
    )
    change: dict[str, Any] = {"state": target, "lease_until": None}
    change |= {name: sa.bindparam(f"b_{name}", type_=messages.c[name].type) for name in sorted(columns)}
    where: list[sa.ColumnElement[bool]] = [
        messages.c.id.in_(_many("b_ids")),
        messages.c.state.in_([s.value for s in arrows]),
    ]
    if fenced:
        where.append(messages.c.attempt_no == sa.bindparam("b_attempt"))
    return sa.update(messages).where(*where).values(change).returning(messages.c.id, messages.c.state)
