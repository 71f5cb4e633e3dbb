"""`followup inbox` on threads: list, read, answer, give, put off and close them."""

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from followup.cli.common import ClinicFlag, DataFlag, JsonFlag, emit, guard, open_context, pick_clinic
from followup.cli.inbox.group import app, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from followup.domain.ids import ClinicId
    from followup.domain.inbound import Thread
    from followup.services.context import Context
    from followup.services.inbox.gather import Line, Opened

WhoArgument = Annotated[str, typer.Argument(metavar="ID", help="thr_…, the patient's id, in_… or esc_…")]
ByOption = Annotated[str, typer.Option("--by", help="Your name, for the audit.")]


@app.command()
@guard
def threads(
    state: Annotated[
        list[str] | None,
        typer.Option("--state", help="unread, awaiting, undelivered, answered, snoozed or closed; may be repeated."),
    ] = None,
    mine: Annotated[str, typer.Option("--for", help="Only what is given to this person.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 100,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Conversations, a line each, the newest words first; closed ones only if asked for."""
    from followup.domain.inbound import ThreadState
    from followup.services.inbox import gather

    try:
        states = [ThreadState(one) for one in state or ()]
    except ValueError:
        raise typer.BadParameter(f"one of {', '.join(ThreadState)}", param_hint="--state") from None
    ctx, clinic_id = _open(data, clinic)
    found = gather.threads_of(ctx, clinic_id, states=states, assigned_to=mine, limit=limit)
    told = [_told(x.thread, x.state.value) for x in found]
    emit(told, as_json, text="\n".join(map(_row, told)) or "nothing waits")


@app.command()
@guard
def thread(
    who: WhoArgument, by: ByOption, clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False
) -> None:
    """One conversation with every word of both sides; it counts as read then."""
    from followup.services.inbox import gather

    ctx, clinic_id = _open(data, clinic)
    opened = gather.look(ctx, clinic_id, who, by=by)
    told = _told(opened.listed.thread, opened.listed.state.value) | {"lines": [_line(x) for x in opened.lines]}
    emit(told, as_json, text="\n".join(_page(opened)))


@app.command()
@guard
def reply(
    who: WhoArgument,
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="Your words; - reads them from standard input.")] = "",
    *,
    by: ByOption,
    canned: Annotated[str, typer.Option("--canned", help="A ready-made answer, see `followup inbox canned`.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Also where somebody answered these words already.")] = False,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Answer a patient where they wrote from. Two people never answer the same words by accident."""
    from followup.services.inbox import write

    words = sys.stdin.read().strip() if text == "-" else text
    ctx, clinic_id = _open(data, clinic)
    sent = write.reply(ctx, clinic_id, who, by=by, text=words, ready=canned, again=again)
    told = {"message": sent.id, "channel": sent.channels[0].value, "template": sent.template_ref, "state": sent.state}
    emit(told, as_json, text=f"{sent.id}: goes out by {sent.channels[0]}")


@app.command()
@guard
def canned(data: DataFlag = None, as_json: JsonFlag = False) -> None:
    """The ready-made answers; their texts are under templates/messages/canned."""
    from followup.services.inbox import write

    names = write.canned(open_context(data=data))
    emit(names, as_json, text="\n".join(names))


@app.command()
@guard
def assign(
    who: WhoArgument,
    to: Annotated[str, typer.Option("--to", help="Who looks after it; empty for nobody.")],
    by: ByOption,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Give a conversation to somebody."""
    from followup.services.inbox import tend

    ctx, clinic_id = _open(data, clinic)
    done = tend.assign(ctx, clinic_id, who, to=to, by=by)
    emit(_told(done), as_json, text=f"{done.id}: {done.assigned_to or 'nobody'}")


@app.command()
@guard
def take(
    who: WhoArgument, by: ByOption, clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False
) -> None:
    """Keep it to yourself for ten minutes while you write."""
    from followup.services.inbox import tend

    ctx, clinic_id = _open(data, clinic)
    done = tend.take(ctx, clinic_id, who, by=by)
    emit(_told(done), as_json, text=f"{done.id}: yours until {done.locked_until:%H:%M} UTC")


@app.command()
@guard
def snooze(
    who: WhoArgument,
    until: Annotated[str, typer.Option("--for", help="How long, for instance 2h or 1d.")],
    by: ByOption,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Put it off, or until the patient writes again."""
    from followup.services.inbox import tend

    ctx, clinic_id = _open(data, clinic)
    done = tend.snooze(ctx, clinic_id, who, until=ctx.clock.now() + _duration(until), by=by)
    emit(_told(done), as_json, text=f"{done.id}: until {done.snoozed_until:%Y-%m-%d %H:%M} UTC")


def close_thread(ctx: "Context", clinic_id: "ClinicId", who: str, *, by: str, note: str) -> dict[str, Any]:
    """Close a conversation; what it looks like then."""
    from followup.services.inbox import tend

    return _told(tend.close(ctx, clinic_id, who, by=by, note=note), "closed")


def _open(data: "Path | None", clinic: str) -> "tuple[Context, ClinicId]":
    from followup.cli.db import check_database

    ctx = open_context(data=data)
    check_database(ctx.db)
    return ctx, pick_clinic(ctx, clinic).id


def _duration(text: str) -> timedelta:
    from followup.settings import parse_duration

    try:
        return parse_duration(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}: write 90m, 2h or 1d", param_hint="--for") from None


def _told(x: "Thread", state: str = "") -> dict[str, Any]:
    from followup.services.reading.describe import moment

    return {
        "id": x.id,
        "state": state,
        "patient": x.patient_id,
        "channel": x.channel.value,
        "last_in": x.last_in,
        "last_in_at": moment(x.last_in_at),
        "last_out": x.last_out,
        "last_out_by": x.last_out_by,
        "seen_by": x.seen_by,
        "assigned_to": x.assigned_to,
        "locked_by": x.locked_by,
        "snoozed_until": moment(x.snoozed_until),
        "closed_at": moment(x.closed_at),
    }


def _row(x: dict[str, Any]) -> str:
    who = x["patient"] or "unknown"
    return f"{x['last_in_at']}  {x['id']}  {x['state']:<12} {who:<10} {x['channel']:<6} {x['assigned_to'] or '-'}"


def _line(x: "Line") -> dict[str, Any]:
    from followup.services.reading.describe import moment

    return {
        "at": moment(x.at),
        "from": "clinic" if x.ours else "patient",
        "by": x.by or None,
        "channel": x.channel.value,
        "text": x.words,
        "about": x.about,
        "note": x.note,
    }


def _page(opened: "Opened") -> list[str]:
    told = _told(opened.listed.thread, opened.listed.state.value)
    head = [
        f"{key + ':':<16}{told[key]}" for key in ("id", "state", "patient", "assigned_to", "locked_by") if told[key]
    ]
    lines = []
    for one in opened.lines:
        who = (f"clinic, {one.by}" if one.by else "clinic") if one.ours else "patient"
        lines += [f"{one.at:%Y-%m-%d %H:%M} {who} by {one.channel} [{one.note}]"]
        lines += quoted(one.words) if one.words or not one.ours else []
    return [*head, *lines, f"answer:         followup inbox reply {told['id']} TEXT --by NAME"]
