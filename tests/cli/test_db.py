"""`followup db`: schema and copies."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Call


def test_migrating_twice_changes_nothing_more(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("db", "migrate") == 0
    assert call("db", "migrate", "--json") == 0
    told = json.loads(capsys.readouterr().out.split("\n", 1)[1])
    assert told["before"] == told["after"]


def test_check_asks_for_the_missing_migration(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("db", "check") == 3
    assert "followup db migrate" in capsys.readouterr().err
    call("db", "migrate")
    assert call("db", "check") == 0


def test_a_backup_is_a_whole_database(call: Call, tmp_path: Path) -> None:
    call("db", "migrate")
    assert call("db", "backup", "copy.db") == 0
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM messages").fetchone() == (0,)
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0


def test_a_backup_never_overwrites_a_file(call: Call, tmp_path: Path) -> None:
    call("db", "migrate")
    (tmp_path / "copy.db").write_text("mine")
    assert call("db", "backup", "copy.db") == 1
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_a_database_that_is_away_exits_with_three(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("db", "check", DATABASE_URL="postgresql://u:s3cret@127.0.0.1:1/x") == 3
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "s3cret" not in told
