"""`followup booking` and `followup webhook`: visits by hand, and the health of the systems that are told."""

import json
from pathlib import Path
from typing import Any

import pytest

from followup.domain.event import EventType
from followup.storage.database import open_database
from tests.builders import PATIENT, make_ctx, make_treatment_data
from tests.cli.conftest import Call
from tests.services.consents.parts import tell

Captured = pytest.CaptureFixture[str]
OFFER = ("offer", "B-1", "--patient", PATIENT, "--code", "skinpen-microneedling")
AT = ("--at", "2036-03-30T14:00:00-04:00")
BY = ("--by", "Kim")


@pytest.fixture
def clinic(call: Call, tmp_path: Path, capsys: Captured) -> Call:
    """Commands on a database that knows Ana."""
    assert call("db", "migrate") == 0
    database = open_database(f"sqlite:///{tmp_path / 'var' / 'followup.db'}")
    tell(make_ctx(database), EventType.TREATMENT_COMPLETED, **make_treatment_data())
    database.close()
    capsys.readouterr()
    return call


def shown(call: Call, capsys: Captured, *args: str) -> Any:
    """What a command prints as JSON."""
    assert call(*args, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_a_visit_lives_by_hand(clinic: Call, capsys: Captured) -> None:
    assert shown(clinic, capsys, "booking", *OFFER, *AT, *BY)["state"] == "offered"
    moved = shown(clinic, capsys, "booking", "move", "B-1", "--at", "2036-03-31T14:00:00-04:00", *BY)
    assert (moved["state"], moved["starts_at"]) == ("offered", "2036-03-31T18:00:00Z")
    assert shown(clinic, capsys, "booking", "cancel", "B-1", *BY)["state"] == "cancelled"
    assert [b["id"] for b in shown(clinic, capsys, "booking", "list", "--state", "cancelled")] == ["B-1"]
    assert [m["step"] for m in shown(clinic, capsys, "booking", "show", "B-1")["messages"]] == ["offer", "offer"]


def test_a_visit_that_took_place_is_told(clinic: Call, capsys: Captured) -> None:
    assert shown(clinic, capsys, "booking", "make", *OFFER[1:], *AT, *BY)["state"] == "booked"
    assert shown(clinic, capsys, "booking", "attended", "B-1", *BY)["state"] == "attended"
    assert shown(clinic, capsys, "booking", "missed", "B-1", *BY)["state"] == "missed"


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (("cancel", "B-9", *BY), 1, "no booking B-9"),
        ((*OFFER, "--at", "tomorrow", *BY), 2, "no ISO instant"),
        ((*OFFER, "--at", "2036-03-30T14:00:00", *BY), 2, "no zone"),
        (("offer", "B-1", "--patient", "P-99", "--code", "x", *AT, *BY), 1, "no such patient"),
        (("list", "--state", "gone"), 2, "is none of"),
        (("show", "B-9"), 1, "no booking B-9"),
    ],
)
def test_what_cannot_be_is_one_line(
    clinic: Call, capsys: Captured, args: tuple[str, ...], status: int, words: str
) -> None:
    assert clinic("booking", *args) == status
    assert words in " ".join(capsys.readouterr().err.split())


def test_a_clinic_without_endpoints_says_so(clinic: Call, capsys: Captured) -> None:
    assert clinic("webhook", "list") == 0
    assert "names no endpoint" in capsys.readouterr().out
    assert shown(clinic, capsys, "webhook", "calls") == []


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (("on", "https://a.example/x", *BY), 1, "names no endpoint"),
        (("replay", *BY), 1, "name the calls"),
        (("replay", "call_1", *BY), 1, "no such call"),
        (("replay", "--since", "soon", *BY), 2, "no ISO instant"),
        (("calls", "--state", "lost"), 2, "is none of"),
    ],
)
def test_a_wrong_webhook_call_is_one_line(
    clinic: Call, capsys: Captured, args: tuple[str, ...], status: int, words: str
) -> None:
    assert clinic("webhook", *args) == status
    assert words in " ".join(capsys.readouterr().err.split())
