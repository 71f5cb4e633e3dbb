"""What the engineer and staff type when a copy is held, rows drift or a message is in doubt."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from followup.clock import SystemClock, SystemIds
from followup.domain.escalation import EscalationKind
from followup.domain.message import MessageState
from followup.domain.outcome import Unknown
from followup.services import enroll, escalate, own
from followup.services.context import Context
from followup.storage import events, receipts
from followup.storage.database import open_database
from followup.storage.tables import messages
from tests.builders import CLINIC, make_ctx, make_event
from tests.cli.conftest import Call
from tests.fakes import FakeProvider, receipt_request
from tests.services.seeds import fake, run, seed

Out = pytest.CaptureFixture[str]


@pytest.fixture
def migrated(call: Call, capsys: Out) -> Call:
    call("db", "migrate")
    capsys.readouterr()
    return call


@contextmanager
def rows(folder: Path, data: str = "var") -> Iterator[Context]:
    """The database of the commands, by the services."""
    database = open_database(f"sqlite:///{folder / 'var' / 'followup.db'}")
    try:
        yield make_ctx(database, environ={"FOLLOWUP_DATA": str(folder / data)}, ids=SystemIds(), ops=SystemClock())
    finally:
        database.close()


def copied(folder: Path) -> None:
    """A database from which something was sent, put in another file under its name."""
    with rows(folder) as ctx:
        own.claim(ctx)
        seed(ctx)
    kept = (folder / "var" / "followup.db").rename(folder / "kept.db")
    (folder / "var" / "followup.db").write_bytes(kept.read_bytes())


def test_taking_over_says_how_many_were_skipped(migrated: Call, tmp_path: Path, capsys: Out) -> None:
    copied(tmp_path)
    assert migrated("doctor", "--take-over", "--by", "Kim") == 0
    assert capsys.readouterr().out == "taken over: 1 late messages skipped\n"
    assert migrated("doctor", "--take-over", "--by", "Kim") == 1
    assert "nothing is held" in capsys.readouterr().err


def test_taking_over_may_keep_what_is_due(migrated: Call, tmp_path: Path, capsys: Out) -> None:
    copied(tmp_path)
    assert migrated("doctor", "--take-over", "--by", "Kim", "--keep-due", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"taken_over": True, "by": "Kim", "skipped": 0}


@pytest.mark.parametrize("words", [("--take-over",), ("--take-over", "--by", " "), ("--by", "Kim"), ("--keep-due",)])
def test_taking_over_needs_a_name_and_intent(migrated: Call, words: tuple[str, ...]) -> None:
    assert migrated("doctor", *words) == 2


def test_the_doctor_names_places_and_cure(migrated: Call, tmp_path: Path, capsys: Out) -> None:
    copied(tmp_path)
    assert migrated("doctor", "--json", FOLLOWUP_PUBLIC_URL="http://127.0.0.1:1") == 1
    (line,) = [one for one in json.loads(capsys.readouterr().out) if one["part"] == "sending"]
    assert (line["level"], "file was number" in line["text"]) == ("error", True)
    assert "--take-over" in line["cure"]


def test_drift_prints_a_line_a_row(migrated: Call, tmp_path: Path, capsys: Out) -> None:
    with rows(tmp_path) as ctx:
        event = make_event()
        with ctx.db.transaction() as conn:
            events.add(conn, event, "digest")
        enroll.process_events(ctx, [event.row_id])
        assert migrated("audit", "drift") == 0
        assert capsys.readouterr().out.startswith("no drift")
        with ctx.db.transaction() as conn:
            conn.execute(sa.update(messages).where(messages.c.state == "scheduled").values(state="sent"))
    assert migrated("audit", "drift", "--clinic", "canstrive") == 1
    *lines, last = capsys.readouterr().out.splitlines()
    assert all(line.startswith(("state", "missing")) for line in lines)
    assert last == f"{len(lines)} rows differ"
    assert migrated("audit", "drift", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert (len(told), {one["patient"] for one in told}) == (len(lines), {"P-17"})


def in_doubt(folder: Path) -> None:
    with rows(folder) as ctx:
        fake(ctx).script.append(Unknown("timeout", "no answer"))
        seed(ctx)
        run(ctx)


@pytest.mark.parametrize(("word", "end"), [("--went", MessageState.SENT), ("--did-not-go", MessageState.SCHEDULED)])
def test_a_person_settles_a_message(migrated: Call, tmp_path: Path, capsys: Out, word: str, end: MessageState) -> None:
    in_doubt(tmp_path)
    assert migrated("message", "settle", "msg_1", word, "--by", "Kim") == 0
    assert capsys.readouterr().out == f"msg_1: {end}\n"
    assert migrated("message", "settle", "msg_1", word, "--by", "Kim") == 1


def test_the_inbox_says_how_to_settle(migrated: Call, tmp_path: Path, capsys: Out) -> None:
    in_doubt(tmp_path)
    with rows(tmp_path) as ctx, ctx.db.transaction() as conn:
        about = escalate.raise_to_staff(
            ctx, conn, clinic_id=CLINIC, kind=EscalationKind.UNCONFIRMED, subject="msg_1", summary="nobody can tell"
        )
    assert migrated("inbox", "list") == 0
    assert migrated("inbox", "show", about) == 0
    assert "followup message settle msg_1 --went|--did-not-go --by NAME" in capsys.readouterr().out


def test_settling_needs_a_word_and_a_name(migrated: Call, tmp_path: Path) -> None:
    in_doubt(tmp_path)
    assert migrated("message", "settle", "msg_1", "--by", "Kim") == 2
    assert migrated("message", "settle", "msg_1", "--went") == 2


def test_strange_receipts_are_listed(migrated: Call, tmp_path: Path, capsys: Out) -> None:
    assert migrated("message", "list", "--unknown-receipts") == 0
    assert capsys.readouterr().out == "none\n"
    request = receipt_request("undelivered", code="30003", ref="SM9")
    receipt = FakeProvider(name="twilio").read_receipt(request, "msg_none")  # type: ignore[arg-type]
    assert receipt is not None
    with rows(tmp_path) as ctx, ctx.db.transaction() as conn:
        receipts.add(conn, receipt, ctx.clock.now(), known=False)
    migrated("message", "list", "--unknown-receipts", "--json")
    (told,) = json.loads(capsys.readouterr().out)["unknown_receipts"]
    assert (told["message"], told["status"], told["code"]) == ("msg_none", "undelivered", "30003")
