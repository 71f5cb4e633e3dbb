"""What the commands about audiences share: options, opening, and how a verdict is printed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from followup.cli.common import emit, pick_clinic
from followup.cli.consents.words import open_up_to_date, plain

if TYPE_CHECKING:
    from followup.domain.audience import Said, Verdict
    from followup.domain.ids import ClinicId
    from followup.services.context import Context

ByOption = Annotated[str, typer.Option("--by", help="Your name, for the audit.")]
PatientOption = Annotated[str, typer.Option("--patient", metavar="ID", help="The clinic's own id of the patient.")]


def open_for(clinic: str, data: Path | None, *, file: Path | None = None) -> "tuple[Context, ClinicId]":
    """The context and the clinic; a `file` that is not there is a wrong call (exit 2)."""
    if file is not None and not file.is_file():
        raise typer.BadParameter(f"there is no file {file}", param_hint="FILE")
    ctx = open_up_to_date(data)
    return ctx, pick_clinic(ctx, clinic).id


def print_verdict(verdict: "Verdict", as_json: bool) -> None:
    """Chosen or not and by which clause, then what every clause said."""
    from followup.services.segments import tell

    lines = ["chosen" if verdict.chosen else "not chosen", f"  because {_line(verdict.why)}"]
    lines += [f"  {'holds ' if said.holds else 'fails '} {_line(said)}" for said in verdict.said]
    emit(tell.verdict(verdict), as_json, text=plain_lines(lines))


def plain_lines(lines: list[str]) -> str:
    """Lines without what could steer a terminal."""
    return "\n".join(map(plain, lines))


def _line(said: "Said") -> str:
    return f"{said.at}: {said.text}"
