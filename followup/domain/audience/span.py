"""When: a stretch of days as a person writes it, and the instants that it means on a given day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from followup.domain.offset import Offset
from followup.domain.window import Calendar, shift_date, to_local, to_utc

_NO_DAYS_OFF = Calendar()


@dataclass(frozen=True, slots=True)
class Span:
    """Instants from `low` on and before `high`; None is without end."""

    low: datetime | None = None
    high: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        """True if `moment` lies in it."""
        return (self.low is None or moment >= self.low) and (self.high is None or moment < self.high)


@dataclass(frozen=True, slots=True)
class When:
    """Days of the clinic's calendar, both ends included; `within` and `older_than` count back from today."""

    since: date | None = None
    until: date | None = None
    within: Offset | None = None
    older_than: Offset | None = None

    def span(self, now: datetime, zone: str) -> Span:
        """The instants it means at `now`: a day begins and ends in the clinic's zone, `within` ends now."""
        lows, highs = [], []
        if self.since is not None:
            lows.append(to_utc(self.since, time(), zone))
        if self.within is not None:
            lows.append(_back(self.within, now, zone))
            highs.append(now + timedelta(microseconds=1))
        if self.until is not None:
            highs.append(to_utc(self.until + timedelta(days=1), time(), zone))
        if self.older_than is not None:
            highs.append(_back(self.older_than, now, zone))
        return Span(max(lows, default=None), min(highs, default=None))


def _back(offset: Offset, now: datetime, zone: str) -> datetime:
    """The beginning of the day that lies `offset` before today."""
    back = Offset(months=-offset.months, days=-offset.days)
    return to_utc(shift_date(to_local(now, zone).date(), back, calendar=_NO_DAYS_OFF), time(), zone)


ALWAYS = When()
