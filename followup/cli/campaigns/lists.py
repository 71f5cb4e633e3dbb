"""`followup campaign upload` and its like: lists of people from a CSV or XLSX file."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from followup.cli.audience.words import ByOption, open_for, plain_lines
from followup.cli.campaigns.group import app
from followup.cli.common import WRONG, ClinicFlag, DataFlag, JsonFlag, emit, guard
from followup.domain.upload import MOST_ROWS, UploadState

if TYPE_CHECKING:
    from followup.domain.upload import Upload

UploadArgument = Annotated[str, typer.Argument(metavar="UPLOAD", help="Its id, upl_…")]
CleanFlag = Annotated[bool, typer.Option("--clean-rows-only", help="Take the clean rows in spite of faulty ones.")]


@app.command()
@guard
def upload(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=f"CSV or XLSX, at most {MOST_ROWS:,} rows.")],
    by: ByOption,
    clean_rows_only: CleanFlag = False,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Check a list of people cell by cell; clean, it can be an audience (`upload: ID`). Nothing is sent by this."""
    from followup.services.uploads import check, tell

    ctx, clinic_id = open_for(clinic, data, file=file)
    with file.open("rb") as content, _progress(quiet=as_json) as progress:
        taken = check.take(
            ctx, clinic_id, content, name=file.name, by=by, clean_rows_only=clean_rows_only, progress=progress
        )
    told: dict[str, Any] = tell.upload(taken.upload)
    lines = [f"row {f.row}, {f.column or 'cells'}: {f.reason} ({f.cure})" for f in taken.faults]
    told |= {"remarks": list(taken.remarks), "faults": tell.faults(taken.faults)}
    emit(told, as_json, text=plain_lines([*lines, *taken.remarks, *_summary(taken.upload)]))
    if taken.upload.state is not UploadState.READY:
        raise typer.Exit(WRONG)


@app.command()
@guard
def uploads(clinic: ClinicFlag = "", data: DataFlag = None, as_json: JsonFlag = False) -> None:
    """The lists that were brought, newest first."""
    from followup.services.uploads import report, tell

    ctx, clinic_id = open_for(clinic, data)
    found = report.listing(ctx, clinic_id)
    lines = [f"{one.at:%Y-%m-%d %H:%M}  {one.name}  {_summary(one)[0]}" for one in found]
    emit([tell.upload(one) for one in found], as_json, text=plain_lines(lines) or "no list was brought")


@app.command("upload-accept")
@guard
def upload_accept(
    upload_id: UploadArgument,
    by: ByOption,
    clean_rows_only: CleanFlag = False,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Take over a list that was checked, or go on where taking it over was cut off."""
    from followup.services.uploads import accept, tell

    ctx, clinic_id = open_for(clinic, data)
    with _progress(quiet=as_json) as progress:
        done = accept.accept(ctx, clinic_id, upload_id, by=by, clean_rows_only=clean_rows_only, progress=progress)
    emit(tell.upload(done), as_json, text=_summary(done)[0])


@app.command("upload-delete")
@guard
def upload_delete(upload_id: UploadArgument, by: ByOption, clinic: ClinicFlag = "", data: DataFlag = None) -> None:
    """Delete a list and what its rows said; the people whom it brought stay."""
    from followup.services.uploads.remove import remove

    ctx, clinic_id = open_for(clinic, data)
    remove(ctx, clinic_id, upload_id, by=by)
    typer.echo(f"deleted {upload_id}")


@app.command("upload-errors")
@guard
def upload_errors(
    upload_id: UploadArgument,
    by: ByOption,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Left out, the screen.")] = None,
    clinic: ClinicFlag = "",
    data: DataFlag = None,
) -> None:
    """Write the faulty rows with what is wrong in each as CSV, safe to open; mended, it can be brought as it is."""
    from followup.services.uploads import report

    ctx, clinic_id = open_for(clinic, data)
    lines = report.error_file(ctx, clinic_id, upload_id, by=by)
    if output is None:
        for line in lines:
            typer.echo(line.removeprefix("\ufeff").removesuffix("\r\n"))
        return
    with output.open("w", encoding="utf-8", newline="") as sink:
        count = sum(1 for _ in map(sink.write, lines)) - 1
    output.chmod(0o600)
    typer.echo(f"{count} faulty rows are in {output}")


def _summary(one: "Upload") -> list[str]:
    counts = f"{one.rows} rows, {one.sound} clean ({one.new} new people), {one.faulty} faulty"
    if one.state is UploadState.READY:
        left = f", {one.faulty} left out" if one.faulty else ""
        return [f"{one.id} is ready: {one.sound} people{left} ({one.new} new); choose them by `upload: {one.id}`"]
    cure = f"mend the file and bring it again (`followup campaign upload-errors {one.id}` writes the faulty rows)"
    return [f"{one.id} is {one.state}: {counts}", f"nothing was taken over: {cure}, or say --clean-rows-only"]


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A line that counts rows on a terminal, and nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn("{task.completed:>8,.0f} rows"), TimeElapsedColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task("rows", total=None)
        yield lambda done: bar.update(task, completed=done)
