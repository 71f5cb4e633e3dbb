"""Ticks: they sweep, survive outages, and say so once."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy.engine import Connection

from followup.actors import scheduler
from followup.clock import SystemClock
from followup.domain.errors import Unavailable
from followup.services.context import Context
from followup.services.upkeep.beat import last_seen
from followup.storage import audit, messages
from followup.storage.database import Database
from tests.builders import CLINIC, make_ctx, make_message
from tests.fakes import START, InlineJobs
from tests.waiting import until


@contextmanager
def _ticking(ctx: Context, check_bell: Callable[[], None] = lambda: None) -> Iterator[None]:
    stop = Event()
    thread = Thread(target=scheduler.run, args=(ctx, stop), kwargs={"check_bell": check_bell})
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


def _environ(folder: Path) -> dict[str, str]:
    return {"FOLLOWUP_TICK": "50ms", "FOLLOWUP_DATA": str(folder)}


@pytest.fixture
def jobs() -> InlineJobs:
    return InlineJobs()


@pytest.fixture
def ctx(database: Database, jobs: InlineJobs, tmp_path: Path) -> Context:
    return make_ctx(database, environ=_environ(tmp_path), ops=SystemClock(), jobs=jobs)


def _add_message(ctx: Context) -> None:
    with ctx.db.transaction() as conn:
        messages.add(conn, [make_message()], START)


def test_what_is_due_is_rung_for_within_ticks(ctx: Context, jobs: InlineJobs) -> None:
    _add_message(ctx)
    with _ticking(ctx):
        assert until(lambda: ("deliver_messages", ("msg_1",)) in jobs.rung)


def test_the_audit_trail_is_sealed_and_life_shown(ctx: Context) -> None:
    with ctx.db.transaction() as conn:
        audit.append(conn, at=START, clinic_id=CLINIC, actor="staff", action="test", subject="msg_1")
    with _ticking(ctx):
        assert until(lambda: _entries(ctx) == 1)
        assert until(lambda: "scheduler" in last_seen(ctx))


def _entries(ctx: Context) -> int:
    with ctx.db.reading() as conn:
        return audit.verify(conn, ctx.signer.seal).entries


def test_nothing_is_claimed_while_the_broker_is_away(
    ctx: Context, jobs: InlineJobs, caplog: pytest.LogCaptureFixture
) -> None:
    _add_message(ctx)
    tries: list[int] = []

    def check_bell() -> None:
        tries.append(1)
        if len(tries) < 5:
            raise Unavailable("the broker does not answer")

    with caplog.at_level(logging.INFO, "followup.scheduler"), _ticking(ctx, check_bell):
        assert until(lambda: jobs.rung)
    told = [record.getMessage() for record in caplog.records]
    assert (told.count("waiting"), told.count("going on")) == (1, 1)


class _LosableDatabase(Database):
    away = False

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        if self.away:
            raise Unavailable("database: connection refused")
        with super().transaction() as conn:
            yield conn


def test_a_lost_database_is_told_once_and_survived(
    database: Database, jobs: InlineJobs, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lost = _LosableDatabase(database.engine)
    ctx = make_ctx(lost, environ=_environ(tmp_path), ops=SystemClock(), jobs=jobs)
    with caplog.at_level(logging.INFO, "followup.scheduler"), _ticking(ctx):
        assert until(lambda: "scheduler ready" in caplog.messages)
        lost.away = True
        assert until(lambda: "waiting" in caplog.messages)
        lost.away = False
        _add_message(ctx)
        assert until(lambda: jobs.rung and "going on" in caplog.messages)
    assert (caplog.messages.count("waiting"), caplog.messages.count("going on")) == (1, 1)


class _BrokenJobs(InlineJobs):
    def ring(self, actor: str, ids: Sequence[str]) -> None:
        raise ValueError("Ana Silva")


def test_a_bug_in_one_tick_leaves_others(database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ctx = make_ctx(database, environ=_environ(tmp_path), ops=SystemClock(), jobs=_BrokenJobs())
    _add_message(ctx)
    with caplog.at_level(logging.INFO, "followup"), _ticking(ctx):
        assert until(lambda: "tick failed" in caplog.messages)
        assert until(lambda: "scheduler" in last_seen(ctx))
    assert "Ana" not in caplog.text
