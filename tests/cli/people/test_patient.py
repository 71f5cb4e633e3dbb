"""`followup patient pause` and `resume`, of everything or of one follow-up."""

import json
from pathlib import Path
from typing import Any

import pytest

from followup.storage.database import open_database
from tests.builders import PATIENT, make_ctx
from tests.cli.conftest import Call
from tests.services.seeds import seed

Captured = pytest.CaptureFixture[str]
WHO_AND_WHY = ("--by", "Kim", "--reason", "she asked")


@pytest.fixture
def followed(call: Call, tmp_path: Path, capsys: Captured) -> Call:
    """Commands on a database with one message to Ana that waits."""
    assert call("db", "migrate") == 0
    database = open_database(f"sqlite:///{tmp_path / 'var' / 'followup.db'}")
    seed(make_ctx(database))
    database.close()
    capsys.readouterr()
    return call


def told(call: Call, capsys: Captured, *args: str) -> dict[str, Any]:
    """What a command prints as JSON."""
    assert call("patient", *args, *WHO_AND_WHY, "--json") == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("which", [(), ("--enrollment", "enr_1"), ("--enrollment", "skinpen-microneedling")])
def test_a_pause_holds_until_it_is_ended(followed: Call, capsys: Captured, which: tuple[str, ...]) -> None:
    assert told(followed, capsys, "pause", PATIENT, *which)["held"] == 1
    assert told(followed, capsys, "resume", PATIENT, *which)["released"] == 1


def test_a_follow_up_nobody_has_is_named(followed: Call, capsys: Captured) -> None:
    assert followed("patient", "pause", PATIENT, "--enrollment", "peel", *WHO_AND_WHY) == 1
    assert "0 enrollments of the patient are peel" in capsys.readouterr().err


@pytest.mark.parametrize("blank", [("--by", " ", "--reason", "x"), ("--by", "Kim", "--reason", "")])
def test_a_pause_needs_a_name_and_a_reason(followed: Call, capsys: Captured, blank: tuple[str, ...]) -> None:
    assert followed("patient", "pause", PATIENT, *blank) != 0
    assert capsys.readouterr().err.count("\n") == 1
