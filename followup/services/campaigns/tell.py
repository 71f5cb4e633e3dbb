"""Tell: campaigns, their status and their results in JSON and CSV, the same for commands and doors."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from followup.domain.campaign import Campaign
from followup.domain.campaign.outcome import Group
from followup.domain.sheet.safe import csv_line
from followup.services.campaigns.rehearse import Rehearsed
from followup.services.campaigns.results import Result, Summary, in_order
from followup.services.campaigns.status import Status
from followup.services.reading.describe import moment

COLUMNS = (
    "position", "patient", "variant", "state", "reason", "code", "hold", "channel", "message", "turn_at", "sent_at",
    "replied_at", "booked_at",
)  # fmt: skip


def status(found: Status) -> dict[str, Any]:
    """The JSON shape of a status."""
    return {
        **campaign(found.campaign),
        "waiting": found.waiting,
        "people": people(found.states),
        "open_inbox": found.open_inbox,
        "waits_for": found.waits_for or None,
        "done_at": moment(found.done_at),
    }


def campaign(one: Campaign) -> dict[str, Any]:
    """The JSON shape of a campaign."""
    plan = one.definition
    return {
        "id": one.id,
        "name": one.name,
        "state": one.state.value,
        "class": plan.message_class.value,
        "channels": [c.value for c in plan.channels],
        "texts": {v.key or "text": v.template for v in plan.variants},
        "language": plan.speech.value,
        "audience": dict(plan.audience),
        "pace": {"per_minute": one.pace.per_minute, "per_day": one.pace.per_day, "open_inbox": one.pace.open_inbox},
        "hold_out": plan.hold_out,
        "starts_at": moment(plan.starts_at),
        "author": one.author,
        "submitted_by": one.submitted_by,
        "approver": one.approver,
        "approved_size": one.approved_size,
        "override": one.override,
        "launched_by": one.launched_by,
        "launched_at": moment(one.launched_at),
        "frozen_at": moment(one.frozen_at),
        "size": one.size,
        "passed": one.passed,
        "why": one.why,
        "ended_at": moment(one.ended_at),
    }


def people(states: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    """How many are in each state, by reason."""
    return [{"state": s, "reason": r or None, "count": states[s, r]} for s, r in in_order(states)]


def line(one: Result) -> dict[str, Any]:
    """One person of the results; ids alone, no name, number or text."""
    row = one.line
    told = (
        row.position, row.patient_id, row.variant or None, row.state, row.reason, row.code, row.hold, row.channel,
        row.message_id, moment(row.made_at), moment(row.sent_at), moment(one.replied_at), moment(one.booked_at),
    )  # fmt: skip
    return dict(zip(COLUMNS, told, strict=True))


def sheet(lines: Iterable[Result]) -> Iterator[str]:
    """The lines of a CSV file; no cell is a formula to a spreadsheet."""
    yield csv_line(COLUMNS)
    for one in lines:
        yield csv_line("" if cell is None else str(cell) for cell in line(one).values())


def summary(found: Summary) -> dict[str, Any]:
    """The sums of the results."""
    return {
        "id": found.campaign.id,
        "name": found.campaign.name,
        "state": found.campaign.state.value,
        "size": found.size,
        "people": people(found.states),
        "funnel": {step: found.funnel[step] for step in ("due", "sent", "delivered", "replied", "booked")},
        "groups": [group(one) for one in sorted(found.groups.values(), key=lambda g: g.name)],
        "finding": found.finding or None,
        "messages": found.ledger,
    }


def group(one: Group) -> dict[str, Any]:
    """A group with its share of bookings in percent, and between which shares the true one lies."""
    low, high = one.bounds
    return {
        "name": one.name, "size": one.size, "booked": one.booked, "share": round(one.share, 2),
        "low": round(low, 2), "high": round(high, 2),
    }  # fmt: skip


def rehearsed(one: Rehearsed) -> dict[str, Any]:
    """A text that went to staff, or why it did not."""
    return {
        "variant": one.variant or None, "language": one.language, "channel": one.channel.value, "text": one.text,
        "segments": one.segments, "problem": one.problem or None,
    }  # fmt: skip
