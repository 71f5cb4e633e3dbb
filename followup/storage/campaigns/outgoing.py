"""The open messages of a campaign: held, given another time, released, or ended with it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.escalation import EscalationKind, EscalationState
from followup.domain.ids import CampaignId, ClinicId, MessageId
from followup.domain.message import Hold
from followup.storage.tables import escalations, messages

_STILL = sa.text("campaign_id IS NOT NULL AND state IN ('scheduled', 'queued', 'sending', 'unconfirmed')")
_WAITING = messages.c.state.in_(["scheduled", "queued"])
#: What the front desk has to look at; the rest is for whoever runs the machine.
_DESK = [k.value for k in EscalationKind if k not in {
    EscalationKind.PROVIDER, EscalationKind.TEMPLATE, EscalationKind.WEBHOOK, EscalationKind.DRIFT,
    EscalationKind.CANARY, EscalationKind.INSTANCE, EscalationKind.QUARANTINE, EscalationKind.CAMPAIGN,
}]  # fmt: skip


def hold(conn: Connection, campaign_id: CampaignId) -> int:
    """Put the hold of a paused campaign on its messages that wait and have none; returns how many."""
    query = sa.update(messages).where(_of(campaign_id), _WAITING, messages.c.hold.is_(None))
    return conn.execute(query.values(hold=Hold.CAMPAIGN_PAUSED.value)).rowcount


def release(conn: Connection, campaign_id: CampaignId) -> int:
    """End that hold; returns how many were released."""
    query = sa.update(messages).where(_of(campaign_id), messages.c.hold == Hold.CAMPAIGN_PAUSED.value)
    return conn.execute(query.values(hold=None)).rowcount


def overdue(conn: Connection, campaign_id: CampaignId, by: datetime) -> list[MessageId]:
    """The messages that this campaign's pause holds and that fall due by then, in their order."""
    query = sa.select(messages.c.id).where(
        _of(campaign_id), _WAITING, messages.c.hold == Hold.CAMPAIGN_PAUSED.value, messages.c.due_at <= by
    )
    return list(conn.scalars(query.order_by(messages.c.due_at, messages.c.id)))


def waiting(conn: Connection, campaign_id: CampaignId, *, limit: int) -> list[MessageId]:
    """Some of its messages that have not started."""
    return list(conn.scalars(sa.select(messages.c.id).where(_of(campaign_id), _WAITING).limit(limit)))


def any_open(conn: Connection, campaign_id: CampaignId) -> bool:
    """True while one of its messages can still move by itself."""
    return conn.execute(sa.select(messages.c.id).where(_of(campaign_id)).limit(1)).first() is not None


def any_held(conn: Connection, campaign_id: CampaignId) -> bool:
    """True if a pause holds one of its messages."""
    query = sa.select(messages.c.id).where(_of(campaign_id), messages.c.hold == Hold.CAMPAIGN_PAUSED.value)
    return conn.execute(query.limit(1)).first() is not None


def _of(campaign_id: CampaignId) -> sa.ColumnElement[bool]:
    """Its open messages, in the words of the index over them."""
    return sa.and_(messages.c.campaign_id == campaign_id, _STILL)


def open_at_desk(conn: Connection, clinic_id: ClinicId) -> int:
    """How many matters wait for a clinic's front desk."""
    query = sa.select(sa.func.count()).where(
        escalations.c.clinic_id == clinic_id,
        escalations.c.state != sa.literal_column(f"'{EscalationState.CLOSED.value}'"),
        escalations.c.kind.in_(_DESK),
    )
    return int(conn.scalar(query) or 0)
