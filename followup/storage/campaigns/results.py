"""What became of each person of a campaign's audience, and what they did after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from followup.domain.campaign import RecipientState
from followup.domain.event import EventType
from followup.domain.ids import CampaignId, ClinicId, MessageId, PatientId
from followup.domain.message import MessageState
from followup.storage.tables import attempts, campaign_recipients, events, inbound, messages, receipts

_R, _M = campaign_recipients, messages
#: States whose reason says how it ended; elsewhere it is that of an earlier deferral.
_WITH_REASON = frozenset({
    RecipientState.EXCLUDED.value, MessageState.SKIPPED.value, MessageState.CANCELLED.value, MessageState.FAILED.value,
    MessageState.UNDELIVERED.value,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One person: the recipient's state, and of their message its state, reason, way and times."""

    position: int
    patient_id: PatientId
    variant: str
    state: str  # of the message where one was made, else the recipient's own
    reason: str | None
    code: str | None
    hold: str | None
    channel: str | None
    message_id: MessageId | None
    made_at: datetime | None
    sent_at: datetime | None


def _outcome() -> "sa.ColumnElement[str]":
    """The state that counts: that of the newest message, but for an earlier one that arrived after all."""
    earlier = _M.alias("earlier")
    arrived = sa.exists().where(
        earlier.c.campaign_id == _R.c.campaign_id,
        earlier.c.patient_id == _M.c.patient_id,
        earlier.c.state == MessageState.DELIVERED.value,
    )
    return sa.case(
        (_R.c.state != RecipientState.MADE.value, _R.c.state),
        (arrived, MessageState.DELIVERED.value),
        else_=_M.c.state,
    )


def tally(conn: Connection, campaign_id: CampaignId) -> dict[tuple[str, str], int]:
    """How many people by state and reason."""
    state = _outcome()
    reason = sa.func.coalesce(_R.c.reason, _M.c.reason, "")
    query = sa.select(state.label("how"), reason.label("why"), sa.func.count())
    query = query.select_from(_R.outerjoin(_M, _M.c.id == _R.c.message_id)).where(_R.c.campaign_id == campaign_id)
    return _summed(conn, query.group_by("how", "why"))


def _summed(conn: Connection, query: "sa.Select[Any, Any, Any]") -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for state, reason, count in conn.execute(query):
        key = (state, reason if state in _WITH_REASON else "")
        found[key] = found.get(key, 0) + count
    return found


def page(conn: Connection, campaign_id: CampaignId, *, after: int, limit: int) -> list[Line]:
    """The people behind a position, in order."""
    state = _outcome()
    last = sa.and_(attempts.c.message_id == _M.c.id, attempts.c.number == _M.c.attempt_no)
    query = (
        sa.select(
            _R.c.position, _R.c.patient_id, _R.c.variant, state.label("state"),
            sa.func.coalesce(_R.c.reason, _M.c.reason).label("reason"), _code().label("code"), _M.c.hold, _M.c.channel,
            _R.c.message_id, _R.c.made_at, attempts.c.started_at,
        )
        .select_from(_R.outerjoin(_M, _M.c.id == _R.c.message_id).outerjoin(attempts, last))
        .where(_R.c.campaign_id == campaign_id, _R.c.position > after)
        .order_by(_R.c.position)
        .limit(limit)
    )  # fmt: skip
    return [_line(row) for row in conn.execute(query)]


def _code() -> "sa.ColumnElement[str | None]":
    """The provider's code, also that which made another channel take over."""
    tries, told = attempts.alias("tries"), (_M.c.id, _M.c.follows)
    at_once = sa.select(sa.func.max(tries.c.code)).where(tries.c.message_id.in_(told)).scalar_subquery()
    later = sa.select(sa.func.max(receipts.c.error_code)).where(receipts.c.message_id.in_(told)).scalar_subquery()
    return sa.func.coalesce(at_once, later)


def _line(row: Row[Any]) -> Line:
    return Line(
        position=row.position,
        patient_id=PatientId(row.patient_id),
        variant=row.variant,
        state=row.state,
        reason=row.reason if row.state in _WITH_REASON else None,
        code=row.code or None,
        hold=row.hold,
        channel=row.channel,
        message_id=row.message_id,
        made_at=row.made_at,
        sent_at=row.started_at,
    )


def booked(
    conn: Connection, clinic_id: ClinicId, ids: Sequence[PatientId], *, since: datetime
) -> dict[PatientId, list[datetime]]:
    """When each of these booked a visit, since then."""
    query = sa.select(events.c.patient_key, events.c.time).where(
        events.c.clinic_id == clinic_id,
        events.c.patient_key.in_(ids),
        events.c.type == EventType.BOOKING_MADE.value,
        events.c.time >= since,
    )
    found: dict[PatientId, list[datetime]] = {}
    for row in conn.execute(query.order_by(events.c.time)):
        found.setdefault(PatientId(row.patient_key), []).append(row.time)
    return found


def wrote(
    conn: Connection, clinic_id: ClinicId, ids: Sequence[PatientId], *, since: datetime
) -> dict[PatientId, list[tuple[datetime, str | None]]]:
    """When each of these wrote since then, and the message they answered where that is known."""
    query = sa.select(inbound.c.patient_id, inbound.c.received_at, inbound.c.context).where(
        inbound.c.clinic_id == clinic_id, inbound.c.patient_id.in_(ids), inbound.c.received_at >= since
    )
    found: dict[PatientId, list[tuple[datetime, str | None]]] = {}
    for row in conn.execute(query.order_by(inbound.c.received_at)):
        found.setdefault(PatientId(row.patient_id), []).append((row.received_at, row.context))
    return found


def ledger(conn: Connection, campaign_id: CampaignId) -> dict[str, int]:
    """The messages of a campaign by state, without those that another followed: what people's counts agree with."""
    heir = _M.alias("heir")
    followed = sa.exists().where(heir.c.follows == _M.c.id)
    query = sa.select(_M.c.state, sa.func.count()).where(_M.c.campaign_id == campaign_id, ~followed)
    query = query.group_by(_M.c.state)
    return {state: int(count) for state, count in conn.execute(query)}
