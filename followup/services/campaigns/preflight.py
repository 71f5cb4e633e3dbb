"""Preflight: whom a campaign would reach, whom not and why, its price and its end; the gate itself is asked."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.engine import Connection

from followup.content.money import load_prices
from followup.domain.campaign import Campaign, CampaignState, Pace
from followup.domain.campaign.pace import Progress, finish_time
from followup.domain.campaign.preflight import Group, Preflight
from followup.domain.clinic import Clinic
from followup.domain.errors import Conflict
from followup.domain.holidays import clinic_calendar
from followup.domain.ids import ClinicId
from followup.domain.message import Channel, MessageClass, Reason
from followup.domain.money import Line, Prices, standing, stops
from followup.domain.pace import rate_of
from followup.domain.region import region_of
from followup.domain.window import closes_at, windows_for
from followup.services.campaigns import check, find
from followup.services.campaigns.advance import hours_of
from followup.services.campaigns.dry import Fate, fates
from followup.services.campaigns.sizes import Size, Sizes, variants_of
from followup.services.context import Context
from followup.services.routing.lineup import line, sender_at
from followup.services.segments.doubt import doubts
from followup.services.upkeep import budgets

#: Before it was launched; later its recipients are rows, and its results tell.
_BEFORE = frozenset({CampaignState.DRAFT, CampaignState.SUBMITTED, CampaignState.APPROVED})


@dataclass(slots=True)
class _Sums:
    """What is counted while the audience passes."""

    audience: int = 0
    made: int = 0  # messages, also those that the gate will refuse
    excluded: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    recipients: Counter[tuple[Channel, str]] = field(default_factory=Counter)
    segments: Counter[tuple[Channel, str]] = field(default_factory=Counter)
    prices: dict[tuple[Channel, str], Decimal] = field(default_factory=dict)
    encodings: Counter[str] = field(default_factory=Counter)
    unpriced: Counter[str] = field(default_factory=Counter)
    later: int = 0
    last: datetime | None = None


def preflight(ctx: Context, clinic_id: ClinicId, campaign_id: str) -> Preflight:
    """What would happen if it were launched now. Raises NotFound, InvalidInput for an unfit text, and Conflict for
    what was launched already."""
    with ctx.db.reading(snapshot=True) as conn:
        campaign = find.need(conn, clinic_id, campaign_id)
        if campaign.state not in _BEFORE:
            raise Conflict(f"it is {campaign.state}", cure="see `followup campaign status` and `results`")
        return weigh_up(ctx, conn, campaign)


def weigh_up(ctx: Context, conn: Connection, campaign: Campaign) -> Preflight:
    """The same for a campaign in hand."""
    clinic, now = ctx.clinics.need(campaign.clinic_id), ctx.clock.now()
    ready = replace(campaign, texts=check.texts(ctx, campaign.definition))
    prices, sizes = load_prices(ctx.settings.config), Sizes(ctx, conn)
    starts = hours_of(clinic, ready).opening(max(now, ready.definition.starts_at or now))
    sums, variants = _Sums(), variants_of(ready.texts)
    for fate in fates(ctx, conn, ready, due_at=starts):
        sums.audience += 1
        sums.made += fate.message is not None
        size = sizes.of(fate, variants) if fate.send is not None else None
        _count(sums, fate, size, prices=prices)
    groups = _groups(sums)
    price = sum((group.price for group in groups), Decimal(0))
    allowed = _sender_pace(ctx, clinic, sums)
    pace = replace(ready.pace, per_minute=min(ready.pace.per_minute, allowed or ready.pace.per_minute))
    return Preflight(
        campaign_id=ready.id,
        at=now,
        audience=sums.audience,
        groups=groups,
        excluded=dict(sorted(sums.excluded.items())),
        held=dict(sorted(sums.held.items())),
        later=sums.later,
        encodings=dict(sums.encodings),
        currency=prices.currency,
        unpriced=dict(sums.unpriced),
        starts_at=starts,
        finishes_at=_finish(clinic, ready, pace, count=sums.made, start=starts, last=sums.last),
        pace=ready.pace,
        pace_by_sender=pace.per_minute if pace.per_minute < ready.pace.per_minute else None,
        longest=sizes.longest,
        links=tuple(sizes.links),
        budget=_budget(ctx, conn, clinic, prices=prices, kind=ready.definition.message_class, planned=price),
        doubts=doubts(ctx, conn, clinic.id, audience=check.audience_of(ready.definition)),
        second_person=check.needs_two(clinic, ready.definition, sums.audience),
    )


def refuse_over_budget(ctx: Context, campaign: Campaign) -> None:
    """Raise Conflict where a promotion would go beyond the clinic's budget; everything else is only told."""
    budget, kind = ctx.clinics.need(campaign.clinic_id).budget, campaign.definition.message_class
    if budget.month is None and kind not in budget.classes:
        return
    with ctx.db.reading(snapshot=True) as conn:
        found = weigh_up(ctx, conn, campaign)
    over = stops(kind, found.budget)
    if over:
        told = "; ".join(f"{o.name}: {o.spent:.2f} of {o.limit:.2f} spent, {o.planned:.2f} more planned" for o in over)
        cure = "narrow the audience, wait for the next month, or raise `budget` in the clinic's file"
        raise Conflict(f"the budget does not do ({found.currency}): {told}", cure=cure)


