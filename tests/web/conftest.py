"""A running site on SQLite, emptied before each test; what differs by database asks for `serving` itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from followup.storage import append_only
from followup.storage.tables import metadata
from tests.builders import make_ctx
from tests.fakes import START, FakeClock
from tests.support.databases import copy_sqlite, open_quick
from tests.web.site import SECRET, Site, serving


@pytest.fixture(scope="session")
def _running(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    database = open_quick(copy_sqlite(sqlite_template, tmp_path_factory.mktemp("site")))
    with serving(make_ctx(database, environ={"FOLLOWUP_EVENT_SECRETS": SECRET})) as running:
        yield running
    database.close()


@pytest.fixture
def site(_running: Site) -> Site:
    """The doors of one clinic, with an API key and a signing secret, an empty database and clocks at the start."""
    with _running.ctx.db.transaction() as conn:
        for trigger in ("audit_no_delete", "audit_no_update"):  # the audit trail refuses it otherwise
            conn.exec_driver_sql(f"DROP TRIGGER {trigger}")
        for table in metadata.sorted_tables:
            conn.execute(table.delete())
        append_only.guard(conn)
    for clock in (_running.ctx.clock, _running.ctx.ops):
        assert isinstance(clock, FakeClock)
        clock.set(START)
    return _running
