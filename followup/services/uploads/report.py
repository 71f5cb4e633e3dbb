"""Report: lists as they stand, their faults by cell, and the file of faulty rows to mend and bring again."""

from collections.abc import Iterator

from followup.domain.errors import NotFound
from followup.domain.ids import ClinicId
from followup.domain.sheet import CellFault, csv_line
from followup.domain.upload import Upload
from followup.services.context import Context
from followup.storage import audit
from followup.storage.audience import uploads


def listing(ctx: Context, clinic_id: ClinicId, *, limit: int = 50) -> list[Upload]:
    """A clinic's lists, newest first."""
    with ctx.db.reading() as conn:
        return uploads.listing(conn, clinic_id, limit=limit)


def show(ctx: Context, clinic_id: ClinicId, upload_id: str) -> Upload:
    """One list; raises NotFound."""
    with ctx.db.reading() as conn:
        found = uploads.get(conn, clinic_id, upload_id)
    if found is None:
        raise NotFound(f"there is no upload {upload_id}", cure="see `followup campaign uploads`")
    return found


def faults(ctx: Context, clinic_id: ClinicId, upload_id: str, *, after: int = 0, limit: int = 100) -> list[CellFault]:
    """What is wrong in the next faulty rows behind row `after`; raises NotFound."""
    show(ctx, clinic_id, upload_id)
    with ctx.db.reading() as conn:
        return [f for row in uploads.faulty(conn, upload_id, after=after, limit=limit) for f in row.faults]


def error_file(ctx: Context, clinic_id: ClinicId, upload_id: str, *, by: str) -> Iterator[str]:
    """The lines of a CSV file with the faulty rows and what is wrong with each; formulas cannot run in it.

    Mended, it can be brought as it is: its own columns are passed over. The export is audited; raises NotFound.
    """
    found = show(ctx, clinic_id, upload_id)
    with ctx.db.transaction() as conn:
        audit.append(
            conn, at=ctx.clock.now(), clinic_id=clinic_id, actor=by, action="upload.errors_exported", subject=upload_id
        )
    return _lines(ctx, found)


def _lines(ctx: Context, found: Upload) -> Iterator[str]:
    width = len(found.header)
    yield "\ufeff" + csv_line([*found.header, "problem_row", "problem"])
    with ctx.db.reading() as conn:
        for row in uploads.all_faulty(conn, found.id):
            cells = [*row.cells, *[""] * width][:width]
            told = "; ".join(f"{f.column}: {f.reason} ({f.cure})" for f in row.faults)
            yield csv_line([*cells, str(row.row), told])