def _count(sums: _Sums, fate: Fate, size: Size | None, *, prices: Prices) -> None:
    if fate.send is None:
        sums.excluded[fate.reason] += 1
        return
    if size is None:
        sums.excluded[Reason.TEMPLATE.value] += 1
        return
    key = (fate.send.channel, size.language)
    sums.recipients[key] += 1
    sums.segments[key] += size.segments
    if fate.send.channel is Channel.SMS:
        sums.encodings[size.encoding] += 1
    price = prices.of(fate.send.channel, fate.send.address, size.segments)
    if price is None:
        sums.unpriced[region_of(fate.send.address) or "?"] += 1
    sums.prices[key] = sums.prices.get(key, Decimal(0)) + (price or Decimal(0))
    if fate.held is not None:
        sums.held[fate.held.value] += 1
    assert fate.at is not None
    assert fate.message is not None
    if fate.at - fate.message.due_at > timedelta(days=1):
        sums.later += 1
    sums.last = max(sums.last or fate.at, fate.at)


def _groups(sums: _Sums) -> tuple[Group, ...]:
    return tuple(
        Group(channel, language, count, sums.segments[channel, language], sums.prices[channel, language])
        for (channel, language), count in sorted(sums.recipients.items())
    )


def _sender_pace(ctx: Context, clinic: Clinic, sums: _Sums) -> int | None:
    """Messages a minute that the sender of texts allows, by how long these are; None where it sets no limit."""
    texts = sum(count for (channel, _), count in sums.recipients.items() if channel is Channel.SMS)
    providers = line(ctx, Channel.SMS)
    if not texts or not providers:
        return None
    rate = rate_of(sender_at(ctx, clinic, providers[0]), ctx.settings.sender_rate)
    each = sum(sums.segments.values()) / texts
    share = texts / sum(sums.recipients.values())
    return max(1, int(rate * 60 / each / share)) if rate else None


def _finish(
    clinic: Clinic, campaign: Campaign, pace: Pace, *, count: int, start: datetime, last: datetime | None
) -> datetime:
    """When the last message starts: at the pace within the hours, or when the last person's limits allow it."""
    windows, calendar = windows_for(clinic, campaign.definition.message_class), clinic_calendar(clinic)
    done = finish_time(
        pace,
        Progress(),
        count,
        now=start,
        not_before=start,
        hours=hours_of(clinic, campaign),
        closes=lambda moment: closes_at(windows, clinic.time_zone, moment, calendar=calendar),
    )
    return max(done, last or start)


def _budget(
    ctx: Context, conn: Connection, clinic: Clinic, *, prices: Prices, kind: MessageClass, planned: Decimal
) -> tuple[Line, ...]:
    """How the month's budget stands with this on top; what was spent is counted only where a limit asks for it."""
    budget = clinic.budget
    if budget.month is None and kind not in budget.classes:
        return ()
    spent = budgets.spent(conn, clinic, prices=prices, now=ctx.clock.now())
    return standing(budget, spent, kind, planned=planned)
