"""`followup patient`: a patient's timeline with every gate's verdict; pause and resume."""

from typing import TYPE_CHECKING, Annotated

import typer

from followup.cli.common import ClinicFlag, JsonFlag, emit, guard, open_context, pick_clinic

if TYPE_CHECKING:
    from followup.domain.ids import ClinicId, EnrollmentId, PatientId
    from followup.services.context import Context

app = typer.Typer(no_args_is_help=True, help="A patient's timeline; pause and resume.")

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The clinic's own id of the patient.")]
ByOption = Annotated[str, typer.Option("--by", help="Your name, for the audit.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why, for the audit.")]
OnlyOption = Annotated[
    str, typer.Option("--enrollment", metavar="ID", help="Only this one: its id, or its protocol if there is one.")
]


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
    patient_id: IdArgument,
    by: ByOption,
    reason: ReasonOption,
    *,
    enrollment: OnlyOption = "",
    clinic: ClinicFlag = "",
    as_json: JsonFlag = False,
) -> None:
    """Hold every message to this patient until `resume`, or those of one follow-up."""
    from followup.domain.ids import PatientId
    from followup.services import control

    ctx = open_context()
    whose, who = pick_clinic(ctx, clinic).id, PatientId(patient_id)
    if enrollment:
        held = control.pause_one(ctx, whose, _of(ctx, whose, who, enrollment), by=by, reason=reason)
    else:
        held = control.pause(ctx, whose, who, by=by, reason=reason)
    data = {"patient": patient_id, "enrollment": enrollment or None, "held": held}
    emit(data, as_json, text=f"paused: {held} messages are held")


@app.command()
@guard
def resume(
    patient_id: IdArgument,
    by: ByOption,
    reason: ReasonOption,
    *,
    enrollment: OnlyOption = "",
    clinic: ClinicFlag = "",
    as_json: JsonFlag = False,
) -> None:
    """End the pause; each held message meets the gate anew."""
    from followup.domain.ids import PatientId
    from followup.services import control

    ctx = open_context()
    whose, who = pick_clinic(ctx, clinic).id, PatientId(patient_id)
    if enrollment:
        released = control.resume_one(ctx, whose, _of(ctx, whose, who, enrollment), by=by, reason=reason)
    else:
        released = control.resume(ctx, whose, who, by=by, reason=reason)
    data = {"patient": patient_id, "enrollment": enrollment or None, "released": released}
    emit(data, as_json, text=f"resumed: {released} messages are released")


def _of(ctx: "Context", clinic_id: "ClinicId", patient_id: "PatientId", name: str) -> "EnrollmentId":
    """The enrollment of this patient that has this id, or is the only one of this protocol. Raises NotFound."""
    from followup.domain.errors import NotFound
    from followup.services.reading import report

    every = report.timeline(ctx, clinic_id, patient_id).enrollments
    found = [e.id for e in every if e.id == name] or [e.id for e in every if e.protocol_key == name]
    if len(found) != 1:
        raise NotFound(f"{len(found)} enrollments of the patient are {name}", cure="see `followup patient show --json`")
    return found[0]
