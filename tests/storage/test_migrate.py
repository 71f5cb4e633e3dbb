"""Migrations make exactly the tables that `storage/tables.py` names, on both databases."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from followup.domain.errors import Unavailable
from followup.storage import migrate
from followup.storage.database import Database, open_database
from followup.storage.tables import metadata


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table, in a place with a space and a percent sign."""
    if request.param == "sqlite":
        opened = open_database(f"sqlite:///{tmp_path / 'a %b'}/followup.db")
        yield opened
        opened.close()
        return
    url = sa.make_url(request.getfixturevalue("postgres_server"))
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(sa.text("CREATE DATABASE bare"))
    opened = open_database(url.set(database="bare").render_as_string())
    yield opened
    opened.close()
    with admin.connect() as conn:
        conn.execute(sa.text("DROP DATABASE bare WITH (FORCE)"))
    admin.dispose()


def test_migrations_leave_no_difference_to_tables(bare: Database) -> None:
    migrate.upgrade(bare)
    with bare.transaction() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == [], "run: make revision m=first"


def test_a_second_upgrade_changes_nothing(bare: Database) -> None:
    migrate.upgrade(bare)
    migrate.upgrade(bare)
    assert migrate.current(bare) == migrate.head()
    migrate.check(bare)


def test_a_bare_database_is_behind(bare: Database) -> None:
    assert migrate.current(bare) is None
    with pytest.raises(Unavailable, match="followup db migrate"):
        migrate.check(bare)


def test_a_newer_database_asks_for_its_program(bare: Database) -> None:
    migrate.upgrade(bare)
    with bare.transaction() as conn:
        conn.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Unavailable, match="does not know"):
        migrate.check(bare)


def test_four_processes_migrate_at_once_in_turn(bare: Database) -> None:
    code = (
        "import sys; from followup.storage import database as d, migrate as m; m.upgrade(d.open_database(sys.argv[1]))"
    )
    url = bare.engine.url.render_as_string(hide_password=False)
    children = [subprocess.Popen([sys.executable, "-W", "ignore", "-c", code, url]) for _ in range(4)]
    assert [child.wait(60) for child in children] == [0, 0, 0, 0]
    migrate.check(bare)
