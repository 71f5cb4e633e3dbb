"""`followup campaign`, as the front desk uses it: from a file in git to a file of results."""

import json
from pathlib import Path
from typing import Any

import pytest

from followup.storage.database import open_database
from tests.builders import ROOT, make_ctx
from tests.cli.conftest import Call
from tests.services.campaigns.parts import people

Captured = pytest.CaptureFixture[str]
FILE = str(ROOT / "config" / "campaigns" / "new-hours.yaml")


@pytest.fixture
def desk(call: Call, tmp_path: Path, capsys: Captured) -> Call:
    """Commands on a database with three patients."""
    assert call("db", "migrate") == 0
    database = open_database(f"sqlite:///{tmp_path / 'var' / 'followup.db'}")
    people(make_ctx(database), 3)
    database.close()
    capsys.readouterr()
    return call


def told(call: Call, capsys: Captured, *args: str) -> Any:
    """What a command prints as JSON."""
    assert call("campaign", *args, "--json") == 0
    return json.loads(capsys.readouterr().out)


def everybody(tmp_path: Path, **changes: str) -> str:
    """The example's file, for everybody."""
    text = Path(FILE).read_text().replace("last_visit: { within: P2Y }", "everybody: true")
    for old, new in changes.items():
        text = text.replace(f"{old}:", new)
    path = tmp_path / "campaign.yaml"
    path.write_text(text)
    return str(path)


def test_a_file_becomes_a_running_campaign(desk: Call, capsys: Captured, tmp_path: Path) -> None:
    one = told(desk, capsys, "draft", everybody(tmp_path), "--by", "Mia")["id"]
    for step, by in (("submit", "Mia"), ("approve", "Ben"), ("launch", "Mia")):
        told(desk, capsys, step, one, "--by", by)
    status = told(desk, capsys, "status", one)
    assert (status["state"], status["size"], status["waiting"]) == ("running", 3, 3)
    assert told(desk, capsys, "pause", one, "--by", "Mia", "--reason", "wait")["why"] == "wait"
    assert told(desk, capsys, "results", one)["size"] == 3
    assert desk("campaign", "results", one, "--by", "Mia", "--output", "out.csv") == 0
    assert Path("out.csv").read_text().count("\n") == 4
    assert Path("out.csv").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("changes", "says"), [
    ({"  per_minute": "  per_minute: 0 #"}, "campaign.yaml:15: no-pace"), ({"class": "clas:"}, "campaign.yaml:6"),
    ({"  everybody": "  everybody: 7 #"}, "campaign.yaml:12"), ({"template": "template: a/b #"}, "campaign.yaml:7"),
])  # fmt: skip
def test_a_faulty_file_is_told_by_its_line(
    desk: Call, capsys: Captured, tmp_path: Path, changes: dict[str, str], says: str
) -> None:
    assert desk("campaign", "draft", everybody(tmp_path, **changes), "--by", "Mia") == 1
    assert says in capsys.readouterr().err


def test_a_launch_before_its_yes_says_the_cure(desk: Call, capsys: Captured, tmp_path: Path) -> None:
    one = told(desk, capsys, "draft", everybody(tmp_path), "--by", "Mia")["id"]
    assert desk("campaign", "launch", one, "--by", "Mia") == 1
    assert "submit it first" in capsys.readouterr().err


def test_campaigns_are_listed_newest_first(desk: Call, capsys: Captured, tmp_path: Path) -> None:
    ids = [told(desk, capsys, "draft", everybody(tmp_path), "--by", "Mia")["id"] for _ in range(2)]
    assert [one["id"] for one in told(desk, capsys, "list")] == ids[::-1]
    assert desk("campaign", "list", "--state", "lost") == 2


def test_a_rehearsal_in_trial_mode_says_why(desk: Call, capsys: Captured, tmp_path: Path) -> None:
    one = told(desk, capsys, "draft", everybody(tmp_path), "--by", "Mia")["id"]
    assert desk("campaign", "test", one, "--to", "RN Okafor", "--by", "Mia") == 1
    assert "trial mode" in capsys.readouterr().out
