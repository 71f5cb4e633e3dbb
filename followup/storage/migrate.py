"""Bring the schema up to date, and say whether it is."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from followup.domain.errors import Unavailable
from followup.storage.database import Database

_FOLDER = Path(__file__).parent / "migrations"


def make_config(conn: Connection | None = None) -> Config:
    """Alembic's configuration, on this connection; there is no alembic.ini."""
    config = Config(attributes={"connection": conn} if conn is not None else {})
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(db: Database) -> None:
    """Run what is missing, all of it or nothing; several processes may do so at once."""
    with db.transaction() as conn:
        command.upgrade(make_config(conn), "head")


def current(db: Database) -> str | None:
    """The revision the database is at; None if it was never migrated."""
    with db.reading() as conn:
        return MigrationContext.configure(conn).get_current_revision()


def head() -> str:
    """The revision this program needs."""
    found = ScriptDirectory.from_config(make_config()).get_current_head()
    assert found is not None
    return found


def check(db: Database) -> None:
    """Raise `Unavailable` unless the schema is the one this program needs."""
    at, needed = current(db), head()
    if at == needed:
        return
    known = {script.revision for script in ScriptDirectory.from_config(make_config()).walk_revisions()}
    if at is not None and at not in known:
        raise Unavailable(
            f"the database is at revision {at}, which this version does not know",
            cure="install the version that made it",
        )
    raise Unavailable(f"the database is at revision {at or 'none'}, not at {needed}", cure="run `followup db migrate`")
