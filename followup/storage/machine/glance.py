"""Glance: whether anything waits to be claimed, of every kind at once, so that an idle sweep takes no lock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.storage.tables import calls, escalations, events, messages


@dataclass(frozen=True, slots=True)
class Glance:
    """Of each kind whether a claim may find something; a claim that then finds nothing does no harm."""

    lapsed: bool
    events: bool
    messages: bool
    look_ups: bool
    calls: bool
    untold: bool


def glance(conn: Connection, *, now: datetime, ops: datetime) -> Glance:
    """What waits at `now`, patients' time, and `ops`, real time; crosses clinics."""
    return Glance(*conn.execute(_GLANCE, {"b_now": now, "b_ops": ops}).one())


def _moment(name: str) -> "sa.BindParameter[Any]":
    return sa.bindparam(name, type_=messages.c.due_at.type)


def _is(column: "sa.Column[str]", state: str) -> "sa.ColumnElement[bool]":
    return column == sa.literal_column(f"'{state}'")  # a literal lets the partial indexes serve


def _any(key: "sa.Column[Any]", *conditions: "sa.ColumnElement[bool]") -> "sa.Exists":
    return sa.exists(sa.select(key).where(*conditions))


def _build() -> Any:
    """The conditions of the claims, or wider ones."""
    message, event, escalation, now, ops = messages.c, events.c, escalations.c, _moment("b_now"), _moment("b_ops")
    ready = sa.or_(message.not_before.is_(None), message.not_before <= ops)
    fresh = sa.or_(event.not_before.is_(None), event.not_before <= ops)
    unclosed = escalation.state != sa.literal_column("'closed'")
    tellable = sa.or_(escalation.tell_after.is_(None), escalation.tell_after <= ops)
    open_event = event.state != sa.literal_column("'planned'")
    return sa.select(
        sa.or_(
            _any(message.id, _is(message.state, "queued"), message.lease_until < ops),
            _any(message.id, _is(message.state, "sending"), message.lease_until < ops),
        ),
        sa.or_(
            _any(event.row_id, open_event, _is(event.state, "received"), fresh),
            _any(event.row_id, open_event, _is(event.state, "quarantined"), event.not_before <= ops),
            _any(event.row_id, open_event, _is(event.state, "queued"), event.lease_until < ops),
        ),
        _any(message.id, _is(message.state, "scheduled"), message.hold.is_(None), message.due_at <= now, ready),
        _any(message.id, _is(message.state, "unconfirmed"), ready),
        _any(calls.c.id, _is(calls.c.state, "waiting"), calls.c.due_at <= now),
        sa.or_(
            _any(escalation.id, escalation.told_at.is_(None), unclosed, tellable),
            _any(escalation.id, escalation.next_rung_at <= now, unclosed, tellable),
        ),
    )


_GLANCE = _build()
