"""A slow model of local time: it looks at the clock on the wall, minute by minute."""

import calendar
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from followup.domain.clinic import SendWindow
from followup.domain.offset import Offset

MINUTE = timedelta(minutes=1)


@lru_cache(maxsize=512)
def wall(zone: str, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """Every minute that can belong to `day` in Canada, and what the clock on the wall shows then."""
    start = datetime.combine(day, time(0), tzinfo=UTC)
    minutes = (start + n * MINUTE for n in range(34 * 60))
    return tuple((m, m.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)) for m in minutes)


def first_showing(zone: str, wanted: datetime) -> tuple[datetime, timedelta]:
    """The first minute at which the wall shows `wanted` or has jumped over it, and by how much it jumped."""
    before = None
    for minute, shown in wall(zone, wanted.date()):
        if shown == wanted:
            return minute, timedelta(0)
        if before is not None and before < wanted < shown:
            return minute, shown - before - MINUTE
        before = shown
    raise AssertionError(f"{zone} never shows {wanted}")


def local_instant(zone: str, wanted: datetime) -> datetime:
    """When it is `wanted`; a missing minute comes as much later as the clock jumped."""
    minute, jump = first_showing(zone, wanted)
    if not jump:
        return minute
    shown = minute.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return minute + (wanted + jump - shown)


def open_minutes(windows: Sequence[SendWindow], zone: str, day: date, days_off: frozenset[date]) -> set[datetime]:
    """Every open minute of the windows that open on `day`."""
    found: set[datetime] = set()
    for w in windows:
        if day.weekday() not in w.days or (day in days_off and not w.on_holidays):
            continue
        opens, closes = (time(0), time(0)) if w.opens == w.closes else (w.opens, w.closes)
        start = local_instant(zone, datetime.combine(day, opens))
        last_day = day + timedelta(days=closes <= opens)
        end, _ = first_showing(zone, datetime.combine(last_day, closes))
        found |= {start + n * MINUTE for n in range(max(0, int((end - start) / MINUTE)))}
    return found


def next_open_minute(
    windows: Sequence[SendWindow], zone: str, moment: datetime, days_off: frozenset[date]
) -> datetime | None:
    """The first open minute at or after `moment` within ten days."""
    today = moment.astimezone(ZoneInfo(zone)).date()
    for n in range(-1, 11):
        later = open_minutes(windows, zone, today + timedelta(days=n), days_off)
        later |= open_minutes(windows, zone, today + timedelta(days=n + 1), days_off)
        if later := {m for m in later if m >= moment}:
            return min(later)
    return None


def dated(day: date, offset: Offset, days_off: frozenset[date]) -> date:
    """`day` moved by months, days and business days, one at a time."""
    month = day.month - 1 + offset.months
    year, month = day.year + month // 12, month % 12 + 1
    moved = date(year, month, min(day.day, calendar.monthrange(year, month)[1])) + timedelta(days=offset.days)
    for _ in range(offset.business_days):
        moved += timedelta(days=1)
        while moved.weekday() > 4 or moved in days_off:
            moved += timedelta(days=1)
    return moved
