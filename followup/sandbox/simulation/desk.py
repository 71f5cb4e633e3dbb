"""Desk: what the simulated clinic's staff start by hand, campaigns of news and of promotion beside the protocols."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from followup.domain.campaign import CampaignState
from followup.domain.ids import ClinicId
from followup.sandbox.simulation.town import CLINIC
from followup.services.campaigns import advance, decide, draft, watch
from followup.services.context import Context

_AUTHOR, _APPROVER = "Mia", "Ben"
_FIRST, _EVERY = timedelta(days=40, hours=2), timedelta(days=45)
_NEWS: Mapping[str, Any] = {
    "class": "transactional", "template": "campaign/new-hours", "channels": ["sms", "email"],
    "audience": {"everybody": True},
}  # fmt: skip
#: Consent is not asked for in the filter: that is the gate's.
_SEASON: Mapping[str, Any] = {
    "class": "promo", "template": "campaign/season", "channels": ["email", "sms"],
    "audience": {"everybody": True}, "hold_out": 10,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planned:
    """A campaign that is to be launched, or is found launched when a crash cut that off."""

    at: datetime
    name: str
    definition: Mapping[str, Any]


def line_up(start: datetime, end: datetime, people: int) -> Iterator[Planned]:
    """News and promotion in turn, from some weeks on, at a pace that takes a few looks at the clock."""
    pace = {"per_minute": max(1, people // 8)}
    at, number = start + _FIRST, 1
    while at < end:
        what = _NEWS if number % 2 else _SEASON
        yield Planned(at, f"campaign {number}", {**what, "name": f"campaign {number}", "pace": pace})
        at, number = at + _EVERY, number + 1


def take_on(ctx: Context, planned: Planned) -> None:
    """Bring it from wherever it stands to its launch; doing it again changes nothing."""
    clinic_id = ClinicId(CLINIC)
    if planned.definition["template"] not in ctx.templates.refs:
        return
    one = next((c for c in draft.listing(ctx, clinic_id, limit=200) if c.name == planned.name), None)
    one = one or draft.draft(ctx, clinic_id, planned.definition, by=_AUTHOR)
    if one.state is CampaignState.DRAFT:
        one = decide.submit(ctx, clinic_id, one.id, by=_AUTHOR)
    if one.state is CampaignState.SUBMITTED:
        one = decide.approve(ctx, clinic_id, one.id, by=_APPROVER)
    if one.state is CampaignState.APPROVED:
        decide.launch(ctx, clinic_id, one.id, by=_AUTHOR)


def go_on(ctx: Context) -> bool:
    """What the scheduler's ticks for campaigns do; True if anything moved."""
    return bool(advance.advance(ctx)) | bool(watch.watch(ctx))
