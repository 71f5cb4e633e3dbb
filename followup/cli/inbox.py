"""`followup inbox`: replies and other matters that wait for a person."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from followup.cli.common import ClinicFlag, DataFlag, JsonFlag, emit, guard, open_context, pick_clinic

if TYPE_CHECKING:
    from followup.services.attend import Matter
    from followup.services.context import Context

app = typer.Typer(no_args_is_help=True, help="Replies and escalations for staff: list, show, ack, close.")

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The escalation's id, esc_…")]
ByOption = Annotated[str, typer.Option("--by", help="Your name, for the audit.")]


@app.command("list")
@guard
def list_matters(
    closed: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 100,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """What waits for a person, newest first; a reply counts as unread until somebody closes it."""
    from followup.services import attend
    from followup.services.reading import describe

    ctx = _open(data)
    found = attend.waiting(ctx, pick_clinic(ctx, clinic).id, closed=closed, limit=limit)
    told = [describe.escalation(x) for x in found]
    emit(told, as_json, text="\n".join(map(_row, told)) or "nothing waits")


@app.command()
@guard
def show(
    escalation_id: Annotated[str, typer.Argument(metavar="ID", help="esc_…, or in_… of the inbound message")],
    by: Annotated[str, typer.Option("--by", help="Your name, for the audit.")] = "command line",
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """One matter, with the words of the patient."""
    from followup.services import attend

    ctx = _open(data)
    told = _told(attend.look(ctx, pick_clinic(ctx, clinic).id, escalation_id, by=by))
    emit(told, as_json, text="\n".join(_lines(told)))


@app.command()
@guard
def ack(
    escalation_id: IdArgument, by: ByOption, clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False
) -> None:
    """Take it over; others see that somebody has."""
    from followup.domain.ids import EscalationId
    from followup.services import escalate
    from followup.services.reading import describe

    ctx = _open(data)
    taken = escalate.acknowledge(ctx, pick_clinic(ctx, clinic).id, EscalationId(escalation_id), by=by)
    emit(describe.escalation(taken), as_json, text=f"{taken.id}: {taken.state}, {taken.acknowledged_by or by}")


@app.command()
@guard
def close(
    escalation_id: IdArgument,
    by: ByOption,
    note: Annotated[str, typer.Option("--note", help="What was done, for the audit.")] = "",
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Say that it is done."""
    from followup.domain.ids import EscalationId
    from followup.services import escalate
    from followup.services.reading import describe

    ctx = _open(data)
    done = escalate.close(ctx, pick_clinic(ctx, clinic).id, EscalationId(escalation_id), by=by, note=note)
    emit(describe.escalation(done), as_json, text=f"{done.id}: {done.state}, {done.closed_by or by}")


def _open(data: Path | None) -> "Context":
    """The context, with a schema that is up to date."""
    from followup.cli.db import check_database

    ctx = open_context(data=data)
    check_database(ctx.db)
    return ctx


def _told(matter: "Matter") -> dict[str, Any]:
    from followup.services.reading import describe

    told = describe.escalation(matter.escalation)
    if told["kind"] == "unconfirmed":
        told["decide"] = f"followup message settle {told['about']} --went|--did-not-go --by NAME"
    if matter.wrote is None:
        return told
    wrote = matter.wrote
    return told | {
        "wrote": describe.reply(wrote) | {"from": wrote.from_address, "text": wrote.text, "media": wrote.media}
    }


def _row(x: dict[str, Any]) -> str:
    return f"{x['opened_at']}  {x['id']}  {x['kind']:<12} {x['state']:<12} {x['patient'] or '-':<10} {x['summary']}"


def _lines(told: dict[str, Any]) -> list[str]:
    lines = [f"{key + ':':<16}{value}" for key, value in told.items() if key != "wrote" and value]
    wrote = told.get("wrote")
    if wrote:
        pictures = f" and {wrote['media']} pictures" if wrote["media"] else ""
        lines += [f"{wrote['received_at']} from {wrote['from']}{pictures}:", *_quoted(wrote["text"])]
    return lines


def _quoted(text: str) -> list[str]:
    """Line by line, without what could steer a terminal."""
    plain = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    return [f"  | {line}" for line in plain.splitlines()] or ["  | (no words)"]
