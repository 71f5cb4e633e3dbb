"""Status: how far a campaign has come, what it waits for, and when it will be through."""

from dataclasses import dataclass
from datetime import datetime

from followup.domain.campaign import Campaign, CampaignState, RecipientState
from followup.domain.campaign.pace import finish_time
from followup.domain.holidays import clinic_calendar
from followup.domain.ids import ClinicId
from followup.domain.window import closes_at, windows_for
from followup.services.campaigns import find
from followup.services.campaigns.advance import hours_of, progress_of
from followup.services.context import Context
from followup.services.reading.describe import moment
from followup.storage.campaigns import outgoing, recipients
from followup.storage.campaigns import results as rows


@dataclass(frozen=True, slots=True)
class Status:
    """A campaign at this moment."""

    campaign: Campaign
    waiting: int  # whose turn has not come
    states: dict[tuple[str, str], int]  # people by state and reason
    open_inbox: int
    waits_for: str  # why no message is made now; empty while it goes on
    done_at: datetime | None  # when the last turn comes, at this pace


def status(ctx: Context, clinic_id: ClinicId, campaign_id: str) -> Status:
    """How it stands; raises NotFound."""
    with ctx.db.reading(snapshot=True) as conn:
        campaign = find.need(conn, clinic_id, campaign_id)
        waiting = recipients.tally(conn, campaign.id).get(RecipientState.WAITING, 0)
        desk = outgoing.open_at_desk(conn, clinic_id)
        states = rows.tally(conn, campaign.id)
    return Status(
        campaign,
        waiting,
        states,
        desk,
        waits_for=_waits_for(ctx, campaign, waiting=waiting, desk=desk),
        done_at=end_of(ctx, campaign, waiting) if waiting else None,
    )


def end_of(ctx: Context, campaign: Campaign, count: int) -> datetime | None:
    """When the last of `count` messages falls due at the campaign's pace, if the inbox never holds it up.

    None where its class has no open hours.
    """
    clinic = ctx.clinics.need(campaign.clinic_id)
    windows, calendar = windows_for(clinic, campaign.definition.message_class), clinic_calendar(clinic)
    try:
        return finish_time(
            campaign.pace,
            progress_of(campaign),
            count,
            now=ctx.clock.now(),
            not_before=campaign.definition.starts_at,
            hours=hours_of(clinic, campaign),
            closes=lambda at: closes_at(windows, clinic.time_zone, at, calendar=calendar),
        )
    except ValueError:
        return None


def _waits_for(ctx: Context, campaign: Campaign, *, waiting: int, desk: int) -> str:
    starts, now = campaign.definition.starts_at, ctx.clock.now()
    if campaign.state is CampaignState.PAUSED:
        return campaign.why or "somebody to resume it"
    if campaign.state is not CampaignState.RUNNING:
        return ""
    if starts is not None and starts > now:
        return f"its start at {moment(starts)}"
    if campaign.frozen_at is None:
        return "its audience to be written down"
    if not waiting:
        return "the last messages"
    most = campaign.pace.open_inbox
    if most is not None and desk >= most:
        return f"the inbox: {desk} items are open, it goes on below {most}"
    kind = campaign.definition.message_class
    try:
        opens = hours_of(ctx.clinics.need(campaign.clinic_id), campaign).opening(now)
    except ValueError:
        return f"the hours of {kind}, of which there are none in sight"
    return f"the hours of {kind}: {moment(opens)}" if opens > now else ""
