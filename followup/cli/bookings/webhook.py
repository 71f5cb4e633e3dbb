"""`followup webhook`: how the clinic's own systems take what they are told, and calls sent again."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from followup.cli.common import ClinicFlag, DataFlag, JsonFlag, emit, guard, open_context, pick_clinic

app = typer.Typer(no_args_is_help=True, help="Webhooks to the clinic's systems: list, calls, replay, on, off.")

UrlArgument = Annotated[str, typer.Argument(metavar="URL", help="As the clinic's file names it.")]
ByOption = Annotated[str, typer.Option("--by", help="Your name, for the audit.")]


@app.command("list")
@guard
def list_endpoints(clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False) -> None:
    """Every endpoint and its health."""
    from followup.services.calling import health
    from followup.services.reading.describe import moment

    ctx = open_context(data=data)
    told = [
        {
            "url": h.url,
            "state": h.state.value,
            "secret": h.has_secret,
            **{state.value: count for state, count in h.counts.items()},
            "failures": h.failures,
            "failing_since": moment(h.failing_since),
            "last_ok": moment(h.last_ok),
            "fault": h.fault,
        }
        for h in health.of_clinic(ctx, pick_clinic(ctx, clinic).id)
    ]
    emit(told, as_json, text="\n".join(map(_row, told)) or "the clinic names no endpoint (`webhooks` in its file)")


@app.command()
@guard
def calls(
    state: Annotated[list[str] | None, typer.Option("--state", help="waiting, delivered or given_up.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 100,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """What was told, newest first."""
    from followup.services.calling import health
    from followup.services.reading.describe import moment

    ctx = open_context(data=data)
    found = health.listing(ctx, pick_clinic(ctx, clinic).id, states=_states(state), limit=limit)
    told = [
        {
            "id": c.id, "created_at": moment(c.created_at), "type": c.type.value, "about": c.subject, "url": c.url,
            "state": c.state.value, "tries": c.tries, "status": c.status, "detail": c.detail,
            "due_at": moment(c.due_at), "finished_at": moment(c.finished_at),
        }
        for c in found
    ]  # fmt: skip
    lines = [f"{c['created_at']}  {c['id']}  {c['type']:<22} {c['state']:<10} {c['detail'] or ''}" for c in told]
    emit(told, as_json, text="\n".join(lines) or "nothing was told")


@app.command()
@guard
def replay(
    by: ByOption,
    ids: Annotated[list[str] | None, typer.Argument(metavar="ID…", help="call_…, see `followup webhook calls`")] = None,
    since: Annotated[str, typer.Option("--since", metavar="ISO", help="Instead: all made from then on.")] = "",
    state: Annotated[list[str] | None, typer.Option("--state", help="Of those, the ones in this state.")] = None,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Send calls again under their own ids, so that a system that has them already can tell."""
    from followup.services.calling import health

    ctx = open_context(data=data)
    moment = _instant(since) if since else None
    count = health.replay(
        ctx, pick_clinic(ctx, clinic).id, ids=ids or (), since=moment, states=_states(state), by=by
    )  # fmt: skip
    emit({"replayed": count}, as_json, text=f"{count} calls go again")


@app.command()
@guard
def on(url: UrlArgument, by: ByOption, clinic: ClinicFlag = "", data: DataFlag = None) -> None:
    """Call it again; what waited goes out."""
    _switch(url, "on", by, clinic=clinic, data=data)


@app.command()
@guard
def off(url: UrlArgument, by: ByOption, clinic: ClinicFlag = "", data: DataFlag = None) -> None:
    """Call it no more until it is put on again; what is to be told waits."""
    _switch(url, "off", by, clinic=clinic, data=data)


def _switch(url: str, state: str, by: str, *, clinic: str, data: Any) -> None:
    from followup.domain.webhook import EndpointState
    from followup.services.calling import health

    ctx = open_context(data=data)
    health.switch(ctx, pick_clinic(ctx, clinic).id, url, EndpointState(state), by=by)
    typer.echo(f"{url}: {state}")


def _states(given: list[str] | None) -> "list[Any]":
    from followup.domain.webhook import CallState

    unknown = [s for s in given or () if s not in set(CallState)]
    if unknown:
        raise typer.BadParameter(f"{unknown[0]} is none of {', '.join(CallState)}", param_hint="--state")
    return [CallState(s) for s in given or ()]


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("is no ISO instant: write 2026-03-30T14:00:00Z", param_hint="--since") from None
    if moment.tzinfo is None:
        raise typer.BadParameter("has no zone: write 2026-03-30T14:00:00Z", param_hint="--since")
    return moment.astimezone(UTC)


def _row(x: dict[str, Any]) -> str:
    taken = f"{x['delivered']} delivered, {x['waiting']} waiting, {x['given_up']} given up"
    fault = f"; failing since {x['failing_since']}: {x['fault']}" if x["failing_since"] else ""
    return f"{x['url']}  {x['state']}  {taken}{'' if x['secret'] else '; no secret'}{fault}"
