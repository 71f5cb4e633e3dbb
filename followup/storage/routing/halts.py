"""Halts: the holds that a provider's code put."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.halt import Halt, HaltScope, Proof
from followup.domain.ids import ClinicId, MessageId
from followup.domain.message import MessageState
from followup.storage.database import Moment, insert
from followup.storage.tables import holds, messages

_SCOPES = [scope.value for scope in HaltScope]
#: A halt is found by these.
_KEY = ["clinic_id", "scope", "key"]
_STANDING = sa.select(holds).where(holds.c.scope.in_(_SCOPES)).order_by(*(holds.c[name] for name in _KEY))
_OF_CLINIC = _STANDING.where(holds.c.clinic_id == sa.bindparam("b_clinic"))
_TRIED_BY = sa.select(holds).where(holds.c.probe == sa.bindparam("b_id"))


def put(conn: Connection, halt: Halt, *, now: datetime, by: str = "system") -> bool:
    """Put a halt; False if it stood already, which then lasts as long as either and is tried no earlier than it was."""
    values = {
        "clinic_id": halt.clinic_id, "scope": halt.scope.value, "key": halt.key, "cause": halt.cause.value,
        "since": now, "by": by, "why": halt.why, "code": halt.code, "until": halt.until, "next_try": halt.next_try,
        "probe": None, "tries": 0, "proof": halt.proof.value,
    }  # fmt: skip
    query = insert(conn, holds).values(values).on_conflict_do_nothing().returning(holds.c.key)
    if conn.execute(query).first() is not None:
        return True
    until = None if halt.until is None else _later(halt.until)
    conn.execute(sa.update(holds).where(*_is(halt)).values(until=until, probe=None, code=halt.code, why=halt.why))
    return False


def _later(moment: datetime) -> Any:
    """The later of a halt's end and this one; a halt without an end keeps none."""
    return sa.case(
        (sa.or_(holds.c.until.is_(None), holds.c.until > moment), holds.c.until), else_=sa.literal(moment, Moment())
    )


def standing(conn: Connection, clinic_id: ClinicId | None = None) -> list[Halt]:
    """The halts of a clinic, or of all."""
    rows = conn.execute(_STANDING) if clinic_id is None else conn.execute(_OF_CLINIC, {"b_clinic": clinic_id})
    return [_from_row(row) for row in rows]


def note_try(conn: Connection, halt: Halt, *, next_try: datetime, probe: str | None) -> None:
    """It is being tried: by `probe`, and again from `next_try` if that brings no proof."""
    conn.execute(sa.update(holds).where(*_is(halt)).values(tries=halt.tries + 1, next_try=next_try, probe=probe))


def tried_by(conn: Connection, message_id: MessageId) -> list[Halt]:
    """The halts that this message tries."""
    return [_from_row(row) for row in conn.execute(_TRIED_BY, {"b_id": message_id})]


def end(conn: Connection, halt: Halt) -> bool:
    """End a halt; False if it had ended."""
    return conn.execute(sa.delete(holds).where(*_is(halt))).rowcount > 0


def waiting(conn: Connection, halt: Halt, *, limit: int = 20) -> list[MessageId]:
    """Messages of the clinic that wait for the end of such a halt, soonest due first."""
    query = sa.select(messages.c.id).where(
        messages.c.clinic_id == halt.clinic_id,
        messages.c.hold == halt.cause.value,
        messages.c.state == MessageState.SCHEDULED.value,
    )
    return list(conn.scalars(query.order_by(messages.c.due_at, messages.c.id).limit(limit)))


def _is(halt: Halt) -> tuple[sa.ColumnElement[bool], ...]:
    return (holds.c.clinic_id == halt.clinic_id, holds.c.scope == halt.scope.value, holds.c.key == halt.key)


def _from_row(row: "sa.Row[tuple[object, ...]]") -> Halt:
    data = row._mapping
    return Halt(
        clinic_id=ClinicId(data["clinic_id"]),
        scope=HaltScope(data["scope"]),
        key=data["key"],
        since=data["since"],
        code=data["code"] or "",
        why=data["why"] or "",
        until=data["until"],
        next_try=data["next_try"],
        tries=data["tries"],
        probe=data["probe"],
        proof=Proof(data["proof"] or Proof.ACCEPTED),
    )
