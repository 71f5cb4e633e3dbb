"""`followup campaign list`, `show`, `status` and `results`: where campaigns stand and what became of each person."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from followup.cli.audience.words import open_for, plain_lines
from followup.cli.campaigns.group import app
from followup.cli.campaigns.life import IdArgument
from followup.cli.campaigns.progress import counting
from followup.cli.common import ClinicFlag, DataFlag, JsonFlag, emit, guard

if TYPE_CHECKING:
    from followup.domain.campaign import Campaign
    from followup.domain.ids import ClinicId
    from followup.services.campaigns.results import Summary
    from followup.services.campaigns.status import Status
    from followup.services.context import Context

_LOOK_AGAIN, _LONG = timedelta(seconds=1), timedelta(days=30)


@app.command("list")
@guard
def list_campaigns(
    state: Annotated[list[str] | None, typer.Option("--state", help="Only in this state; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Campaigns, newest first."""
    from followup.domain.campaign import CampaignState
    from followup.services.campaigns import draft, tell

    try:
        states = [CampaignState(one) for one in state or ()]
    except ValueError:
        raise typer.BadParameter(f"one of {', '.join(CampaignState)}", param_hint="--state") from None
    ctx, clinic_id = open_for(clinic, data)
    found = draft.listing(ctx, clinic_id, states=states, limit=limit)
    emit([tell.campaign(one) for one in found], as_json, text=plain_lines(list(map(_row, found))) or "no campaign")


@app.command()
@guard
def status(
    campaign: IdArgument,
    follow: Annotated[bool, typer.Option("--follow", help="Stay until it ends or is paused.")] = False,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """How far it is, what it waits for and when it will be through."""
    from followup.services.campaigns import tell
    from followup.services.campaigns.status import status as ask

    ctx, clinic_id = open_for(clinic, data)
    if follow:
        _follow(ctx, clinic_id, campaign, quiet=as_json)
    found = ask(ctx, clinic_id, campaign)
    emit(tell.status(found), as_json, text=plain_lines(_page(found)))


@app.command()
@guard
def results(
    campaign: IdArgument,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write a CSV file, a line a person.")
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Your name, for the audit of the file.")] = "",
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """What became of everybody: sums, the way from due to booked, and how the groups compare."""
    from followup.services.campaigns import results as read
    from followup.services.campaigns import tell

    ctx, clinic_id = open_for(clinic, data)
    if output is not None:
        lines = tell.sheet(read.export(ctx, clinic_id, campaign, by=by))
        count = _write(output, lines, quiet=as_json)
        emit({"file": str(output), "people": count}, as_json, text=f"{count} people are in {output}")
        return
    found = read.summary(ctx, clinic_id, campaign)
    emit(tell.summary(found), as_json, text=plain_lines(_sums(found)))


def _write(output: Path, lines: Iterator[str], *, quiet: bool) -> int:
    """A file for its owner alone; returns how many lines it has below its header."""
    written = -1
    with output.open("w", encoding="utf-8", newline="") as sink, counting("writing", quiet=quiet) as count:
        output.chmod(0o600)
        for line in lines:
            sink.write(line)
            written += 1
            count(written)
    return written


def _follow(ctx: "Context", clinic_id: "ClinicId", campaign_id: str, *, quiet: bool) -> None:
    from followup.clock import wait_until
    from followup.domain.campaign import CampaignState
    from followup.services.campaigns.draft import get

    size = get(ctx, clinic_id, campaign_id).size or None
    with counting("turns", quiet=quiet, total=size) as count:

        def ended() -> bool:
            now = get(ctx, clinic_id, campaign_id)
            count(now.passed)
            return now.state is not CampaignState.RUNNING

        wait_until(ended, limit=_LONG, every=_LOOK_AGAIN)


def _row(one: "Campaign") -> str:
    size = one.size or one.approved_size or "-"
    return f"{one.created_at:%Y-%m-%d %H:%M}  {one.id}  {one.state:<9} {size:>7}  {one.name}"


def _page(found: "Status") -> list[str]:
    from followup.services.campaigns import tell

    told: dict[str, Any] = tell.status(found)
    shown = ("id", "name", "state", "why", "author", "approver", "override", "starts_at", "launched_at", "ended_at")
    pace = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in told["pace"].items() if value)
    lines = [f"{key.replace('_', ' ') + ':':<13}{told[key]}" for key in shown if told[key]]
    lines += [f"{'pace:':<13}{pace}", f"{'turns:':<13}{found.campaign.passed} of {found.campaign.size}"]
    lines += [f"{'waits for:':<13}{found.waits_for}"] if found.waits_for else []
    lines += [f"{'done at:':<13}{told['done_at']}"] if found.done_at else []
    return [*lines, *_people(told["people"])]


def _people(people: list[dict[str, Any]]) -> list[str]:
    return [f"  {one['count']:>7}  {one['state']}{', ' + one['reason'] if one['reason'] else ''}" for one in people]


def _sums(found: "Summary") -> list[str]:
    from followup.services.campaigns import tell

    told = tell.summary(found)
    lines = [f"{found.campaign.name}: {found.campaign.state}, {found.size} people", *_people(told["people"])]
    lines.append(" → ".join(f"{step} {count}" for step, count in told["funnel"].items()))
    lines += [
        f"  {g['name']}: {g['booked']} of {g['size']} booked, {g['share']:.1f} % ({g['low']:.1f} to {g['high']:.1f})"
        for g in told["groups"]
    ]
    return [*lines, *([found.finding] if found.finding else [])]
