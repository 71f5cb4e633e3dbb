"""The mailbox is read in rounds: stored, acted on, marked; a crash or a fault of ours loses no mail."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from followup.domain.errors import Unavailable
from followup.ports import Post
from followup.services.bounces.collect import MOST, collect
from followup.services.context import Context
from followup.storage.database import Database, open_database
from followup.storage.tables import returns
from tests.builders import make_ctx
from tests.fakes import FakeClock, FakeIds
from tests.mails import corpus, letter
from tests.services.bounces.parts import mailed, rows, suppressed, told
from tests.services.seeds import state


@dataclass
class Box:
    """A mailbox in memory; `away` is its outage."""

    mails: list[bytes]
    away: str = ""
    since: list[datetime] = field(default_factory=list)

    @contextmanager
    def unread(self, limit: int, *, since: datetime) -> Iterator[Iterator[Post]]:
        if self.away:
            raise Unavailable(self.away)
        self.since.append(since)
        yield self._posts(limit)

    def _posts(self, limit: int) -> Iterator[Post]:
        for raw in self.mails[:limit]:
            yield Post("1", raw)
            self.mails.remove(raw)

    def check(self) -> str:
        return self.away


class Slow(FakeClock):
    """Twenty seconds go by whenever somebody looks."""

    def now(self) -> datetime:
        return self.advance(timedelta(seconds=20))


class Broken(FakeIds):
    """Fails where a letter is to be stored."""

    def __init__(self) -> None:
        self.count = 1000

    def new(self, prefix: str) -> str:
        if prefix == "in":
            raise RuntimeError("a bug")
        return super().new(prefix)


def boxed(database: Database, *mails: bytes) -> tuple[Context, Box]:
    """A context with one mailed message and these mails in the box."""
    box = Box(list(mails))
    return replace(mailed(database), mailbox=box), box


def test_a_round_takes_what_came(database: Database) -> None:
    ctx, box = boxed(database, corpus("postfix-unknown-user"), letter("Hello"))
    assert (collect(ctx), collect(ctx), box.mails) == (2, 0, [])
    assert (state(ctx), [kind for kind, _ in told(ctx)]) == ("undelivered", ["reply"])
    assert box.since == [ctx.ops.now() - timedelta(days=30)] * 2


def test_without_a_mailbox_nothing_is_read(database: Database) -> None:
    assert collect(make_ctx(database)) == 0


def test_a_mail_that_comes_again_changes_nothing(database: Database) -> None:
    ctx, box = boxed(database, corpus("postfix-unknown-user"))
    collect(ctx)
    box.mails.append(corpus("postfix-unknown-user"))
    assert collect(ctx) == 1
    assert (len(rows(ctx, returns, "id")), len(suppressed(ctx))) == (1, 1)


def test_a_round_is_bounded_in_number_and_time(database: Database) -> None:
    ctx, _ = boxed(database, *(letter(f"Hello {n}") for n in range(MOST + 5)))
    assert collect(ctx) == MOST

    assert collect(replace(ctx, ops=Slow())) == 1


def test_an_outage_is_raised_for_the_scheduler(database: Database) -> None:
    ctx, box = boxed(database, letter("Hello"))
    box.away = "the mailbox is away"
    with pytest.raises(Unavailable):
        collect(ctx)
    box.away = ""
    assert collect(ctx) == 1


def test_a_database_that_is_away_leaves_the_mail_unmarked(sqlite_url: str) -> None:
    gone = open_database(sqlite_url + ".gone")
    box = Box([letter("Hello")])
    ctx = make_ctx(gone, mailbox=box)
    with pytest.raises(Unavailable):
        collect(ctx)
    assert len(box.mails) == 1
    gone.close()


def test_a_fault_of_ours_sets_one_mail_aside(database: Database) -> None:
    ctx, box = boxed(database, letter("Hello"), corpus("postfix-unknown-user"))
    assert (collect(replace(ctx, ids=Broken())), box.mails) == (2, [])
    assert sorted(rows(ctx, returns, "kind", "did")) == [("bounce", "receipt,suppressed"), ("unreadable", "told")]
    assert [kind for kind, _ in told(ctx)] == ["bounces"]
