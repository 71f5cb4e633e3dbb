"""Check: a list is read a row at a time, and every row is either sound and means somebody, or has its faults."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

from sqlalchemy.engine import Connection

from followup.content.sheets import Sheet, open_sheet
from followup.domain.errors import InvalidInput
from followup.domain.ids import ClinicId
from followup.domain.sheet import CellFault, Record
from followup.domain.upload import MOST_ROWS, Columns, Entry, New, Upload, UploadState, match, read_entry, read_header
from followup.domain.window import to_local
from followup.services.context import Context
from followup.services.uploads import accept
from followup.storage import audit, patients
from followup.storage.audience import uploads
from followup.storage.audience.uploads import Staged

_A_TRANSACTION = 500
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """A list as it stands now, what the reader should know, and the first of its faults."""

    upload: Upload
    remarks: tuple[str, ...]
    faults: tuple[CellFault, ...] = ()


def take(
    ctx: Context,
    clinic_id: ClinicId,
    file: BinaryIO,
    *,
    name: str,
    by: str,
    clean_rows_only: bool = False,
    progress: Progress = lambda _: None,
) -> Taken:
    """Check a list, and take it over if every row is clean, or with `clean_rows_only` the clean ones.

    Raises InvalidInput for what is no list at all: then nothing of it is kept. Nothing is sent by this.
    """
    if not by.strip():
        raise InvalidInput("who does it is missing", cure="give your name for the audit")
    digest = _digest(file)
    _refuse_too_long(file)
    sheet = open_sheet(file)
    first = next(sheet.records, None)
    columns = read_header([cell.text for cell in first.cells] if first else [])
    new = Upload(
        ctx.ids.new("upl"), clinic_id, _file_name(name), digest, sheet.encoding, UploadState.CHECKING, by.strip(),
        ctx.clock.now(), header=columns.names,
    )  # fmt: skip
    with ctx.db.transaction() as conn:
        uploads.add(conn, new)
    try:
        checked = _check(ctx, new, sheet, columns=columns, progress=progress)
    except BaseException:
        with ctx.db.transaction() as conn:
            uploads.delete(conn, new.id)
        raise
    return _finish(ctx, checked, _remarks(sheet, columns), clean_rows_only=clean_rows_only, progress=progress)


def _refuse_too_long(file: BinaryIO) -> None:
    """Counting is quick and checking is not: a list that is too long is refused before its first row is looked at."""
    if sum(1 for _ in islice(open_sheet(file).records, MOST_ROWS + 2)) > MOST_ROWS + 1:
        raise InvalidInput(f"the list has more than {MOST_ROWS:,} rows", cure="split it into several lists")


def _finish(
    ctx: Context, checked: Upload, remarks: tuple[str, ...], *, clean_rows_only: bool, progress: Progress
) -> Taken:
    with ctx.db.transaction() as conn:
        uploads.put(conn, checked)
        audit.append(
            conn, at=ctx.clock.now(), clinic_id=checked.clinic_id, actor=checked.by, action="upload.checked",
            subject=checked.id, detail={"rows": checked.rows, "faulty": checked.faulty, "digest": checked.digest},
        )  # fmt: skip
        faults = tuple(f for row in uploads.faulty(conn, checked.id, limit=100) for f in row.faults)
    if not checked.sound or (checked.faulty and not clean_rows_only):
        return Taken(checked, remarks, faults)
    done = accept.accept(ctx, checked.clinic_id, checked.id, by=checked.by, clean_rows_only=True, progress=progress)
    return Taken(done, remarks, faults)


def _check(ctx: Context, new: Upload, sheet: Sheet, *, columns: Columns, progress: Progress) -> Upload:
    today = to_local(ctx.clock.now(), ctx.clinics.need(new.clinic_id).time_zone).date()
    rows = faulty = fresh = 0
    for batch in _batches(sheet.records):
        rows += len(batch)
        with ctx.db.transaction() as conn:
            staged = _read(conn, new, batch, columns=columns, today=today)
            uploads.stage(conn, new, staged)
        faulty += sum(1 for row in staged if row.faults)
        fresh += sum(1 for row in staged if not row.faults and row.cells is not None)
        progress(rows)
    if not rows:
        raise InvalidInput("the list has a header and no rows", cure="bring a row a person")
    state = UploadState.FAULTY if faulty else UploadState.CHECKING
    return replace(new, rows=rows, faulty=faulty, new=fresh, state=state)


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := list(islice(records, _A_TRANSACTION)):
        yield batch


def _read(conn: Connection, new: Upload, batch: Sequence[Record], *, columns: Columns, today: date) -> list[Staged]:
    read = [(record, read_entry(record, columns, today=today)) for record in batch]
    entries = [entry for _, entry in read if isinstance(entry, Entry)]
    ids = {entry.patient_id for entry in entries if entry.patient_id}
    known = patients.get_many(conn, new.clinic_id, sorted(ids)) if ids else {}
    pairs = {(p.channel, p.value) for e in entries if not e.patient_id for p in e.points}
    owners = uploads.owners(conn, new.clinic_id, pairs)
    staged: list[Staged] = []
    for record, entry in read:
        if isinstance(entry, Entry):
            found = match(entry, columns, known=known, owners=owners)
            cells = _kept(entry) if isinstance(found, New) else None
            wrong = (found,) if isinstance(found, CellFault) else ()
            person = None if isinstance(found, CellFault) else found.person
            staged.append(Staged(record.number, person, _plain(record) if wrong else cells, wrong))
        else:
            staged.append(Staged(record.number, None, _plain(record), entry))
    return list(_each_once(conn, new, staged, columns=columns, batch=batch))


def _each_once(
    conn: Connection, new: Upload, staged: Iterable[Staged], *, columns: Columns, batch: Sequence[Record]
) -> Iterator[Staged]:
    """A person who stands in the list twice is sound the first time."""
    staged = list(staged)
    seen = uploads.rows_of(conn, new.id, [row.person for row in staged if row.person])
    for record, row in zip(batch, staged, strict=True):
        if row.person is not None and row.person in seen:
            fault = CellFault(
                row.row, _who(columns), f"means the same person as row {seen[row.person]}",
                "take one of them out, or give each a patient_id",
            )  # fmt: skip
            yield Staged(row.row, None, _plain(record), (fault,))
            continue
        if row.person is not None:
            seen[row.person] = row.row
        yield row


def _who(columns: Columns) -> str:
    return columns.name(next(field for field in ("patient_id", "sms", "email") if field in columns.places))


def _plain(record: Record) -> list[str]:
    return [cell.text[:500] for cell in record.cells]


def _kept(entry: Entry) -> dict[str, Any]:
    """What is needed to enter a new person."""
    return {
        "patient_id": entry.patient_id,
        "given_name": entry.given_name,
        "family_name": entry.family_name,
        "language": entry.language,
        "points": [[p.channel.value, p.value] for p in entry.points],
        "consents": [asdict(given) for given in entry.consents],
    }


def _remarks(sheet: Sheet, columns: Columns) -> tuple[str, ...]:
    ignored = (f"columns that mean nothing here: {', '.join(columns.ignored)}",) if columns.ignored else ()
    windows = ("read as Windows-1252: look at a name with an accent",) if sheet.encoding == "cp1252" else ()
    return (*sheet.remarks, *windows, *ignored)


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while block := file.read(1024 * 1024):
        digest.update(block)
    return digest.hexdigest()


def _file_name(name: str) -> str:
    bare = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in bare if c.isprintable())[:200] or "list"
