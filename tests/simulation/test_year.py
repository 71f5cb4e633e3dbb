"""A year of a synthetic clinic keeps every promise, in four zones and over both changes of the clocks."""

import io
import logging
import random
from datetime import UTC, datetime, timedelta

import pytest

from followup import log
from followup.sandbox.simulation.luck import Luck
from followup.sandbox.year import ZONES, synthetic_story
from tests.simulation.promises import Promises, names_and_addresses
from tests.simulation.world import World

START = datetime(2026, 1, 5, 13, tzinfo=UTC)
END = START + timedelta(days=400)


def live(database_url: str, *, patients: int, seed: int, **luck: float) -> tuple[World, Promises]:
    story = synthetic_story(random.Random(seed), patients=patients, start=START)
    promises = Promises(story)
    world = World(
        database_url,
        start=START,
        luck=Luck(random.Random(seed), usual=("sent", "delivered"), **luck),
        watch=promises.on_call,
    )
    promises.world = world
    try:
        world.live(story.happenings, until=END, check=promises.on_step)
        promises.all_is_done(by=END)
    finally:
        world.ctx.db.close()
    return world, promises


@pytest.mark.slow
def test_every_send_of_a_year_lies_in_its_window(database_url: str) -> None:
    world, promises = live(database_url, patients=16, seed=1)
    assert set(promises.hours) == set(ZONES)
    assert all(number > 3 for number in promises.hours.values())
    assert world.crashes == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_a_year_of_trouble_keeps_every_promise(database_url: str, seed: int) -> None:
    world, _ = live(
        database_url, patients=12, seed=seed, crash=0.02, lost_ring=0.05, double_ring=0.1, transient=0.05,
        unknown=0.05, odd_receipt=0.2,
    )  # fmt: skip
    assert world.crashes > 10


@pytest.mark.slow
def test_no_log_line_of_a_year_names_a_patient(sqlite_url: str) -> None:
    written = io.StringIO()
    log.configure(level=logging.DEBUG, stream=written)
    live(sqlite_url, patients=10, seed=4, transient=0.1, unknown=0.1, crash=0.01)
    people = synthetic_story(random.Random(4), patients=10, start=START).people
    assert [word for word in names_and_addresses(people) if word in written.getvalue()] == []


@pytest.mark.slow
def test_trouble_changes_nothing_but_the_time(sqlite_url: str, postgres_url: str) -> None:
    calm, _ = live(sqlite_url, patients=12, seed=5)
    rough, _ = live(postgres_url, patients=12, seed=5, crash=0.02, lost_ring=0.1, double_ring=0.1)
    assert taken(calm) == taken(rough)


def taken(world: World) -> set[tuple[str, str]]:
    """To whom went what, but for links and for mail to staff, which carry ids of the run."""
    sent = [one for provider in world.providers.values() for one in provider.ledger]
    return {(one.to, one.text.split("http")[0]) for one in sent if not one.message_id.startswith("esc_")}
