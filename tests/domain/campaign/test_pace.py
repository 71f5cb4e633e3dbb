"""Pace: so many a minute and a day, two minutes ahead at most, and nothing is made up for."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from followup.domain.campaign import Pace
from followup.domain.campaign.pace import AHEAD, Hours, Progress, due_times, finish_time

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def _next_day(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) + DAY


def _opening(moment: datetime) -> datetime:
    opens = moment.replace(hour=9, minute=0, second=0, microsecond=0)
    return max(opens, moment) if moment.hour < 17 else opens + DAY


ALWAYS = Hours(lambda moment: moment, lambda moment: moment.date(), _next_day)
OFFICE = Hours(_opening, lambda moment: moment.date(), _next_day)


def _times(pace: Pace, now: datetime, done: Progress = Progress(), hours: Hours = ALWAYS) -> list[datetime]:
    return due_times(pace, done, now=now, not_before=None, hours=hours, limit=10_000)[0]


@pytest.mark.parametrize("per_minute", [1, 6, 60, 600])
def test_two_minutes_ahead_are_made_and_no_more(per_minute: int) -> None:
    times = _times(Pace(per_minute), NOON)
    assert len(times) == 2 * per_minute + 1
    assert times[0] == NOON
    assert times[-1] <= NOON + AHEAD


def test_every_tick_goes_on_where_the_last_ended() -> None:
    done, found, now = Progress(), list[datetime](), NOON
    for _ in range(600):
        times, done = due_times(Pace(30), done, now=now, not_before=None, hours=ALWAYS, limit=100)
        found += times
        now += timedelta(seconds=1)
    gaps = {after - before for before, after in pairwise(found)}
    assert gaps == {timedelta(seconds=2)}


def test_lost_time_is_not_made_up_for() -> None:
    late = NOON + timedelta(hours=3)
    assert _times(Pace(10), late, Progress(NOON, NOON.date(), 5))[0] == late


def test_a_new_pace_counts_from_the_last_message() -> None:
    done = Progress(NOON + timedelta(seconds=30), NOON.date(), 3)
    assert _times(Pace(60), NOON, done)[0] == NOON + timedelta(seconds=31)


def test_a_full_day_goes_on_at_the_next_opening() -> None:
    full = Progress(NOON, NOON.date(), 50)
    assert _times(Pace(10, per_day=50), NOON, full, OFFICE) == []
    tomorrow = NOON.replace(hour=9) + DAY
    assert _times(Pace(10, per_day=50), tomorrow, full, OFFICE)[0] == tomorrow


def test_the_limit_of_a_day_is_kept_across_midnight() -> None:
    late = NOON.replace(hour=23, minute=59)
    times = _times(Pace(60, per_day=20), late)
    assert [len([t for t in times if t.date() == day]) for day in (late.date(), (late + DAY).date())] == [20, 20]


def test_outside_the_hours_nothing_is_made_yet() -> None:
    assert _times(Pace(10), NOON.replace(hour=20), hours=OFFICE) == []


@pytest.mark.parametrize(("count", "end"), [
    (1, NOON), (11, NOON + timedelta(minutes=1)), (100, NOON + timedelta(seconds=99 * 6)),
    (101, NOON.replace(hour=9) + DAY), (250, NOON.replace(hour=9) + 2 * DAY + timedelta(seconds=49 * 6)),
])  # fmt: skip
def test_the_end_is_foretold_by_days(count: int, end: datetime) -> None:
    given = {"now": NOON, "not_before": None, "hours": OFFICE, "closes": lambda at: at.replace(hour=17, minute=0)}
    assert finish_time(Pace(10, per_day=100), Progress(), count, **given) == end
