"""Tallies: what went out and how a clinic's messages ended, counted from the rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId, MessageId
from followup.domain.message import MessageState, Reason
from followup.storage.tables import attempts, enrollments, escalations, events, inbound, message_history, messages

#: States that prove an acceptance by a provider.
_OUT = (MessageState.SENT.value, MessageState.DELIVERED.value, MessageState.UNDELIVERED.value)


def contacts(conn: Connection, clinic_id: ClinicId, *, since: datetime | None = None) -> list[dict[str, Any]]:
    """The last attempt of every message that a provider took, in the order of their starts, from `since` on."""
    query = (
        sa.select(
            messages.c.id, messages.c.patient_id, messages.c.step_key, messages.c.message_class, messages.c.state,
            messages.c.provider_ref, attempts.c.channel, attempts.c.language, attempts.c.text, attempts.c.started_at,
            attempts.c.address,
        )
        .join(attempts, sa.and_(attempts.c.message_id == messages.c.id, attempts.c.number == messages.c.attempt_no))
        .where(messages.c.clinic_id == clinic_id, messages.c.state.in_(_OUT))
        .order_by(attempts.c.started_at, attempts.c.started_ops, messages.c.id)
    )  # fmt: skip
    if since is not None:
        query = query.where(attempts.c.started_at >= since)
    return [dict(row._mapping) for row in conn.execute(query)]


def every(conn: Connection, clinic_id: ClinicId) -> list[dict[str, Any]]:
    """Every message as it stands, of which treatment or booking it speaks, and when it came into its state."""
    last = sa.select(message_history.c.message_id, sa.func.max(message_history.c.id).label("last"))
    ends = last.group_by(message_history.c.message_id).subquery()
    query = (
        sa.select(
            messages.c.id, messages.c.patient_id, messages.c.step_key, messages.c.message_class, messages.c.state,
            messages.c.reason, messages.c.hold, messages.c.due_at, messages.c.expires_at, messages.c.carried_by,
            sa.func.coalesce(enrollments.c.source_id, messages.c.booking_id).label("source_id"), messages.c.campaign_id,
            message_history.c.at,
        )
        .join(enrollments, enrollments.c.id == messages.c.enrollment_id, isouter=True)
        .join(ends, ends.c.message_id == messages.c.id)
        .join(message_history, message_history.c.id == ends.c.last)
        .where(messages.c.clinic_id == clinic_id)
        .order_by(messages.c.id)
    )  # fmt: skip
    return [dict(row._mapping) for row in conn.execute(query)]


def in_doubt(conn: Connection, clinic_id: ClinicId) -> list[MessageId]:
    """Messages of which nobody knows whether a provider took them, or never found out."""
    abandoned = sa.and_(messages.c.state == MessageState.FAILED.value, messages.c.reason == Reason.ABANDONED.value)
    unknown = sa.or_(messages.c.state == MessageState.UNCONFIRMED.value, abandoned)
    return list(conn.scalars(sa.select(messages.c.id).where(messages.c.clinic_id == clinic_id, unknown)))


def endings(conn: Connection, clinic_id: ClinicId) -> list[dict[str, Any]]:
    """How many messages of each patient stand in each state, with channel and reason."""
    what = (messages.c.patient_id, messages.c.state, messages.c.channel, messages.c.reason)
    query = sa.select(*what, sa.func.count().label("number")).where(messages.c.clinic_id == clinic_id).group_by(*what)
    return [dict(row._mapping) for row in conn.execute(query)]


def totals(conn: Connection, clinic_id: ClinicId) -> Mapping[str, int]:
    """How many events, enrollments, messages, attempts in doubt, answers and escalations the clinic has."""
    tables = {
        "events": events, "enrollments": enrollments, "messages": messages, "answers": inbound,
        "escalations": escalations,
    }  # fmt: skip
    counted = {name: _count(conn, table, table.c.clinic_id == clinic_id) for name, table in tables.items()}
    asked = _count(conn, events, events.c.clinic_id == clinic_id, events.c.state != "planned")
    told = _count(conn, escalations, escalations.c.clinic_id == clinic_id, escalations.c.told_at.is_not(None))
    return {**counted, "events_open": asked, "escalations_told": told, "attempts": _attempts(conn, clinic_id)}


def _count(conn: Connection, table: sa.Table, *where: "sa.ColumnElement[bool]") -> int:
    return int(conn.scalar(sa.select(sa.func.count()).select_from(table).where(*where)) or 0)


def _attempts(conn: Connection, clinic_id: ClinicId) -> int:
    query = sa.select(sa.func.count()).select_from(attempts.join(messages, attempts.c.message_id == messages.c.id))
    return int(conn.scalar(query.where(messages.c.clinic_id == clinic_id)) or 0)
