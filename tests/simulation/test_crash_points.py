"""Killed at any named point of the path, a clinic's week ends as if nothing had happened."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from followup.app import with_crash_points
from followup.crash import CrashPoints
from followup.domain.message import Channel
from followup.sandbox.simulation.luck import Crash, Luck
from followup.sandbox.year import synthetic_story
from followup.storage.database import open_database
from followup.storage.tables import metadata
from tests.simulation.world import World
from tests.support.databases import open_quick

START = datetime(2026, 6, 5, 13, tzinfo=UTC)
END = START + timedelta(days=8)
#: Points of the path that a message takes, from the event to the receipt.
BEGIN = datetime(2026, 1, 5, 13, tzinfo=UTC)
_WHERE = (
    "record.accept", "dispatch._events", "enroll.process_events", "dispatch._messages", "begin.begin", "finish.finish",
    "settle.take_receipt",
)  # fmt: skip
PATH = [f"{where}:{when}" for where in _WHERE for when in ("before_commit", "after_commit")]
PATH += ["fake-sms.send:before", "fake-sms.send:after"]


@contextmanager
def lived(url: str, crash_at: str = "") -> Iterator[tuple[World, CrashPoints]]:
    """A week after a visit; the process dies where `crash_at` says, and a new one goes on."""
    world = World(url, start=START, luck=Luck(random.Random(3)))
    world.ctx.db.close()
    world.ctx = replace(world.ctx, db=open_quick(url))
    points = CrashPoints(crash_at, rng=random.Random(3), end=_die)
    world.ctx = with_crash_points(world.ctx, points)
    try:
        world.live(synthetic_story(random.Random(3), patients=3, start=BEGIN).happenings, until=END)
        yield world, points
    finally:
        world.ctx.db.close()


def _die(_point: str) -> None:
    raise Crash


def took(world: World) -> list[tuple[str, str]]:
    """Who got what; an e-mail in doubt may go again under the same Message-ID."""
    texts = [(o.to, o.message_id) for o in world.providers[Channel.SMS].ledger]
    mails = {(o.to, o.message_id) for o in world.providers[Channel.EMAIL].ledger}
    return sorted([(to, "") for to, _ in texts] + [(to, "") for to, _ in mails])


@cache
def _calm(url: str) -> tuple[list[tuple[str, str]], frozenset[str]]:
    with lived(url) as (world, points):
        return took(world), frozenset(points.passes)


@pytest.mark.slow
def test_the_path_passes_every_named_point(sqlite_url: str) -> None:
    assert set(PATH) - _calm(sqlite_url)[1] == set()


@pytest.mark.slow
@pytest.mark.parametrize("point", PATH)
def test_killed_at_any_point_nothing_is_lost_or_doubled(point: str, sqlite_url: str) -> None:
    with lived(sqlite_url, f"{point},{point}@3") as (world, points):
        assert points.passes[point] >= 1
        assert world.crashes >= 1
        ids = [o.message_id for o in world.providers[Channel.SMS].ledger]
        assert len(ids) == len(set(ids))
        assert took(world) == _expected()


@cache
def _expected() -> list[tuple[str, str]]:
    """The same week without a crash, in a database of its own."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'calm.db'}"
        made = open_database(url)
        metadata.create_all(made.engine)
        made.close()
        return _calm(url)[0]
