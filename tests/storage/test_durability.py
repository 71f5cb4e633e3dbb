"""What docs/durability.md says of the disk is what connections are really told."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from followup.storage.database import open_database
from followup.storage.machine.durability import found

PAPER = Path(__file__).parent.parent.parent / "docs" / "durability.md"


def test_every_connection_to_sqlite_waits_for_the_disk(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    for _ in range(3):
        with database.transaction() as conn:
            assert found(conn) == [("journal_mode", "wal", True), ("synchronous", "2", True)]
            assert conn.exec_driver_sql("PRAGMA fullfsync").scalar_one() == 1
        database.engine.dispose()
    database.close()


def test_the_file_stays_in_its_mode_when_closed(sqlite_url: str) -> None:
    open_database(sqlite_url).close()
    plain = sa.create_engine(sqlite_url)
    with plain.connect() as conn:
        assert conn.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    plain.dispose()


def test_a_server_that_does_not_wait_is_found(postgres_url: str) -> None:
    database = open_database(postgres_url)
    with database.reading() as conn:
        told = {name: (value, is_safe) for name, value, is_safe in found(conn)}
    assert told["synchronous_commit"] == ("on", True)
    assert told["fsync"] == ("off", False)  # the tests' own server is in a hurry
    hurried = open_database(f"{postgres_url}&options=-c%20synchronous_commit%3Doff")
    with hurried.reading() as conn:
        assert ("synchronous_commit", "off", False) in found(conn)
    hurried.close()
    database.close()


@pytest.mark.parametrize(
    "word",
    [
        "journal_mode=WAL",
        "synchronous=FULL",
        "fullfsync=ON",
        "synchronous_commit",
        "fsync",
        "followup/storage/database.py",
    ],
)
def test_the_paper_names_what_is_set(word: str) -> None:
    assert word in PAPER.read_text(encoding="utf-8")
