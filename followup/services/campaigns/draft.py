"""Draft: write a campaign down and change it; a change takes back a submission and voids an approval."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from followup.content.campaigns import read_definition
from followup.domain.campaign import Campaign, CampaignSignal, CampaignState, parse
from followup.domain.ids import CampaignId, ClinicId
from followup.services.campaigns import check, find
from followup.services.context import Context
from followup.storage.campaigns import rows

_VOID = ("submitted_by", "approver", "approved_size", "override")


def draft(ctx: Context, clinic_id: ClinicId, data: Mapping[str, Any], *, by: str) -> Campaign:
    """Store a new draft. Raises InvalidInput with a JSON pointer for each fault of the definition."""
    find.named(by)
    new, written = _read(ctx, clinic_id, data, by=by)
    with ctx.db.transaction() as conn:
        rows.add(conn, new, written)
        find.note(ctx, conn, new, action="drafted", by=by, detail={"content": new.content_digest[:16]})
    return new


def edit(ctx: Context, clinic_id: ClinicId, campaign_id: str, *, data: Mapping[str, Any], by: str) -> Campaign:
    """Put another definition in its place: it is a draft again, and whoever edits it is its author.

    Raises Conflict for what was launched, InvalidInput for a faulty definition, NotFound.
    """
    find.named(by)
    new, written = _read(ctx, clinic_id, data, by=by)
    with ctx.db.transaction() as conn:
        old = find.need(conn, clinic_id, campaign_id, lock=True)
        voided = old.state is CampaignState.APPROVED
        detail = {"content": new.content_digest[:16], "voids_approval": voided}
        values = dict.fromkeys(_VOID) | {"author": by.strip()}
        moved = find.move(ctx, conn, old, signal=CampaignSignal.EDITED, by=by, values=values, detail=detail)
        whole = replace(
            moved,
            definition=new.definition,
            content_digest=new.content_digest,
            pace=new.pace,
            edited_at=ctx.clock.now(),
        )
        rows.rewrite(conn, whole, written)
    return whole


def get(ctx: Context, clinic_id: ClinicId, campaign_id: str) -> Campaign:
    """One campaign of this clinic; raises NotFound."""
    with ctx.db.reading() as conn:
        return find.need(conn, clinic_id, campaign_id)


def listing(
    ctx: Context, clinic_id: ClinicId, *, states: Collection[CampaignState] = (), limit: int = 50
) -> list[Campaign]:
    """A clinic's campaigns, newest first."""
    with ctx.db.reading() as conn:
        return rows.listing(conn, clinic_id, states=states, limit=limit)


def _read(ctx: Context, clinic_id: ClinicId, data: Mapping[str, Any], *, by: str) -> tuple[Campaign, dict[str, Any]]:
    clinic = ctx.clinics.need(clinic_id)
    written = read_definition(data, zone=clinic.time_zone)
    with ctx.db.reading() as conn:
        written["audience"] = check.settle(conn, clinic_id, written["audience"])
    definition, now = parse(written), ctx.clock.now()
    new = Campaign(
        id=CampaignId(ctx.ids.new("cmp")),
        clinic_id=clinic_id,
        state=CampaignState.DRAFT,
        definition=definition,
        content_digest=check.content(ctx, definition),
        author=by.strip(),
        created_at=now,
        edited_at=now,
        pace=definition.pace,
    )
    return new, written
