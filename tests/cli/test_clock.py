"""`followup clock`: patients' time moves only when nothing is in hand."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from followup.cli.clock import await_rest
from followup.clock import FileClock, SystemClock, write_instant
from followup.domain.errors import Unavailable
from followup.domain.lifecycle import Signal
from followup.domain.message import Hold, Message
from followup.services.context import Context
from followup.storage import messages
from followup.storage.database import Database, open_database
from tests.builders import make_ctx, make_message
from tests.cli.conftest import Call
from tests.waiting import until

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileClock:
    """A file clock that stands at NOW and is named in the settings."""
    write_instant(tmp_path / "clock", NOW)
    monkeypatch.setenv("FOLLOWUP_CLOCK", f"file:{tmp_path / 'clock'}")
    return FileClock(tmp_path / "clock")


@pytest.fixture
def opened(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The database of the settings."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    db = open_database(sqlite_url)
    yield db
    db.close()


def _add(db: Database, *some: Message) -> None:
    with db.transaction() as conn:
        messages.add(conn, some, NOW)


def test_the_clock_tells_and_takes_an_instant(call: Call, clock: FileClock, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("clock", "set", "2026-05-01T09:00:00-04:00") == 0
    assert call("clock", "show", "--json") == 0
    assert json.loads(capsys.readouterr().out.split("\n", 1)[1]) == {"clock": "2026-05-01T13:00:00+00:00"}


def test_the_clock_goes_on_by_a_duration(call: Call, clock: FileClock) -> None:
    assert call("clock", "advance", "36h") == 0
    assert clock.now() == NOW + timedelta(hours=36)


def test_the_clock_may_be_set_back(call: Call, clock: FileClock) -> None:
    assert call("clock", "set", "2026-01-01T00:00:00Z") == 0
    assert clock.now() == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("text", ["noon", "2026-03-02T09:00:00", "2026-03-02", ""])
def test_an_instant_without_zone_is_refused(text: str, call: Call, clock: FileClock) -> None:
    assert call("clock", "set", text) == 2
    assert clock.now() == NOW


@pytest.mark.parametrize("command", [["set", "2026-05-01T09:00:00Z"], ["advance", "1d"], ["next"]])
def test_the_systems_clock_is_never_moved(command: list[str], call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("clock", *command) == 2
    assert "FOLLOWUP_CLOCK" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["set", "2026-05-01T09:00:00Z"], ["advance", "1d"], ["next"]])
def test_a_live_clinics_clock_is_never_moved(command: list[str], call: Call, clock: FileClock) -> None:
    assert call("clock", *command, FOLLOWUP_MODE="live", FOLLOWUP_LIVE_CONFIRM="canstrive") == 2
    assert clock.now() == NOW


def test_next_goes_to_the_earliest_due_time(
    call: Call, clock: FileClock, opened: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    held = make_message(id="msg_3", step_key="c", due_at=NOW + timedelta(hours=1), hold=Hold.TRIAL)
    _add(opened, make_message(due_at=LATER), held)
    assert call("clock", "next") == 0
    assert capsys.readouterr().out.strip() == LATER.isoformat()
    assert clock.now() == LATER


def test_next_without_anything_due_exits_with_one(call: Call, clock: FileClock, opened: Database) -> None:
    assert call("clock", "next") == 1
    assert clock.now() == NOW


def test_jumping_passes_over_what_falls_due(call: Call, clock: FileClock, opened: Database) -> None:
    _add(opened, make_message(due_at=LATER))
    assert call("clock", "advance", "10d", "--jump") == 0
    assert clock.now() == NOW + timedelta(days=10)


def test_advance_stops_at_what_falls_due(call: Call, clock: FileClock, opened: Database) -> None:
    _add(opened, make_message(due_at=LATER))
    seen: list[datetime] = []

    def deliver() -> None:
        assert until(lambda: clock.now() >= LATER)
        seen.append(clock.now())
        with opened.transaction() as conn:
            messages.apply(conn, [make_message().id], Signal.CANCELLED, LATER)

    worker = Thread(target=deliver)
    worker.start()
    assert call("clock", "advance", "10d") == 0
    worker.join()
    assert (seen, clock.now()) == ([LATER], NOW + timedelta(days=10))


def _ctx(db: Database, message: Message) -> Context:
    _add(db, message)
    return make_ctx(db, ops=SystemClock())


def test_what_nobody_takes_up_is_an_outage(database: Database) -> None:
    ctx = _ctx(database, make_message())
    with pytest.raises(Unavailable, match="1 due"):
        await_rest(ctx, patience=timedelta(milliseconds=100))


def test_what_only_backs_off_may_take_its_time(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    ctx = _ctx(database, make_message(not_before=SystemClock().now() + timedelta(hours=1)))
    await_rest(ctx, patience=timedelta(milliseconds=100))
    assert "back off: 1" in capsys.readouterr().err
