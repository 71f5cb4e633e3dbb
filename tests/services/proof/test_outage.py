"""A full disk, a read-only database, an outage in mid-send: stopped before the call, or kept until it is over."""

from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.errors import Unavailable
from followup.domain.message import MessageState
from followup.domain.outcome import Accepted, Outcome
from followup.ports import Outbound
from followup.services import deliver, dispatch
from followup.services.context import Context
from followup.services.slots import Slots
from followup.storage.database import Database, open_database
from tests.builders import make_ctx
from tests.fakes import FakeClock, InlineNetwork
from tests.services.seeds import fake, run, seed_many, sent, state

S = MessageState
HASTY = {"FOLLOWUP_PROVIDER_TIMEOUT": "200ms", "FOLLOWUP_LEASE": "600ms"}


def claimed(ctx: Context, count: int) -> list[str]:
    """Messages that were claimed while all was well."""
    ids = [m.id for m in seed_many(ctx, count)]
    dispatch.sweep(ctx)
    assert {state(ctx, i) for i in ids} == {S.QUEUED}
    return ids


def full(url: str) -> Database:
    """The same file on a disk with no room for another page."""
    database = open_database(url)

    @sa.event.listens_for(database.engine, "connect")
    def _fill(raw: Any, _record: Any) -> None:
        (pages,) = raw.execute("PRAGMA page_count").fetchone()
        raw.execute(f"PRAGMA max_page_count={pages}")

    return database


def read_only(url: str) -> Database:
    return open_database(url.replace("sqlite:///", "sqlite:///file:") + "?mode=ro&uri=true")


def read_only_server(url: str) -> Database:
    return open_database(f"{url}&options=-c%20default_transaction_read_only%3Don")


@pytest.mark.parametrize(
    ("kind", "opened"),
    [("sqlite_url", full), ("sqlite_url", read_only), ("postgres_url", read_only_server)],
)
def test_what_cannot_be_written_is_not_sent(
    request: pytest.FixtureRequest, kind: str, opened: Callable[[str], Database]
) -> None:
    url = request.getfixturevalue(kind)
    sound, broken = open_database(url), opened(url)
    ctx = make_ctx(sound)
    ids = claimed(ctx, 16)
    for _ in range(2):
        with pytest.raises(Unavailable, match="database"):
            deliver.deliver(replace(ctx, db=broken), ids)
    assert fake(ctx).calls == []
    broken.close()
    deliver.deliver(ctx, ids)
    assert len(sent(ctx)) == 16
    sound.close()


class Losable(Database):
    """A database that is away for a number of transactions."""

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__(engine)
        self.away = 0
        self.on_refusal: Callable[[], None] = lambda: None

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        if self.away:
            self.away -= 1
            self.on_refusal()
            raise Unavailable("database: connection refused")
        with super().transaction() as conn:
            yield conn


def losing(database: Database, **parts: Any) -> tuple[Context, Losable]:
    lost = Losable(database.engine)
    return make_ctx(lost, **parts), lost


def taken_while(lost: Losable, away: int) -> Callable[[Outbound], Outcome]:
    """The provider takes it, and in that moment the database goes."""

    def answer(outbound: Outbound) -> Outcome:
        lost.away = away
        return Accepted(f"ref-{outbound.attempt_id}")

    return answer


def test_an_outcome_is_kept_until_the_database_is_back(database: Database) -> None:
    ctx, lost = losing(database)
    ids = claimed(ctx, 1)
    fake(ctx).script.append(taken_while(lost, away=3))
    deliver.deliver(ctx, ids)
    assert (state(ctx), lost.away, len(fake(ctx).calls)) == (S.SENT, 0, 1)


def test_an_outage_beyond_the_lease_ends_in_a_look_up(database: Database) -> None:
    ops = FakeClock()
    ctx, lost = losing(database, environ=HASTY, ops=ops)
    ids = claimed(ctx, 1)
    fake(ctx).script.append(taken_while(lost, away=1_000_000))
    deliver.deliver(ctx, ids)
    lost.away = 0
    assert state(ctx) is S.SENDING
    ops.advance(timedelta(seconds=1))
    run(ctx)
    assert (state(ctx), len(fake(ctx).calls)) == (S.SENT, 1)


class SlowFirst(InlineNetwork):
    """The first call's answer is held back until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.pending: Future[Any] = Future()
        self._answer: Future[Any] | None = None

    def submit(self, work: Coroutine[Any, Any, Any]) -> "Future[Any]":
        done = super().submit(work)
        if self._answer is not None:
            return done
        self._answer = done
        return self.pending

    def let_go(self) -> None:
        assert self._answer is not None
        self.pending.set_result(self._answer.result())


class Watched(Slots):
    """Does something whenever a slot becomes free after a call."""

    def __init__(self) -> None:
        super().__init__()
        self.on_free: Callable[[], None] = lambda: None

    def give(self, count: int) -> None:
        super().give(count)
        if count:
            self.on_free()


def test_a_failed_start_leaves_nothing_on_the_wire(database: Database) -> None:
    network, slots = SlowFirst(), Watched()
    ctx, lost = losing(database, network=network, slots=slots, environ={"FOLLOWUP_CONCURRENCY": "2"})
    ids = claimed(ctx, 3)

    def lose() -> None:
        lost.away = 0 if network.pending.done() else 1

    slots.on_free, lost.on_refusal = lose, network.let_go
    with pytest.raises(Unavailable):
        deliver.deliver(ctx, ids)
    assert [state(ctx, i) for i in ids] == [S.SENT, S.SENT, S.QUEUED]
