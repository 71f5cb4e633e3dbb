"""`followup inbox`: what waits for a person, the words, and who dealt with it."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from followup.services import answer
from followup.storage.database import open_database
from followup.storage.tables import audit
from tests.builders import PHONE, make_ctx
from tests.cli.conftest import Call
from tests.fakes import inbound_request

Captured = pytest.CaptureFixture[str]
WORDS = "is this normal?\x1b[31m\nsecond line"


@pytest.fixture
def waiting(call: Call, tmp_path: Path, capsys: Captured) -> Call:
    """Commands on a database in which somebody wrote."""
    assert call("db", "migrate") == 0
    database = open_database(f"sqlite:///{tmp_path / 'var' / 'followup.db'}")
    answer.take_inbound(make_ctx(database), inbound_request(WORDS, sender=PHONE))
    database.close()
    capsys.readouterr()
    return call


def listed(call: Call, capsys: Captured, *options: str) -> list[Any]:
    """The list as JSON."""
    assert call("inbox", "list", "--json", *options) == 0
    found: list[Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_reply_waits_without_its_words(waiting: Call, capsys: Captured) -> None:
    assert [(x["kind"], x["state"]) for x in listed(waiting, capsys)] == [("reply", "open")]
    waiting("inbox", "list")
    assert "normal" not in capsys.readouterr().out


def test_the_words_are_shown_when_asked(waiting: Call, tmp_path: Path, capsys: Captured) -> None:
    matter = listed(waiting, capsys)[0]
    assert waiting("inbox", "show", matter["id"], "--by", "Kim") == 0
    shown = capsys.readouterr().out
    assert "  | is this normal? [31m\n  | second line" in shown
    assert PHONE in shown
    database = open_database(f"sqlite:///{tmp_path / 'var' / 'followup.db'}")
    with database.reading() as conn:
        assert conn.scalar(sa.select(audit.c.actor).where(audit.c.action == "inbound.viewed")) == "Kim"
    database.close()


def test_a_reply_is_found_by_its_own_id(waiting: Call, capsys: Captured) -> None:
    matter = listed(waiting, capsys)[0]
    assert waiting("inbox", "show", matter["about"], "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["id"], told["wrote"]["text"]) == (matter["id"], WORDS)


def test_a_matter_is_taken_then_closed(waiting: Call, capsys: Captured) -> None:
    matter = listed(waiting, capsys)[0]["id"]
    assert waiting("inbox", "ack", matter, "--by", "Kim") == 0
    assert waiting("inbox", "close", matter, "--by", "Lee", "--note", "called back") == 0
    assert capsys.readouterr().out.splitlines() == [f"{matter}: acknowledged, Kim", f"{matter}: closed, Lee"]
    assert listed(waiting, capsys) == []
    assert [x["closed_by"] for x in listed(waiting, capsys, "--all")] == ["Lee"]


@pytest.mark.parametrize("command", [("show",), ("ack", "--by", "Kim"), ("close", "--by", "Kim")])
def test_an_unknown_matter_is_one_line(waiting: Call, command: tuple[str, ...], capsys: Captured) -> None:
    assert waiting("inbox", command[0], "esc_none", *command[1:]) == 1
    assert "followup inbox list" in capsys.readouterr().err


def test_closing_asks_for_a_name(waiting: Call) -> None:
    assert waiting("inbox", "close", "esc_none") == 2
