"""`followup patient`: a patient's timeline with every gate's verdict; pause and resume."""

from typing import Annotated

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
    from followup.cli import telling
    from followup.domain.ids import PatientId
    from followup.services.reading import describe, report

    ctx = open_context()
    data = describe.timeline(report.timeline(ctx, pick_clinic(ctx, clinic).id, PatientId(patient_id)))
    emit(data, as_json, text=telling.say(telling.timeline(data)))


@app.command()
@guard
def pause(
    patient_id: IdArgument, by: ByOption, reason: ReasonOption, clinic: ClinicFlag = "", as_json: JsonFlag = False
) -> None:
    """Hold every message to this patient until `resume`."""
    from followup.domain.ids import PatientId
    from followup.services import control

    ctx = open_context()
    held = control.pause(ctx, pick_clinic(ctx, clinic).id, PatientId(patient_id), by=by, reason=reason)
    emit({"patient": patient_id, "held": held}, as_json, text=f"paused: {held} messages are held")


@app.command()
@guard
def resume(
    patient_id: IdArgument, by: ByOption, reason: ReasonOption, clinic: ClinicFlag = "", as_json: JsonFlag = False
) -> None:
    """End the pause; each held message meets the gate anew."""
    from followup.domain.ids import PatientId
    from followup.services import control

    ctx = open_context()
    released = control.resume(ctx, pick_clinic(ctx, clinic).id, PatientId(patient_id), by=by, reason=reason)
    emit({"patient": patient_id, "released": released}, as_json, text=f"resumed: {released} messages are released")
