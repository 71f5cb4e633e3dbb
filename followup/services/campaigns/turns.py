"""Turns: when the tick has something to do for a campaign, for the test kit's clock and for simulations."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.engine import Connection

from followup.domain.campaign import Campaign, CampaignState
from followup.domain.campaign.pace import AHEAD, next_time
from followup.services.campaigns.advance import hours_of, is_held_up, progress_of
from followup.services.context import Context
from followup.storage.campaigns import rows


def next_turns(ctx: Context, conn: Connection) -> list[datetime]:
    """The moments (patients' time) from which running campaigns go on: write their audience down, or make messages."""
    return sorted(_moments(ctx, conn))


def _moments(ctx: Context, conn: Connection) -> Iterator[datetime]:
    for campaign_id in rows.running(conn):
        campaign = rows.get(conn, None, campaign_id)
        if campaign is None or campaign.state is not CampaignState.RUNNING:
            continue
        if campaign.frozen_at is None:
            yield campaign.definition.starts_at or ctx.clock.now()
        elif campaign.passed < campaign.size and not is_held_up(conn, campaign):
            moment = _next(ctx, campaign)
            if moment is not None:
                yield moment - AHEAD


def _next(ctx: Context, campaign: Campaign) -> datetime | None:
    """None where its class has no open hours in sight."""
    hours = hours_of(ctx.clinics.need(campaign.clinic_id), campaign)
    starts = campaign.definition.starts_at
    try:
        return next_time(campaign.pace, progress_of(campaign), now=ctx.clock.now(), not_before=starts, hours=hours)
    except ValueError:
        return None
