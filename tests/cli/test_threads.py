"""`followup inbox` on threads, as a nurse uses it in a terminal."""

import json
from pathlib import Path
from typing import Any

import pytest

from followup.services import answer
from followup.storage import patients
from followup.storage.database import open_database
from tests.builders import PATIENT, PHONE, make_ctx, make_patient
from tests.cli.conftest import Call
from tests.fakes import inbound_request

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def asked(call: Call, tmp_path: Path, capsys: Captured) -> Call:
    """Commands on a database in which Ana asked something."""
    assert call("db", "migrate") == 0
    database = open_database(f"sqlite:///{tmp_path / 'var' / 'followup.db'}")
    ctx = make_ctx(database)
    with database.transaction() as conn:
        patients.put(conn, make_patient(), ctx.clock.now())
    answer.take_inbound(ctx, inbound_request("can I wear\x1b[2J makeup?", sender=PHONE))
    database.close()
    capsys.readouterr()
    return call


def told(call: Call, capsys: Captured, *args: str) -> Any:
    """What a command prints as JSON."""
    assert call("inbox", *args, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_a_thread_is_listed_without_its_words(asked: Call, capsys: Captured) -> None:
    (one,) = told(asked, capsys, "threads")
    assert (one["state"], one["patient"]) == ("unread", PATIENT)
    assert asked("inbox", "threads") == 0
    assert "makeup" not in capsys.readouterr().out


def test_a_thread_shows_both_sides(asked: Call, capsys: Captured) -> None:
    assert told(asked, capsys, "reply", PATIENT, "Yes, tomorrow.", "--by", "Kim")["channel"] == "sms"
    shown = told(asked, capsys, "thread", PATIENT, "--by", "Lee")
    assert [(x["from"], x["text"]) for x in shown["lines"]] == [
        ("patient", "can I wear\x1b[2J makeup?"),
        ("clinic", "Yes, tomorrow."),
    ]
    assert asked("inbox", "thread", PATIENT, "--by", "Lee") == 0
    assert "\x1b" not in capsys.readouterr().out


def test_a_second_answer_is_refused_with_the_name(asked: Call, capsys: Captured) -> None:
    assert asked("inbox", "reply", PATIENT, "--canned", "noted", "--by", "Kim") == 0
    assert asked("inbox", "reply", PATIENT, "Me too", "--by", "Lee") == 1
    assert "Kim answered" in capsys.readouterr().err


def test_a_thread_is_given_put_off_and_closed(asked: Call, capsys: Captured) -> None:
    assert asked("inbox", "assign", PATIENT, "--to", "Lee", "--by", "Kim") == 0
    assert asked("inbox", "take", PATIENT, "--by", "Lee") == 0
    assert asked("inbox", "snooze", PATIENT, "--for", "2h", "--by", "Lee") == 0
    capsys.readouterr()
    assert [x["state"] for x in told(asked, capsys, "threads", "--for", "Lee")] == ["snoozed"]


def test_a_closed_thread_leaves_no_matter_open(asked: Call, capsys: Captured) -> None:
    assert asked("inbox", "close", PATIENT, "--by", "Kim") == 0
    capsys.readouterr()
    assert told(asked, capsys, "list") == []
    assert [x["state"] for x in told(asked, capsys, "threads", "--state", "closed")] == ["closed"]


@pytest.mark.parametrize(
    ("args", "status"), [(("threads", "--state", "x"), 2), (("thread", "thr_none", "--by", "K"), 1)]
)
def test_a_wrong_call_is_one_line(asked: Call, capsys: Captured, args: tuple[str, ...], status: int) -> None:
    assert asked("inbox", *args) == status
    assert "Traceback" not in capsys.readouterr().err


def test_ready_made_answers_are_named(asked: Call, capsys: Captured) -> None:
    assert told(asked, capsys, "canned") == ["call-us", "noted", "we-will-call"]
