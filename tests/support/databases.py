"""Empty databases of both kinds, their schema made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from followup.storage.database import Database, open_database
from followup.storage.tables import metadata

#: One dialect of each kind and what was compiled for it: a statement is compiled once for all tests of a process.
_COMPILED: dict[str, tuple[Dialect, dict[Any, Any]]] = {}


def open_quick(url: str) -> Database:
    """The database opened for a test: it compiles no statement anew and, on SQLite, does not wait for the disk.

    What dies in a test is a process, never the machine.
    """
    opened = open_database(url)
    if opened.is_sqlite:
        sa.event.listen(opened.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    if opened.engine.dialect.name not in _COMPILED:
        with opened.engine.connect():  # a dialect knows its server from the first connection on
            _COMPILED[opened.engine.dialect.name] = (opened.engine.dialect, {})
    opened.engine.dialect, compiled = _COMPILED[opened.engine.dialect.name]
    opened.engine.update_execution_options(compiled_cache=compiled)
    return opened


def make_sqlite_template(folder: Path) -> Path:
    """A database file with all tables and no rows, to be copied."""
    path = folder / "template.db"
    database = open_database(f"sqlite:///{path}")
    with database.transaction() as conn:
        metadata.create_all(conn)
    database.close()  # the last connection writes everything into the one file
    return path


def copy_sqlite(template: Path, folder: Path) -> str:
    """The URL of a fresh copy."""
    path = folder / "followup.db"
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


def empty_postgres(admin: Database) -> None:
    """Cut off whoever is still connected and empty every table: few rows are deleted sooner than files are cut."""
    with admin.transaction() as conn:
        conn.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
        conn.execute(sa.text("SET LOCAL session_replication_role = replica"))  # the audit trail refuses it otherwise
        conn.exec_driver_sql(_EMPTY)


def _emptying() -> Iterator[str]:
    for table in metadata.sorted_tables:
        yield f'DELETE FROM "{table.name}"'
        counted = table.autoincrement_column
        if counted is not None:
            yield f"SELECT setval(pg_get_serial_sequence('{table.name}', '{counted.name}'), 1, false)"


_EMPTY = ";".join(_emptying())
