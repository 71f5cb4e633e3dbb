"""`followup segment`: saved audiences: save, list, show, count, explain, delete."""

from pathlib import Path
from typing import Annotated, Any

import typer

from followup.cli.audience.words import ByOption, PatientOption, open_for, plain_lines, print_verdict
from followup.cli.common import ClinicFlag, DataFlag, JsonFlag, emit, guard

app = typer.Typer(no_args_is_help=True, help="Saved audiences: save, list, show, count, explain, delete.")

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits and dashes.")]


@app.command()
@guard
def save(
    name: NameArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The audience, YAML or JSON.")],
    by: ByOption,
    title: Annotated[str, typer.Option("--title", help="A line for people.")] = "",
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Save an audience under a name, over what stood there."""
    from followup.services.segments import choose, keep, tell

    ctx, clinic_id = open_for(clinic, data, file=file)
    audience = choose.read_file(file)
    saved = keep.save(ctx, clinic_id, name, definition=audience.source, by=by, title=title)
    counted = choose.show(ctx, clinic_id, name)
    told = tell.segment(saved) | {"count": counted.count, "doubts": list(counted.doubts)}
    emit(told, as_json, text=plain_lines([f"saved {name}: {counted.count} patients now", *_doubts(counted.doubts)]))


@app.command("list")
@guard
def list_segments(clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False) -> None:
    """Every saved segment by name."""
    from followup.services.segments import choose, tell

    ctx, clinic_id = open_for(clinic, data)
    told = [tell.segment(one) for one in choose.listing(ctx, clinic_id)]
    emit(told, as_json, text="\n".join(map(_row, told)) or "no segment is saved")


@app.command()
@guard
def show(name: NameArgument, clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False) -> None:
    """A segment's definition and how many it chooses now."""
    from followup.services.segments import choose, tell

    ctx, clinic_id = open_for(clinic, data)
    found = choose.show(ctx, clinic_id, name)
    told = tell.segment(found.segment) | {"count": found.count, "doubts": list(found.doubts)}
    lines = [_row(told), *_yaml(told["audience"]).splitlines(), f"{found.count} patients now", *_doubts(found.doubts)]
    emit(told, as_json, text=plain_lines(lines))


@app.command()
@guard
def count(
    name: Annotated[str, typer.Argument(metavar="NAME|FILE", help="A saved segment, or a file with an audience.")],
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """How many patients an audience chooses now."""
    from followup.services.segments import choose

    ctx, clinic_id = open_for(clinic, data)
    path = Path(name)
    if path.is_file():
        number = choose.count(ctx, clinic_id, choose.read_file(path).source)
    else:
        number = choose.show(ctx, clinic_id, name).count
    emit({"count": number}, as_json, text=str(number))


@app.command()
@guard
def explain(
    name: NameArgument,
    patient: PatientOption,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Why one patient is in a segment, or is not."""
    from followup.domain.ids import PatientId
    from followup.services.segments import choose

    ctx, clinic_id = open_for(clinic, data)
    print_verdict(choose.explain_saved(ctx, clinic_id, name, PatientId(patient)), as_json)


@app.command()
@guard
def delete(name: NameArgument, by: ByOption, clinic: ClinicFlag = "", data: DataFlag = None) -> None:
    """Delete a segment; campaigns that used it keep their audience."""
    from followup.services.segments import keep

    ctx, clinic_id = open_for(clinic, data)
    keep.delete(ctx, clinic_id, name, by=by)
    typer.echo(f"deleted {name}")


def _doubts(some: tuple[str, ...]) -> list[str]:
    return [f"doubt: {one}" for one in some]


def _row(told: dict[str, Any]) -> str:
    title = f"  {told['title']}" if told["title"] else ""
    return f"{told['name']:<24}{title}  (saved {told['saved_at'][:10]} by {told['saved_by']})"


def _yaml(definition: dict[str, Any]) -> str:
    import yaml

    return yaml.safe_dump(definition, allow_unicode=True, sort_keys=False)
