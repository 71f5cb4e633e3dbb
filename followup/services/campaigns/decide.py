"""Decide: submit a draft, say yes or no to it, and launch it; each with a name, two of them where the policy asks."""

from followup.domain.campaign import Campaign, CampaignSignal
from followup.domain.errors import Conflict, Forbidden
from followup.domain.ids import ClinicId
from followup.services.campaigns import check, find
from followup.services.campaigns.preflight import refuse_over_budget
from followup.services.context import Context
from followup.services.heal import keep_texts


def submit(ctx: Context, clinic_id: ClinicId, campaign_id: str, *, by: str, again: str = "") -> Campaign:
    """Ask for a yes. `again` is why the same text may go to the same people once more.

    Raises InvalidInput for an audience of nobody or an unfit text, Conflict for what was sent within a week, NotFound.
    """
    find.named(by)
    size = check.count(ctx, _peek(ctx, clinic_id, campaign_id, CampaignSignal.SUBMITTED))
    with ctx.db.transaction() as conn:
        campaign = find.need(conn, clinic_id, campaign_id, lock=True)
        now_content = check.content(ctx, campaign.definition)
        values = {"submitted_by": by.strip(), "approved_size": size, "override": again.strip() or None,
                  "content_digest": now_content}  # fmt: skip
        detail = {"size": size, "content": now_content[:16], "again": again.strip()}
        moved = find.move(ctx, conn, campaign, signal=CampaignSignal.SUBMITTED, by=by, values=values, detail=detail)
        check.refuse_twice(ctx, conn, moved)
    return moved


def approve(ctx: Context, clinic_id: ClinicId, campaign_id: str, *, by: str) -> Campaign:
    """Say yes. Raises Forbidden where it takes another person than the author, Conflict where the text changed."""
    find.named(by)
    size = check.count(ctx, _peek(ctx, clinic_id, campaign_id, CampaignSignal.APPROVED))
    with ctx.db.transaction() as conn:
        campaign = find.need(conn, clinic_id, campaign_id, lock=True)
        find.allowed(campaign, CampaignSignal.APPROVED)
        _refuse_own(ctx, campaign, by=by, size=size)
        _refuse_changed(ctx, campaign, since="submitted")
        values = {"approver": by.strip(), "approved_size": size}
        return find.move(
            ctx, conn, campaign, signal=CampaignSignal.APPROVED, by=by, values=values, detail={"size": size}
        )


def refuse(ctx: Context, clinic_id: ClinicId, campaign_id: str, *, by: str, reason: str) -> Campaign:
    """Say no, and why: it is a draft again."""
    find.named(by, reason)
    with ctx.db.transaction() as conn:
        campaign = find.need(conn, clinic_id, campaign_id, lock=True)
        detail = {"reason": reason.strip()}
        return find.move(
            ctx, conn, campaign, signal=CampaignSignal.REFUSED, by=by, values={"why": reason.strip()}, detail=detail
        )


def launch(ctx: Context, clinic_id: ClinicId, campaign_id: str, *, by: str) -> Campaign:
    """Start it, or from `starts_at` on: the tick writes its audience down and then makes messages at its pace.

    Raises Conflict where it is not approved, a promotion over the budget, its text changed or went out within a week;
    Forbidden where its audience outgrew what one person may approve; InvalidInput for an audience of nobody; NotFound.
    """
    find.named(by)
    peeked = _peek(ctx, clinic_id, campaign_id, CampaignSignal.LAUNCHED)
    size = check.count(ctx, peeked)
    refuse_over_budget(ctx, peeked)
    with ctx.db.transaction() as conn:
        campaign = find.need(conn, clinic_id, campaign_id, lock=True)
        find.allowed(campaign, CampaignSignal.LAUNCHED)
        _refuse_own(ctx, campaign, by=campaign.approver or "", size=size)
        _refuse_changed(ctx, campaign, since="approved")
        check.refuse_twice(ctx, conn, campaign)
        pinned = check.texts(ctx, campaign.definition)
        keep_texts(ctx, conn, {v.template: pinned[v.key] for v in campaign.definition.variants})
        values = {"texts": pinned, "launched_by": by.strip(), "launched_at": ctx.clock.now(), "why": None}
        return find.move(
            ctx, conn, campaign, signal=CampaignSignal.LAUNCHED, by=by, values=values, detail={"size": size}
        )


def _peek(ctx: Context, clinic_id: ClinicId, campaign_id: str, signal: CampaignSignal) -> Campaign:
    """The campaign before its audience is counted, outside of the transaction that will move it."""
    with ctx.db.reading() as conn:
        campaign = find.need(conn, clinic_id, campaign_id)
    find.allowed(campaign, signal)
    return campaign


def _refuse_own(ctx: Context, campaign: Campaign, *, by: str, size: int) -> None:
    why = check.needs_two(ctx.clinics.need(campaign.clinic_id), campaign.definition, size)
    if why and _same(by, campaign.author):
        cure = "ask a colleague: followup campaign approve --by THEIR-NAME"
        raise Forbidden(f"another person than the author must approve it: {why}", cure=cure)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _refuse_changed(ctx: Context, campaign: Campaign, *, since: str) -> None:
    if check.content(ctx, campaign.definition) != campaign.content_digest:
        cure = "read it, then edit the campaign and submit it anew"
        raise Conflict(f"its text on disk is not the one that was {since}", cure=cure)
