"""`followup inbox`: what waits for a person, the words, and who dealt with it."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from followup.domain.message import Channel
from followup.services import answer
from followup.storage.database import open_database
from followup.storage.tables import audit
from tests.builders import EMAIL, PHONE, make_ctx
from tests.cli.conftest import Call
from tests.fakes import inbound_request
from tests.services.bounces.parts import mailed, take

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


@pytest.fixture
def bounced(call: Call, tmp_path: Path, capsys: Captured) -> Call:
    """Commands on a database to which a mail came back, and one that nobody sent."""
    assert call("db", "migrate") == 0
    database = open_database(f"sqlite:///{tmp_path / 'var' / 'followup.db'}")
    ctx = mailed(database, channels=(Channel.EMAIL,))
    take(ctx, "postfix-unknown-user")
    take(ctx, "qmail-no-mailbox", message_id="msg_unknown")
    database.close()
    capsys.readouterr()
    return call


def came_back(call: Call, capsys: Captured) -> list[Any]:
    """What came back, as JSON."""
    assert call("inbox", "bounces", "--json") == 0
    found: list[Any] = json.loads(capsys.readouterr().out)
    return found


def test_what_came_back_is_listed_without_mailboxes(bounced: Call, capsys: Captured) -> None:
    found = came_back(bounced, capsys)
    assert [(x["message"], x["code"], x["did"]) for x in found] == [
        (None, None, []),
        ("msg_1", "5.1.1", ["receipt", "suppressed"]),
    ]
    assert bounced("inbox", "bounces") == 0
    shown = capsys.readouterr().out
    assert "receipt, suppressed: The mailbox does not exist." in shown
    assert EMAIL not in shown


def test_a_bounce_is_shown_with_its_words(bounced: Call, capsys: Captured) -> None:
    found = came_back(bounced, capsys)[1]["id"]
    assert bounced("inbox", "bounce", found) == 0
    shown = capsys.readouterr().out
    assert f"mailbox:        {EMAIL}" in shown
    assert "550 5.1.1" in shown
    assert "  | This is the mail system at host mx.clinic.example." in shown


def test_a_matter_shows_what_came_back(bounced: Call, capsys: Captured) -> None:
    matter = listed(bounced, capsys)[0]
    assert bounced("inbox", "show", matter["id"]) == 0
    assert "failed 5.1.1" in capsys.readouterr().out
    assert bounced("inbox", "show", matter["id"], "--json") == 0
    assert [x["code"] for x in json.loads(capsys.readouterr().out)["came_back"]] == ["5.1.1"]


def test_a_mailbox_is_forgiven_by_name(bounced: Call, capsys: Captured) -> None:
    found = came_back(bounced, capsys)[1]["id"]
    assert bounced("inbox", "forgive", found) == 2
    assert bounced("inbox", "forgive", found, "--by", "Kim") == 0
    assert "1 suppressions ended" in capsys.readouterr().out


@pytest.mark.parametrize("command", [("bounce", "ret_none"), ("forgive", "ret_none", "--by", "Kim")])
def test_a_mail_that_is_not_there_is_said(bounced: Call, capsys: Captured, command: tuple[str, ...]) -> None:
    assert bounced("inbox", *command) == 1
    assert "see `followup inbox bounces`" in capsys.readouterr().err
