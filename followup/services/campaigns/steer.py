"""Steer: staff pause a campaign, resume or cancel it, and change its pace while it runs."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from followup.domain.campaign import Campaign, CampaignSignal, CampaignState, Pace
from followup.domain.campaign.pace import AHEAD
from followup.domain.errors import Conflict
from followup.domain.escalation import EscalationKind
from followup.domain.ids import ClinicId, MessageId
from followup.domain.lifecycle import Signal
from followup.domain.message import Reason
from followup.services.campaigns import find
from followup.services.context import Context
from followup.services.escalate import settle_about
from followup.storage import messages
from followup.storage.campaigns import outgoing, recipients, rows

_PACED = frozenset({CampaignState.RUNNING, CampaignState.PAUSED})
_CHUNK = 500
_SECOND = timedelta(seconds=1)


def pause(ctx: Context, clinic_id: ClinicId, campaign_id: str, *, by: str, reason: str) -> Campaign:
    """Nothing of it starts from now on; what is being sent finishes. Raises Conflict, InvalidInput, NotFound."""
    find.named(by, reason)
    with ctx.db.transaction() as conn:
        campaign = find.need(conn, clinic_id, campaign_id, lock=True)
        return pause_here(ctx, conn, campaign, by=by.strip(), why=reason.strip())


def pause_here(ctx: Context, conn: Connection, campaign: Campaign, *, by: str, why: str) -> Campaign:
    """`pause` of a locked campaign in the caller's transaction."""
    find.allowed(campaign, CampaignSignal.PAUSED)
    held = outgoing.hold(conn, campaign.id)
    detail = {"reason": why, "held": held}
    return find.move(ctx, conn, campaign, signal=CampaignSignal.PAUSED, by=by, values={"why": why}, detail=detail)


def resume(ctx: Context, clinic_id: ClinicId, campaign_id: str, *, by: str) -> Campaign:
    """Go on where it stood: what waited goes first, at its pace from now on, with its whole time to be sent in.

    Raises Conflict, InvalidInput, NotFound.
    """
    find.named(by)
    with ctx.db.transaction() as conn:
        campaign = find.need(conn, clinic_id, campaign_id, lock=True)
        find.allowed(campaign, CampaignSignal.RESUMED)
        due = _again(ctx, conn, campaign)
        freed = outgoing.release(conn, campaign.id)
        values = {"why": None, "brake_from": campaign.passed, "last_due": due or campaign.last_due}
        settle_about(ctx, conn, clinic_id=clinic_id, kind=EscalationKind.CAMPAIGN, subjects=[campaign.id])
        return find.move(
            ctx, conn, campaign, signal=CampaignSignal.RESUMED, by=by, values=values, detail={"released": freed}
        )


def _again(ctx: Context, conn: Connection, campaign: Campaign) -> datetime | None:
    """Give what fell due meanwhile new times at the pace; returns the last of them."""
    now, gap = ctx.clock.now(), timedelta(minutes=1) / campaign.pace.per_minute
    late = outgoing.overdue(conn, campaign.id, now + AHEAD)
    by_second: dict[datetime, list[MessageId]] = {}
    for place, message_id in enumerate(late):
        by_second.setdefault(now + (place * gap // _SECOND) * _SECOND, []).append(message_id)
    for due, some in by_second.items():
        values = {"due_at": due, "expires_at": campaign.definition.valid_for.after(due), "hold": None}
        messages.apply(conn, some, Signal.RESCHEDULED, now, detail={"text": "the campaign goes on"}, values=values)
    return max(by_second, default=None)


def cancel(ctx: Context, clinic_id: ClinicId, campaign_id: str, *, by: str, reason: str) -> Campaign:
    """Nothing more of it goes out; what is being sent finishes. Raises Conflict, InvalidInput, NotFound."""
    find.named(by, reason)
    now = ctx.clock.now()
    with ctx.db.transaction() as conn:
        campaign = find.need(conn, clinic_id, campaign_id, lock=True)
        find.allowed(campaign, CampaignSignal.CANCELLED)
        spared = recipients.cancel(conn, campaign.id)
        ended = _end_messages(conn, campaign, now, text=f"{by.strip()} cancelled the campaign: {reason.strip()}")
        settle_about(ctx, conn, clinic_id=clinic_id, kind=EscalationKind.CAMPAIGN, subjects=[campaign.id])
        values = {"why": reason.strip(), "ended_at": now}
        detail = {"reason": reason.strip(), "spared": spared, "cancelled": ended}
        return find.move(ctx, conn, campaign, signal=CampaignSignal.CANCELLED, by=by, values=values, detail=detail)


def _end_messages(conn: Connection, campaign: Campaign, now: datetime, *, text: str) -> int:
    ended = 0
    while some := outgoing.waiting(conn, campaign.id, limit=_CHUNK):
        detail = {"text": text}
        ended += len(messages.apply(conn, some, Signal.CANCELLED, now, reason=Reason.STAFF.value, detail=detail))
    return ended


def set_pace(ctx: Context, clinic_id: ClinicId, campaign_id: str, *, by: str, pace: Pace) -> Campaign:
    """Another pace from the next message on; the two minutes that are made keep theirs. Raises Conflict, NotFound."""
    find.named(by)
    with ctx.db.transaction() as conn:
        campaign = find.need(conn, clinic_id, campaign_id, lock=True)
        if campaign.state not in _PACED:
            cure = "before its launch edit the campaign"
            raise Conflict(f"campaign {campaign.id} is {campaign.state}: its pace cannot be changed", cure=cure)
        was = campaign.pace
        rows.note(conn, campaign, per_minute=pace.per_minute, per_day=pace.per_day, open_inbox=pace.open_inbox)
        detail = {"per_minute": [was.per_minute, pace.per_minute], "per_day": [was.per_day, pace.per_day],
                  "open_inbox": [was.open_inbox, pace.open_inbox]}  # fmt: skip
        find.note(ctx, conn, campaign, action="paced", by=by, detail=detail)
        return replace(campaign, pace=pace)
