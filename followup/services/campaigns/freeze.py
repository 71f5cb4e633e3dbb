"""Freeze: a launched campaign's audience is written down, a row a person, in batches that a crash cannot repeat."""

from collections.abc import Iterator
from itertools import islice

from sqlalchemy.engine import Connection

from followup.domain.campaign import Campaign, CampaignState, Recipient, RecipientState, draw
from followup.domain.ids import CampaignId, PatientId
from followup.domain.message import Reason
from followup.services.campaigns import check, find
from followup.services.campaigns.audience import chosen
from followup.services.context import Context
from followup.storage.campaigns import recipients, rows

BATCH = 1000


def freeze(ctx: Context, campaign_id: CampaignId) -> Iterator[int]:
    """Write the audience down to its end; yields how many are written so far, after each batch.

    Each batch goes on behind the last person that is written, so that it may be stopped and taken up anywhere, also by
    somebody else meanwhile.
    """
    while True:
        written = freeze_some(ctx, campaign_id)
        if written is None:
            return
        yield written


def freeze_some(ctx: Context, campaign_id: CampaignId) -> int | None:
    """Write one batch down; how many are written by now, or None where there is nothing left to write."""
    with ctx.db.reading() as conn:
        campaign = rows.get(conn, None, campaign_id)
        if campaign is None or not _is_due(ctx, campaign):
            return None
        audience = check.audience_of(campaign.definition)
        people = chosen(ctx, conn, campaign.clinic_id, audience, after=campaign.frozen_after)
        batch = list(islice(people, BATCH))
    with ctx.db.transaction() as conn:
        now = rows.get(conn, None, campaign_id, lock=True)
        if now is None or not _is_due(ctx, now):
            return None
        if now.frozen_after == campaign.frozen_after:
            _write(ctx, conn, now, batch=batch)
            return now.size + len(batch)
        return now.size


def _is_due(ctx: Context, campaign: Campaign) -> bool:
    starts = campaign.definition.starts_at
    begun = starts is None or starts <= ctx.clock.now()
    return begun and campaign.state is CampaignState.RUNNING and campaign.frozen_at is None


def _write(ctx: Context, conn: Connection, campaign: Campaign, *, batch: list[PatientId]) -> None:
    twins = check.twins(ctx, conn, campaign, same_audience=False)
    again = recipients.written_to(conn, twins, batch)
    first = campaign.size + 1
    recipients.add(conn, [recipient_of(campaign, name, n, again=name in again) for n, name in enumerate(batch, first)])
    last, size = batch[-1] if batch else campaign.frozen_after, campaign.size + len(batch)
    ended = {"frozen_at": ctx.clock.now()} if len(batch) < BATCH else {}
    rows.note(conn, campaign, frozen_after=last, size=size, **ended)
    if ended:
        find.note(ctx, conn, campaign, action="frozen", by="system", detail={"size": size})


def recipient_of(campaign: Campaign, patient_id: PatientId, position: int, *, again: bool) -> Recipient:
    """What the lot says of one person; `again` if they had the same text of late."""
    plan = campaign.definition
    lot = draw(campaign.id, patient_id, hold_out=plan.hold_out, variants=plan.variants)
    state = RecipientState.HELD_OUT if lot.held_out else RecipientState.WAITING
    if again:
        return Recipient(
            campaign.id, patient_id, position, lot.variant, RecipientState.EXCLUDED, Reason.DUPLICATE.value
        )
    return Recipient(campaign.id, patient_id, position, lot.variant, state)
