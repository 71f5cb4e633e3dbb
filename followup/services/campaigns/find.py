"""Find a campaign, and note in the audit what was done to it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import Connection

from followup.domain.campaign import Campaign, CampaignSignal, CampaignState, arrow
from followup.domain.errors import Conflict, IllegalSignal, InvalidInput, NotFound
from followup.domain.ids import ClinicId
from followup.services.context import Context
from followup.storage import audit
from followup.storage.campaigns import rows

_WHAT_ELSE = {
    CampaignState.DRAFT: "submit it first: followup campaign submit",
    CampaignState.SUBMITTED: "it waits for a yes: followup campaign approve",
    CampaignState.APPROVED: "launch it: followup campaign launch",
    CampaignState.RUNNING: "it runs: its pace can be changed, it can be paused or cancelled; to change more, cancel it "
    "and draft a new one",
    CampaignState.PAUSED: "resume or cancel it; to change more than its pace, cancel it and draft a new one",
    CampaignState.FINISHED: "it is over: draft a new one",
    CampaignState.CANCELLED: "it is over: draft a new one",
}


def need(conn: Connection, clinic_id: ClinicId, campaign_id: str, *, lock: bool = False) -> Campaign:
    """One campaign of this clinic; raises NotFound."""
    found = rows.get(conn, clinic_id, campaign_id, lock=lock)
    if found is None:
        raise NotFound(f"no campaign {campaign_id} in clinic {clinic_id}", cure="see `followup campaign list`")
    return found


def named(by: str, reason: str = "-") -> None:
    """Raise InvalidInput unless there is a name and a reason."""
    if not by.strip() or not reason.strip():
        raise InvalidInput("an act of staff needs a name and a reason", cure="say who does it, and why")


def allowed(campaign: Campaign, signal: CampaignSignal) -> None:
    """Raise Conflict with what can be done instead where the campaign's state has no arrow for this."""
    try:
        arrow(campaign.state, signal)
    except IllegalSignal:
        text = f"campaign {campaign.id} is {campaign.state} and cannot be {signal}"
        raise Conflict(text, cure=_WHAT_ELSE[campaign.state]) from None


def move(
    ctx: Context,
    conn: Connection,
    campaign: Campaign,
    *,
    signal: CampaignSignal,
    by: str,
    values: Mapping[str, Any] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Campaign:
    """Move a locked campaign along an arrow and audit it; raises Conflict where there is none."""
    allowed(campaign, signal)
    moved = rows.apply(conn, campaign, signal, **dict(values or {}))
    assert moved is not None  # its row is locked
    note(ctx, conn, campaign, action=signal.value, by=by, detail=detail)
    return moved


def note(
    ctx: Context,
    conn: Connection,
    campaign: Campaign,
    *,
    action: str,
    by: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write an act on a campaign to the audit."""
    audit.append(
        conn,
        at=ctx.clock.now(),
        clinic_id=campaign.clinic_id,
        actor=by,
        action=f"campaign.{action}",
        subject=campaign.id,
        detail=detail,
    )
