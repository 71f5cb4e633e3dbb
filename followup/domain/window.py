"""Local time: when a step falls due, and when a message class may be sent."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from followup.domain.clinic import Clinic, SendWindow
from followup.domain.message import MessageClass
from followup.domain.offset import Offset

#: No search for an open day looks further than this.
REACH_DAYS = 60

Span = tuple[datetime, datetime]

_EVERY_DAY = frozenset(range(7))
_ALL_CLASS_HOURS = (SendWindow(_EVERY_DAY, time(8), time(21)),)
_PROMO_HOURS = (
    SendWindow(frozenset(range(5)), time(9), time(20), on_holidays=False),
    SendWindow(frozenset({5, 6}), time(10), time(18), on_holidays=False),
)

#: Hours of a clinic that sets none (facts 1.10); an empty tuple is any time.
DEFAULT_WINDOWS: Mapping[MessageClass, tuple[SendWindow, ...]] = {
    MessageClass.CARE: _ALL_CLASS_HOURS,
    MessageClass.CHECKIN: _ALL_CLASS_HOURS,
    MessageClass.TRANSACTIONAL: _ALL_CLASS_HOURS,
    MessageClass.PROMO: _PROMO_HOURS,
    MessageClass.CONSENT_REQUEST: _PROMO_HOURS,
    MessageClass.COMPLIANCE: (),
    MessageClass.REPLY: (),
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off of a clinic: statutory holidays (a set, or a question asked of a date) and its own closures."""

    holidays: frozenset[date] | Callable[[date], bool] = frozenset()
    closures: frozenset[date] = frozenset()

    def is_day_off(self, day: date) -> bool:
        """True on a statutory holiday or a closure."""
        if day in self.closures:
            return True
        return day in self.holidays if isinstance(self.holidays, frozenset) else self.holidays(day)

    def is_business_day(self, day: date) -> bool:
        """True from Monday to Friday unless it is a day off."""
        return day.weekday() < 5 and not self.is_day_off(day)


def windows_for(clinic: Clinic, message_class: MessageClass) -> tuple[SendWindow, ...]:
    """The clinic's own hours for a class, else the defaults."""
    return clinic.windows.get(message_class, DEFAULT_WINDOWS[message_class])


def find_zone(name: ZoneInfo | str) -> ZoneInfo:
    """The zone called `name`; raises ValueError with the cure if there is none."""
    if isinstance(name, ZoneInfo):
        return name
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # an impossible key, a malformed one, the name of a folder
        raise ValueError(f"unknown time zone {name!r}: write an IANA name such as America/Toronto") from None


def to_local(moment: datetime, zone: ZoneInfo | str) -> datetime:
    """`moment` as the clock on the wall shows it in `zone`."""
    return moment.astimezone(find_zone(zone))


def to_utc(day: date, at: time, zone: ZoneInfo | str) -> datetime:
    """The instant of a local date and time: a missing hour moves forward by the gap, a doubled one is the earlier."""
    return datetime.combine(day, at.replace(fold=0), tzinfo=find_zone(zone)).astimezone(UTC)


def next_opening(
    windows: Sequence[SendWindow], zone: ZoneInfo | str, moment: datetime, *, calendar: Calendar
) -> datetime:
    """The first allowed instant at or after `moment`; no windows means always.

    A window belongs to the day it opens on, also when it runs over midnight. Windows with `on_holidays=False`
    do not open on statutory holidays and closures. Raises ValueError if none opens within 60 days.
    """
    if not windows:
        return moment
    for start, end in _spans(windows, find_zone(zone), moment, calendar=calendar):
        if end > moment:
            return max(start, moment)
    raise ValueError(f"no send window opens within {REACH_DAYS} days: give the message class hours on some weekday")


def is_open(windows: Sequence[SendWindow], zone: ZoneInfo | str, moment: datetime, *, calendar: Calendar) -> bool:
    """True if `moment` lies inside a window."""
    if not windows:
        return True
    spans = _spans(windows, find_zone(zone), moment, calendar=calendar, reach=1)
    return any(start <= moment < end for start, end in spans)


