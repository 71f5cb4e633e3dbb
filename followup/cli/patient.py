"""`followup patient`: a patient's timeline with every gate's verdict; pause and resume."""

from typing import Annotated, Any

import typer

from followup.cli.common import ClinicFlag, JsonFlag, emit, guard, open_context, pick_clinic

app = typer.Typer(no_args_is_help=True, help="A patient's timeline; pause and resume.")

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The clinic's own id of the patient.")]
ByOption = Annotated[str, typer.Option("--by", help="Your name, for the audit.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why, for the audit.")]


@app.command()
@guard
def show(patient_id: IdArgument, clinic: ClinicFlag = "", as_json: JsonFlag = False) -> None:
    """Past and coming contacts: due time, channel, state, and what the gate would say now."""
    from followup.domain.ids import PatientId
    from followup.services.reading import describe, report

    ctx = open_context()
    data = describe.timeline(report.timeline(ctx, pick_clinic(ctx, clinic).id, PatientId(patient_id)))
    if as_json:
        emit(data, as_json)
    else:
        _print(data)


@app.command()
@guard
def pause(patient_id: IdArgument, by: ByOption, reason: ReasonOption, clinic: ClinicFlag = "") -> None:
    """Hold every message to this patient until `resume`."""
    from followup.domain.ids import PatientId
    from followup.services import control

    ctx = open_context()
    held = control.pause(ctx, pick_clinic(ctx, clinic).id, PatientId(patient_id), by=by, reason=reason)
    typer.echo(f"paused: {held} messages are held")


@app.command()
@guard
def resume(patient_id: IdArgument, by: ByOption, reason: ReasonOption, clinic: ClinicFlag = "") -> None:
    """End the pause; each held message meets the gate anew."""
    from followup.domain.ids import PatientId
    from followup.services import control

    ctx = open_context()
    released = control.resume(ctx, pick_clinic(ctx, clinic).id, PatientId(patient_id), by=by, reason=reason)
    typer.echo(f"resumed: {released} messages are released")


def _print(data: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(soft_wrap=False, highlight=False)
    who = data["patient"]
    console.print(
        f"patient {who['id']}: {who['status']}, {who['language'] or 'no language'}, {who['time_zone']}"
        + ("" if who["reachable"] else ", UNREACHABLE") + (f", paused ({who['paused']})" if who["paused"] else "")
    )  # fmt: skip
    for point in (p for p in who["contact_points"] if not p["valid"]):
        console.print(f"  {point['channel']}: {point['problem']}")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("due (local)", "step", "class", "channel", "state", "why, or what the gate would say"):
        table.add_column(name)
    for m in data["messages"]:
        told = m.get("foreseen") or m.get("ended")
        why = told["text"] if told else (m["reason"] or "")
        table.add_row(m["due_local"], m["step"], m["class"], m["channel"] or "/".join(m["channels"]), m["state"], why)
    console.print(table)
    for x in data["escalations"]:
        console.print(f"{x['id']} {x['state']}: {x['kind']}, {x['summary']}")
