"""What `followup db backup` wrote sends nothing, wherever and however soon it is put back."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from followup.cli.db import backup_database
from followup.clock import SystemIds
from followup.services import own
from followup.services.context import Context
from followup.storage.database import Database, open_database
from followup.storage.machine import instances
from tests.builders import make_ctx
from tests.services.seeds import numbered, run, seed, sent
from tests.support import postgres


def installation(database: Database, data: Path) -> Context:
    return make_ctx(database, environ={"FOLLOWUP_DATA": str(data)}, ids=SystemIds())


def begun(database: Database, data: Path, backup: Path) -> Context:
    """An installation with something to send, and its backup."""
    ctx = installation(database, data)
    own.claim(ctx)
    seed(ctx)
    backup_database(database, backup)
    return ctx


@pytest.fixture
def postgres_programs(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A PostgreSQL database, with pg_dump and pg_restore on the path."""
    install = postgres.find_install()
    assert install is not None
    monkeypatch.setenv("PATH", f"{install / 'bin'}:{os.environ['PATH']}")
    return postgres_url


@pytest.fixture
def other_name(postgres_programs: str) -> Iterator[str]:
    """A second, empty database of the same server."""
    admin = sa.create_engine(postgres_programs, isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.exec_driver_sql("CREATE DATABASE restored")
    yield str(sa.make_url(postgres_programs).set(database="restored").render_as_string(hide_password=False))
    with admin.connect() as conn:
        conn.exec_driver_sql("DROP DATABASE restored WITH (FORCE)")
    admin.dispose()


def restore(backup: Path, url: str, *options: str) -> None:
    """What an engineer would type."""
    parts = sa.make_url(url)
    to = ["-h", str(parts.query["host"]), "-U", "postgres", "-d", str(parts.database)]
    subprocess.run(["pg_restore", *to, *options, str(backup)], check=True)


def assert_held(url: str, data: Path, why: str) -> None:
    database = open_database(url)
    ctx = installation(database, data)
    assert own.claim(ctx).short == why
    seed(ctx, patient=numbered(2), number=2)
    run(ctx)
    assert sent(ctx) == []
    own.take_over(ctx, by="Kim", keep_due=True)
    run(ctx)
    assert len(sent(ctx)) == 2
    database.close()


def test_a_backup_put_back_at_once_is_held(sqlite_url: str, tmp_path: Path) -> None:
    file, database = tmp_path / "followup.db", open_database(sqlite_url)
    begun(database, tmp_path, tmp_path / "backup.db")
    database.close()
    shutil.copyfile(tmp_path / "backup.db", file)  # into the same inode, with nothing done in between
    assert_held(sqlite_url, tmp_path, "this is a backup")


def test_a_backup_in_another_place_is_held(sqlite_url: str, tmp_path: Path) -> None:
    database = open_database(sqlite_url)
    begun(database, tmp_path, tmp_path / "backup.db")
    database.close()
    assert_held(f"sqlite:///{tmp_path / 'backup.db'}", tmp_path / "new", "this is a backup")


def test_a_backup_leaves_the_original_sending(sqlite_url: str, postgres_programs: str, tmp_path: Path) -> None:
    for name, url in (("lite", sqlite_url), ("server", postgres_programs)):
        database = open_database(url)
        ctx = begun(database, tmp_path / name, tmp_path / f"{name}.backup")
        assert own.claim(ctx).may_send
        run(ctx)
        assert len(sent(ctx)) == 1
        with database.reading() as conn:
            assert instances.backed_up_at(conn) is None
        database.close()


def test_a_dump_in_another_database_is_held(postgres_programs: str, other_name: str, tmp_path: Path) -> None:
    database = open_database(postgres_programs)
    begun(database, tmp_path, tmp_path / "dump")
    restore(tmp_path / "dump", other_name)
    database.close()
    assert_held(other_name, tmp_path, "this is a backup")


def test_a_dump_by_others_is_known_by_its_tables(postgres_programs: str, other_name: str, tmp_path: Path) -> None:
    """Put back over the original, by an installation that remembers nothing."""
    database = open_database(postgres_programs)
    begun(database, tmp_path, tmp_path / "dump")
    restore(tmp_path / "dump", other_name)
    database.close()
    again = open_database(other_name)
    with again.transaction() as conn:
        instances.unmark_backup(conn)
    own.take_over(installation(again, tmp_path / "other"), by="Kim", keep_due=True)
    backup_database(again, tmp_path / "second")
    again.close()
    restore(tmp_path / "second", other_name, "--clean")
    third = open_database(other_name)
    with third.transaction() as conn:
        instances.unmark_backup(conn)
    third.close()
    assert_held(other_name, tmp_path / "forgetful", "this database was made elsewhere")