def closes_at(
    windows: Sequence[SendWindow], zone: ZoneInfo | str, moment: datetime, *, calendar: Calendar
) -> datetime | None:
    """When the hours open at `moment` (or next open, if shut) end; None if they do not end within 60 days.

    Windows that touch or overlap count as one.
    """
    if not windows:
        return None
    opened = next_opening(windows, zone, moment, calendar=calendar)
    end = opened
    for start, stop in _spans(windows, find_zone(zone), opened, calendar=calendar):
        if start > end:
            return end
        end = max(end, stop)
    return None if end - opened >= timedelta(days=REACH_DAYS - 1) else end


def longest_shut(windows: Sequence[SendWindow]) -> timedelta:
    """The longest time without an open window in a week without holidays and clock changes."""
    if not windows:
        return timedelta(0)
    monday, longest, end = datetime(2024, 1, 8, tzinfo=UTC), timedelta(0), None
    for start, stop in _spans(windows, ZoneInfo("UTC"), monday, calendar=Calendar(), reach=15):
        if end is not None:
            longest = max(longest, start - end)
        end = stop if end is None else max(end, stop)
    return longest if end is not None else timedelta.max


def add_business_days(day: date, count: int, *, calendar: Calendar) -> date:
    """The `count`-th business day after `day` (before it if negative); raises ValueError if none comes in 60 days."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        ahead = (day + n * step for n in range(1, REACH_DAYS + 1))
        found = next((d for d in ahead if calendar.is_business_day(d)), None)
        if found is None:
            raise ValueError(f"no business day within {REACH_DAYS} days: look at the clinic's closures")
        day = found
    return day


def shift_date(day: date, offset: Offset, *, calendar: Calendar) -> date:
    """`day` moved by the dated parts of `offset`: months (clipped to the month end), then days, then business days."""
    month = day + relativedelta(months=offset.months) if offset.months else day
    moved = month + timedelta(days=offset.days)
    return add_business_days(moved, offset.business_days, calendar=calendar)


def step_instant(
    anchor: datetime,
    offset: Offset,
    *,
    clinic_zone: ZoneInfo | str,
    patient_zone: ZoneInfo | str,
    at: time | None,
    calendar: Calendar,
    weekdays: frozenset[int] = frozenset(),
) -> datetime:
    """When a step falls due, before any send window is looked at.

    The anchor's date is the clinic's; the hour is the patient's: `at`, else the anchor's own wall-clock time. An offset
    of minutes is exact and has no use for `at`. An empty `patient_zone` means the clinic's. With `weekdays` the date
    moves forward to the first of them.
    """
    minutes = timedelta(minutes=offset.minutes)
    if not offset.is_dated:
        return (anchor + minutes).astimezone(UTC)
    zone = find_zone(patient_zone or clinic_zone)
    day = shift_date(to_local(anchor, clinic_zone).date(), offset, calendar=calendar)
    day += timedelta(days=min(((wanted - day.weekday()) % 7 for wanted in weekdays), default=0))
    return to_utc(day, at or to_local(anchor, zone).time(), zone) + minutes


def _spans(
    windows: Sequence[SendWindow], zone: ZoneInfo, moment: datetime, *, calendar: Calendar, reach: int = REACH_DAYS
) -> Iterator[Span]:
    """Open spans in order of their start, from the day before `moment` on."""
    first = moment.astimezone(zone).date()
    for n in range(-1, reach + 1):
        day = first + timedelta(days=n)
        yield from sorted(_spans_of_day(windows, zone, day, calendar=calendar))


def _spans_of_day(windows: Sequence[SendWindow], zone: ZoneInfo, day: date, *, calendar: Calendar) -> Iterator[Span]:
    for window in windows:
        if day.weekday() not in window.days or not (window.on_holidays or not calendar.is_day_off(day)):
            continue
        all_day = window.opens == window.closes
        start = to_utc(day, time(0) if all_day else window.opens, zone)
        over_midnight = window.closes <= window.opens
        end = _close(day + timedelta(days=over_midnight), time(0) if all_day else window.closes, zone)
        if start < end:
            yield start, end


def _close(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Like `to_utc`, but a closing time in a missing hour is the instant the clock jumps, so that no hours grow."""
    late = to_utc(day, at, zone)
    early = datetime.combine(day, at.replace(fold=1), tzinfo=zone).astimezone(UTC)
    if early >= late:
        return late
    low, high = early, late
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        same = middle.astimezone(zone).utcoffset() == early.astimezone(zone).utcoffset()
        low, high = (middle, high) if same else (low, middle)
    return high.replace(microsecond=0)
