"""Foretell: a preflight as the doors print it."""

from typing import Any

from followup.domain.campaign.preflight import Group, Preflight, Sample
from followup.domain.money import Line


def preflight(one: Preflight) -> dict[str, Any]:
    """Everything; amounts are text, so that no program rounds them."""
    return {
        "campaign": one.campaign_id,
        "at": one.at.isoformat(),
        "audience": one.audience,
        "recipients": one.recipients,
        "groups": [_group(group) for group in one.groups],
        "excluded": dict(one.excluded),
        "held": dict(one.held),
        "later": one.later,
        "segments": one.segments,
        "encodings": {str(name): count for name, count in one.encodings.items()},
        "price": {"amount": f"{one.price:.4f}", "currency": one.currency, "unpriced": dict(one.unpriced)},
        "starts_at": one.starts_at.isoformat(),
        "finishes_at": one.finishes_at.isoformat(),
        "pace": {
            "per_minute": one.pace.per_minute,
            "per_day": one.pace.per_day,
            "open_inbox": one.pace.open_inbox,
            "per_minute_of_sender": one.pace_by_sender,
        },
        "longest": [_sample(sample) for sample in one.longest],
        "links": list(one.links),
        "budget": [_line(line) for line in one.budget],
        "doubts": list(one.doubts),
        "second_person": one.second_person,
    }


def _group(one: Group) -> dict[str, Any]:
    return {
        "channel": one.channel.value,
        "language": one.language,
        "recipients": one.recipients,
        "segments": one.segments,
        "price": f"{one.price:.4f}",
    }


def _sample(one: Sample) -> dict[str, Any]:
    return {
        "channel": one.channel.value,
        "language": one.language,
        "variant": one.variant,
        "subject": one.subject,
        "text": one.text,
        "segments": one.segments,
        "encoding": str(one.encoding),
    }


def _line(one: Line) -> dict[str, Any]:
    amounts = {"limit": one.limit, "spent": one.spent, "planned": one.planned, "left": one.left}
    return {"name": one.name, "standing": one.standing.value} | {name: f"{a:.2f}" for name, a in amounts.items()}
