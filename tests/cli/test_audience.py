"""`followup segment` and `followup campaign upload`, `explain`: whom a campaign is for, from a terminal."""

import json
from pathlib import Path
from typing import Any

import pytest

from followup.storage.database import open_database
from tests.builders import PATIENT, make_ctx
from tests.cli.conftest import Call
from tests.services.campaigns.parts import drafted
from tests.services.seeds import seed

Captured = pytest.CaptureFixture[str]
BY = ("--by", "Roy")


@pytest.fixture
def clinic(call: Call, tmp_path: Path, capsys: Captured) -> Call:
    """Commands on a database that knows Ana, and a file with an audience."""
    assert call("db", "migrate") == 0
    database = open_database(f"sqlite:///{tmp_path / 'var' / 'followup.db'}")
    seed(make_ctx(database))
    database.close()
    (tmp_path / "audience.yaml").write_text("treated: {code: skinpen-microneedling}\nlanguage: en\n")
    capsys.readouterr()
    return call


def shown(call: Call, capsys: Captured, *args: str) -> Any:
    """What a command prints as JSON."""
    assert call(*args, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_a_segment_is_saved_counted_and_deleted(clinic: Call, capsys: Captured, tmp_path: Path) -> None:
    file = str(tmp_path / "audience.yaml")
    assert clinic("segment", "save", "treated", file, *BY) == 0
    assert clinic("segment", "count", "treated") == 0
    assert clinic("segment", "count", file) == 0
    assert capsys.readouterr().out == "saved treated: 1 patients now\n1\n1\n"
    assert shown(clinic, capsys, "segment", "show", "treated")["audience"]["language"] == ["en"]
    assert [one["name"] for one in shown(clinic, capsys, "segment", "list")] == ["treated"]
    assert clinic("segment", "delete", "treated", *BY) == 0
    assert clinic("segment", "show", "treated") == 1


def test_explain_names_the_clause_that_decides(clinic: Call, capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "spring.yaml"
    file.write_text("name: Spring\naudience:\n  all: [{treated: {}}, {language: fr}]\n")
    assert clinic("campaign", "explain", str(file), "--patient", PATIENT) == 0
    assert capsys.readouterr().out.splitlines() == [
        "not chosen",
        "  because /all/1/language: the language is en-CA",
        "  holds  /all/0/treated: treated with skinpen-microneedling on 2026-03-02",
        "  fails  /all/1/language: the language is en-CA",
    ]
    assert clinic("campaign", "explain", str(file), "--patient", "P-99") == 1
    assert clinic("campaign", "explain", str(tmp_path / "none.yaml"), "--patient", PATIENT) == 2


def test_a_faulty_list_is_told_by_cell(clinic: Call, capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("id,first name,mobile\nP-17,Ana,\n,Bo,4.17E+09\n")
    assert clinic("campaign", "upload", str(file), *BY) == 1
    told = capsys.readouterr().out
    assert told.startswith("row 3, mobile: lost its last digits")
    assert clinic("campaign", "upload", str(file), *BY, "--clean-rows-only", "--json") == 0
    upload = json.loads(capsys.readouterr().out)
    assert (upload["state"], upload["clean"], upload["faulty"]) == ("ready", 1, 1)
    assert clinic("campaign", "upload-errors", upload["id"], *BY, "-o", str(tmp_path / "e.csv")) == 0
    assert '"","Bo","4.17E+09","3"' in (tmp_path / "e.csv").read_text(encoding="utf-8-sig")


def test_a_list_that_was_checked_can_be_accepted(clinic: Call, capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("id,first name\nP-17,Ana\n,Bo\n")
    assert clinic("campaign", "upload", str(file), *BY, "--json") == 1
    upload = json.loads(capsys.readouterr().out)["id"]
    assert clinic("campaign", "upload-accept", upload, *BY) == 1
    assert clinic("campaign", "upload-accept", upload, *BY, "--clean-rows-only") == 0
    assert clinic("campaign", "upload-delete", upload, *BY) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [f"deleted {upload}"]


def test_a_preflight_is_printed_for_people_and_programs(clinic: Call, capsys: Captured, tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'var' / 'followup.db'}")
    campaign = drafted(make_ctx(database)).id
    database.close()
    told = shown(clinic, capsys, "campaign", "preflight", campaign)
    assert (told["audience"], told["recipients"], told["held"]) == (1, 1, {"trial": 1})
    assert clinic("campaign", "preflight", campaign) == 0
    printed = capsys.readouterr().out
    assert "  sms    en-CA         1  2 segments, 0.02 USD" in printed
    assert clinic("campaign", "preflight", "cmp_9") == 1
    assert shown(clinic, capsys, "campaign", "explain", campaign, "--patient", PATIENT)["chosen"]
