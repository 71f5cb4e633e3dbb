"""`followup db`: the schema and the data."""

import os
import sqlite3
import subprocess
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from followup.cli.common import DataFlag, JsonFlag, at_end, emit, guard, read_settings
from followup.domain.errors import InvalidInput, Unavailable

if TYPE_CHECKING:
    from followup.settings import Settings
    from followup.storage.database import Database

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.command()
@guard
def migrate(data: DataFlag = None, as_json: JsonFlag = False) -> None:
    """Bring the schema up to date."""
    db = _open(data)
    before = revision(db)
    migrate_database(db)
    after = revision(db)
    text = f"schema {after}: nothing to do" if before == after else f"schema {before or 'none'} → {after}"
    emit({"before": before, "after": after}, as_json, text=text)


@app.command()
@guard
def check(data: DataFlag = None, as_json: JsonFlag = False) -> None:
    """Say whether database and schema are the ones this version needs; exit 3 if not."""
    db = _open(data)
    check_database(db)
    emit({"schema": revision(db), "ok": True}, as_json, text=f"schema {revision(db)}: ok")


@app.command()
@guard
def backup(
    file: Annotated[Path, typer.Argument(help="The copy to write; it must not exist.")],
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Write a consistent copy while everything runs: an SQLite file, or pg_dump's custom format.

    What is restored from it sends nothing until `followup doctor --take-over`.
    """
    db = _open(data)
    check_database(db)
    backup_database(db, file)
    size = file.stat().st_size
    emit({"file": str(file), "bytes": size}, as_json, text=f"{file}: {size:,} bytes")


def migrate_database(db: "Database") -> None:
    """Run what is missing of the migrations, all of it or nothing."""
    from followup.storage import migrate as schema

    schema.upgrade(db)


def check_database(db: "Database") -> None:
    """Raises `Unavailable`, with the cure, unless the database answers and has the schema of this version."""
    from followup.storage import migrate as schema

    schema.check(db)


def durability(db: "Database") -> list[tuple[str, str, bool]]:
    """Each setting of the database that keeps commits through a power loss: name, value, and whether it is safe."""
    from followup.storage.machine.durability import found

    with db.reading() as conn:
        return found(conn)


def write_mark(db: "Database") -> datetime:
    """Write and commit a moment; raises `Unavailable` where the database answers and yet takes no writes."""
    from followup.clock import SystemClock
    from followup.storage.machine import marks

    now = SystemClock().now()
    try:
        with db.transaction() as conn:
            marks.put(conn, "doctor", 0, now)
    except Unavailable as error:
        said = error.message.removeprefix("database: ")
        raise Unavailable(f"takes no writes: {said}", cure="make room on its disk, or let it be written to") from None
    return now


def backup_database(db: "Database", file: Path) -> None:
    """Copy a live database; a half-made copy is never left under the name of a whole one."""
    if file.exists():
        raise InvalidInput(f"{file} exists already", cure="name a new file")
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        (_copy_sqlite if db.is_sqlite else _dump_postgres)(db, draft)
        draft.replace(file)
    except OSError as error:
        raise Unavailable(
            f"{file} cannot be written: {error.strerror}", cure="name a file in a folder that can"
        ) from None
    finally:
        draft.unlink(missing_ok=True)


def _copy_sqlite(db: "Database", draft: Path) -> None:
    with db.reading() as conn, closing(sqlite3.connect(draft)) as copy:
        source: sqlite3.Connection = conn.connection.driver_connection  # type: ignore[assignment]
        source.backup(copy, pages=1000)
    from followup.storage.database import open_database

    marked = open_database(f"sqlite:///{draft}")
    try:
        _mark(marked)
    finally:
        marked.close()  # the last connection takes the log into the file


def _dump_postgres(db: "Database", draft: Path) -> None:
    """Dump a snapshot in which the database says that it is a copy, which nobody else gets to see."""
    from followup.storage.machine import instances

    with ExitStack() as held:
        with db.transaction() as conn:
            instances.lock(conn, shared=False)
            try:
                _mark(db)
                frozen = held.enter_context(db.reading(snapshot=True))
                snapshot = frozen.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
            finally:
                instances.unmark_backup(conn)
        _run_dump(db, draft, snapshot=snapshot)


def _mark(db: "Database") -> None:
    from followup.clock import SystemClock
    from followup.storage.machine import instances

    with db.transaction() as conn:
        instances.mark_backup(conn, ops=SystemClock().now())


def _run_dump(db: "Database", draft: Path, *, snapshot: str) -> None:
    url = db.engine.url
    given = {"PGHOST": url.query.get("host", url.host), "PGPORT": url.port, "PGUSER": url.username,
             "PGPASSWORD": url.password, "PGDATABASE": url.database}  # fmt: skip
    environ = {**os.environ, **{name: str(value) for name, value in given.items() if value}}
    try:
        done = subprocess.run(
            ["pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={draft}"],
            env=environ,
            capture_output=True,
        )
    except FileNotFoundError:
        raise Unavailable("pg_dump is not installed", cure="install PostgreSQL's client programs") from None
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no reason given"]
        raise Unavailable(f"pg_dump failed: {reason[0][:200]}", cure="use a pg_dump as new as the server")


def open_only(settings: "Settings") -> "Database":
    """The database alone: schema work must not depend on sound protocol files."""
    from followup.storage.database import open_database

    db = open_database(settings.database_url)
    at_end.callback(db.close)
    return db


def revision(db: "Database") -> str | None:
    """What the schema is at; raises `Unavailable` when the database is away."""
    from followup.storage import migrate as schema

    return schema.current(db)


def _open(data: Path | None) -> "Database":
    return open_only(read_settings(data=data))
