"""One kind of database where many cases are told."""

from collections.abc import Iterator

import pytest

from followup.storage.database import Database, open_database


@pytest.fixture
def sqlite_db(sqlite_url: str) -> Iterator[Database]:
    """An open, empty SQLite database."""
    opened = open_database(sqlite_url)
    yield opened
    opened.close()
