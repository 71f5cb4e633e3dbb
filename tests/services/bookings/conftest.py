"""Desks: most stories on SQLite, those about locks and order on each kind of database."""

from pathlib import Path

import pytest

from followup.storage.database import Database
from tests.services.bookings.visiting import Desk, make_desk


@pytest.fixture
def desk(sqlite: Database, tmp_path: Path) -> Desk:
    """A clinic that offers visits."""
    return make_desk(sqlite, tmp_path)


@pytest.fixture
def each_desk(database: Database, tmp_path: Path) -> Desk:
    """The same, on each kind of database."""
    return make_desk(database, tmp_path)
