"""The arithmetic of pace: the due times of the next messages, never more than two minutes ahead, never made up for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from followup.domain.campaign.definition import Pace

#: Messages are made so little ahead of their time that a new pace or a pause needs no re-planning.
AHEAD = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the pace has come: the last due time given, and how many were given on the clinic's day."""

    last_due: datetime | None = None
    day: date | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Hours:
    """The clinic's calendar as functions: the first allowed instant at or after one, its date, the next day's start."""

    opening: Callable[[datetime], datetime]
    day_of: Callable[[datetime], date]
    next_day: Callable[[datetime], datetime]


def due_times(
    pace: Pace, done: Progress, *, now: datetime, not_before: datetime | None, hours: Hours, limit: int
) -> tuple[list[datetime], Progress]:
    """Up to `limit` due times from `now` to two minutes ahead, and the progress with them.

    Time in which nothing was made is gone: no burst follows a pause, a closed night or a late tick.
    """
    gap, found = timedelta(minutes=1) / pace.per_minute, list[datetime]()
    while len(found) < limit:
        after = done.last_due + gap if done.last_due is not None else now
        at = _allowed(pace, done, max(now, after, not_before or now), hours=hours)
        if at > now + AHEAD:
            break
        day = hours.day_of(at)
        done = Progress(at, day, done.count + 1 if day == done.day else 1)
        found.append(at)
    return found, done


def _allowed(pace: Pace, done: Progress, at: datetime, *, hours: Hours) -> datetime:
    at = hours.opening(at)
    full = pace.per_day is not None and hours.day_of(at) == done.day and done.count >= pace.per_day
    return hours.opening(hours.next_day(at)) if full else at


def next_time(pace: Pace, done: Progress, *, now: datetime, not_before: datetime | None, hours: Hours) -> datetime:
    """When the next message falls due at the earliest."""
    after = done.last_due + timedelta(minutes=1) / pace.per_minute if done.last_due is not None else now
    return _allowed(pace, done, max(now, after, not_before or now), hours=hours)


def finish_time(pace: Pace, done: Progress, count: int, *, now: datetime, not_before: datetime | None, hours: Hours,
                closes: Callable[[datetime], datetime | None]) -> datetime:  # fmt: skip
    """When the last of `count` messages falls due at this pace, if the inbox never holds it up. Goes by days."""
    gap, at = timedelta(minutes=1) / pace.per_minute, now
    while count > 0:
        at = next_time(pace, done, now=now, not_before=not_before, hours=hours)
        room = pace.per_day - (done.count if done.day == hours.day_of(at) else 0) if pace.per_day is not None else count
        end = closes(at)
        fits = count if end is None else max(1, -(-(end - at) // gap))
        some = max(1, min(count, room, fits))
        at += (some - 1) * gap
        same = hours.day_of(at) == done.day
        done = replace(done, last_due=at, day=hours.day_of(at), count=some + (done.count if same else 0))
        count -= some
    return at
