"""`followup event`: files in, a line of result each, and the same rules as the HTTP door."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.builders import ROOT, make_body, make_treatment_data
from tests.cli.conftest import Call

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def migrated(call: Call, capsys: Captured) -> Call:
    """Commands on an empty database."""
    assert call("db", "migrate") == 0
    capsys.readouterr()
    return call


def told(capsys: Captured) -> Any:
    """What a command printed as JSON."""
    return json.loads(capsys.readouterr().out)


def test_a_file_of_any_shape_is_read(migrated: Call, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "one.json").write_text(json.dumps(make_body(id="one"), indent=2))
    (tmp_path / "array.json").write_text(json.dumps([make_body(id="two"), make_body(id="three")]))
    (tmp_path / "lines.jsonl").write_text("\n".join(json.dumps(make_body(id=i)) for i in ("four", "one")) + "\n\n")
    assert migrated("event", "send", "one.json", "array.json", "lines.jsonl") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "one.json:1: one accepted"
    assert lines[-2:] == ["lines.jsonl:2: one duplicate", "4 accepted, 1 duplicate, 0 rejected"]


def test_standard_input_is_a_file_too(migrated: Call, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "followup", "event", "send", "-", "--data", str(tmp_path / "var")]
    ran = subprocess.run(command, input=json.dumps(make_body()).encode(), cwd=ROOT, capture_output=True, check=True)
    assert ran.stdout.decode().splitlines()[0] == "-:1: T-1001 accepted"


def test_a_rejected_line_names_its_pointers(migrated: Call, tmp_path: Path, capsys: Captured) -> None:
    bad = make_body(id="bad", data=make_treatment_data(performed_at="noon"))
    (tmp_path / "f.jsonl").write_text(f"{json.dumps(make_body())}\nnonsense\n{json.dumps(bad)}\n")
    assert migrated("event", "send", "f.jsonl", "--json") == 1
    results = told(capsys)["results"]
    assert [(r["place"], r["status"]) for r in results] == [(1, "accepted"), (2, "rejected"), (3, "rejected")]
    assert [e["pointer"] for e in results[2]["errors"]] == ["/data/treatment/performed_at"]


@pytest.mark.parametrize("content", ["", "{", "[{]", "5", "\x00"])
def test_a_file_that_is_no_event_is_rejected(migrated: Call, tmp_path: Path, content: str, capsys: Captured) -> None:
    (tmp_path / "f.json").write_text(content)
    assert migrated("event", "send", "f.json", "--json") == 1
    assert told(capsys)["rejected"] == 1


def test_a_file_that_is_missing_is_a_wrong_call(migrated: Call) -> None:
    assert migrated("event", "send", "nowhere.json") == 2


def test_history_is_marked_on_the_way(migrated: Call, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "f.json").write_text(json.dumps(make_body()))
    migrated("event", "send", "f.json", "--backfill")
    capsys.readouterr()
    assert migrated("event", "list", "--json") == 0
    assert [(e["id"], e["backfill"], e["state"]) for e in told(capsys)] == [("T-1001", True, "received")]


def test_a_quarantined_event_is_tried_again(migrated: Call, tmp_path: Path, capsys: Captured) -> None:
    stop = make_body(type="treatment.voided", data={"clinic": "canstrive", "treatment": {"id": "T-9"}})
    (tmp_path / "f.json").write_text(json.dumps(stop))
    migrated("event", "send", "f.json")
    capsys.readouterr()
    assert migrated("event", "list", "--state", "waiting", "--json") == 0
    row = told(capsys)[0]["row"]
    assert migrated("event", "retry", row, "--json") == 0
    assert told(capsys) == [{"row": row, "id": "T-1001", "state": "waiting"}]


@pytest.mark.parametrize(("args", "status"), [((), 2), (("x", "--all"), 2), (("x",), 1), (("--all",), 0)])
def test_retry_wants_one_event_or_all(migrated: Call, args: tuple[str, ...], status: int) -> None:
    assert migrated("event", "retry", *args) == status


def test_a_missing_schema_is_one_line_with_cure(call: Call, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "f.json").write_text(json.dumps(make_body()))
    assert call("event", "send", "f.json") == 3
    assert "followup db migrate" in capsys.readouterr().err


def test_output_cannot_steer_a_terminal(migrated: Call, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "f.json").write_text(json.dumps(make_body(id="\x1b[2Jx")))
    assert migrated("event", "send", "f.json") == 1
    assert "\x1b" not in capsys.readouterr().out
