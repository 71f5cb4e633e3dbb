"""Empty databases of both kinds, their schema made once."""

import shutil
from pathlib import Path

import sqlalchemy as sa

from followup.storage.database import Database, open_database
from followup.storage.tables import metadata


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
    """Cut off whoever is still connected and empty every table."""
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    with admin.transaction() as conn:
        conn.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
        conn.execute(sa.text("SET LOCAL session_replication_role = replica"))  # the audit trail refuses it otherwise
        conn.execute(sa.text(f"TRUNCATE {names} RESTART IDENTITY"))
