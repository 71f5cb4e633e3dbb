"""Killed anywhere, a campaign goes on: its ledger has everybody once, nobody twice, and the sums agree."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from followup.domain.campaign import CampaignState
from followup.domain.message import Channel
from followup.domain.outcome import CodeClass, Rejected
from followup.services import dispatch
from followup.services.campaigns import advance, draft, freeze, results, steer, watch
from followup.services.context import Context
from followup.services.quiesce import in_hand, next_due
from followup.storage import patients
from followup.storage.campaigns import recipients
from followup.storage.database import Database
from tests.builders import CLINIC, make_ctx, make_patient
from tests.fakes import FakeClock, FakeProvider
from tests.services.campaigns.parts import go_on, got, launched, people
from tests.services.seeds import sent, wire


class Killed(BaseException):
    """The process is dead."""


def _shaky(ctx: Context, rng: random.Random, chance: float) -> Callable[[Callable[[], object]], bool]:
    """Runs something that may be killed before or after any of its commits; True if it was."""

    def reach(_point: str) -> None:
        if rng.random() < chance:
            raise Killed

    def lives(work: Callable[[], object]) -> bool:
        ctx.db.reach = reach
        try:
            work()
        except Killed:
            return True
        finally:
            ctx.db.reach = None
        return False

    return lives


def test_killed_at_random_points_everybody_gets_it_once(sqlite: Database) -> None:
    ctx, rng = make_ctx(sqlite), random.Random(5)
    people(ctx, 150)
    one = launched(ctx, pace={"per_minute": 60}, hold_out=10)
    clock, ops, kills = ctx.clock, ctx.ops, 0
    assert isinstance(clock, FakeClock)
    assert isinstance(ops, FakeClock)
    lives, jobs = _shaky(ctx, rng, 0.25), wire(ctx)
    while draft.get(ctx, CLINIC, one.id).state is not CampaignState.FINISHED:
        for work in (advance.advance, dispatch.sweep, watch.watch):
            kills += lives(partial(work, ctx))
        jobs.drain()
        _meddle(ctx, one.id, rng, lives)
        clock.advance(timedelta(seconds=20))
        ops.advance(timedelta(seconds=20))
    assert kills > 10
    found = results.summary(ctx, CLINIC, one.id)
    assert set(got(ctx).values()) == {1}
    assert len(got(ctx)) == found.funnel["sent"] == 150 - found.states["held_out", ""]


def _meddle(ctx: Context, campaign_id: str, rng: random.Random, lives: Callable[[Callable[[], object]], bool]) -> None:
    """Now and then somebody pauses it and goes on, and is cut off in that too."""
    if rng.random() < 0.3 and draft.get(ctx, CLINIC, campaign_id).state is CampaignState.RUNNING:
        lives(partial(steer.pause, ctx, CLINIC, campaign_id, by="Mia", reason="wait"))
    if draft.get(ctx, CLINIC, campaign_id).state is CampaignState.PAUSED:
        lives(partial(steer.resume, ctx, CLINIC, campaign_id, by="Mia"))


def test_an_audience_is_written_down_once_in_spite_of_crashes(database: Database) -> None:
    ctx, rng = make_ctx(database), random.Random(2)
    people(ctx, 2500)
    one = launched(ctx)
    lives = _shaky(ctx, rng, 0.4)
    for _ in range(50):
        lives(lambda: list(freeze.freeze(ctx, one.id)))
    frozen = draft.get(ctx, CLINIC, one.id)
    assert frozen.frozen_at is not None
    with database.reading() as conn:
        assert recipients.tally(conn, one.id) == {"waiting": 2500}
    assert frozen.size == 2500


def test_ticks_side_by_side_make_no_message_twice(database: Database) -> None:
    ctx = make_ctx(database)
    people(ctx, 300)
    launched(ctx, pace={"per_minute": 150})
    with ThreadPoolExecutor(4) as pool:
        made = sum(pool.map(advance.advance, [ctx] * 8))
    assert made == 300
    go_on(ctx, 3)
    assert set(got(ctx).values()) == {1}


def test_another_channel_takes_over_for_the_same_person(sqlite: Database) -> None:
    bad = Rejected("21211", CodeClass.BAD_NUMBER, "no such number")
    plain = make_ctx(sqlite)
    ctx = make_ctx(sqlite, providers={**plain.providers, Channel.SMS: FakeProvider(outcomes=[bad])})
    with sqlite.transaction() as conn:
        patients.put(conn, make_patient(), ctx.clock.now())
    one = launched(ctx)
    go_on(ctx, 1)
    assert len(sent(ctx, Channel.EMAIL)) == 1
    found = results.summary(ctx, CLINIC, one.id)
    assert (found.size, dict(found.funnel)["sent"], found.ledger) == (1, 1, {"sent": 1})


def test_the_clock_knows_when_a_campaign_goes_on(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 30)
    launched(ctx, pace={"per_minute": 60, "per_day": 10}, starts_at="2026-03-03T09:00")
    assert in_hand(ctx).campaigns == 0
    days, clock = list[str](), ctx.clock
    assert isinstance(clock, FakeClock)
    while (due := next_due(ctx)) is not None:
        clock.set(due)
        go_on(ctx)
        days.append(f"{due:%d}")
    assert len(got(ctx)) == 30
    assert sorted(set(days)) == ["03", "04", "05"]
