"""One kind of database where many cases are told."""

from collections.abc import Iterator

import pytest

from followup.storage.database import Database
from tests.support.databases import open_quick


@pytest.fixture
def sqlite_db(sqlite_url: str) -> Iterator[Database]:
    """An open, empty SQLite database."""
    opened = open_quick(sqlite_url)
    yield opened
    opened.close()
