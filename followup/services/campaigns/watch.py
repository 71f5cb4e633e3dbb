"""Watch: running campaigns end when all is done, and brake by themselves where too much goes wrong."""

from followup.domain.campaign import Campaign, CampaignSignal, CampaignState
from followup.domain.campaign.brake import cause_to_stop
from followup.domain.escalation import EscalationKind
from followup.domain.ids import CampaignId
from followup.log import get_logger
from followup.services.campaigns import find
from followup.services.campaigns.steer import pause_here
from followup.services.context import Context
from followup.services.escalate import raise_to_staff
from followup.storage.campaigns import fates, outgoing, rows

_log = get_logger("campaigns")


def watch(ctx: Context) -> int:
    """A tick: brake and end what must be; returns how many campaigns moved."""
    with ctx.db.reading() as conn:
        running = rows.running(conn)
    return sum(_watch(ctx, campaign_id) for campaign_id in running)


def _watch(ctx: Context, campaign_id: CampaignId) -> bool:
    with ctx.db.reading() as conn:
        campaign = rows.get(conn, None, campaign_id)
        if campaign is None or campaign.frozen_at is None:
            return False
        cause = cause_to_stop(fates.of_last(conn, campaign))
        over = _is_over(campaign) and not outgoing.any_open(conn, campaign_id)
        stray = outgoing.any_held(conn, campaign_id)
    if not cause and not over and not stray:
        return False
    with ctx.db.transaction() as conn:
        now = rows.get(conn, None, campaign_id, lock=True)
        if now is None or now.state is not CampaignState.RUNNING:
            return False
        if _is_over(now) and not outgoing.any_open(conn, campaign_id):
            values = {"ended_at": ctx.clock.now()}
            find.move(ctx, conn, now, signal=CampaignSignal.FINISHED, by="system", values=values)
            return True
        outgoing.release(conn, campaign_id)  # the gate may have held one in the moment of the resume
        if not cause:
            return False
        pause_here(ctx, conn, now, by="system", why=cause)
        raise_to_staff(
            ctx, conn, clinic_id=now.clinic_id, kind=EscalationKind.CAMPAIGN, subject=now.id,
            summary=f"a campaign was paused: {cause}",
        )  # fmt: skip
    _log.warning("a campaign was paused", campaign=campaign_id)
    return True


def _is_over(campaign: Campaign) -> bool:
    return campaign.frozen_at is not None and campaign.passed >= campaign.size
