"""HourRule: send windows in one zone with one calendar; of several rules all must allow a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from followup.domain.clinic import SendWindow
from followup.domain.window import REACH_DAYS, Calendar, closes_at, next_opening


@dataclass(frozen=True, slots=True)
class HourRule:
    """Windows of one zone, and where the rule stands written; no windows means any time."""

    windows: tuple[SendWindow, ...]
    zone: str
    calendar: Calendar
    source: str = ""

    def opening(self, moment: datetime) -> datetime | None:
        """The first allowed instant at or after `moment`; None if none comes within 60 days."""
        try:
            return next_opening(self.windows, self.zone, moment, calendar=self.calendar)
        except ValueError:
            return None

    def closing(self, moment: datetime) -> datetime | None:
        """When the hours open at `moment` end; None if they do not."""
        return closes_at(self.windows, self.zone, moment, calendar=self.calendar)


def opening_of_all(rules: Sequence[HourRule], moment: datetime) -> datetime | None:
    """The first instant at or after `moment` that every rule allows; None if none comes within 60 days."""
    latest, reach = moment, moment + timedelta(days=REACH_DAYS)
    while latest <= reach:
        opens = [rule.opening(latest) for rule in rules]
        found = [one for one in opens if one is not None]
        if len(found) < len(opens):
            return None
        if all(one == latest for one in found):
            return latest
        latest = max(found)
    return None


def close_of_all(rules: Sequence[HourRule], moment: datetime) -> datetime | None:
    """When the first of the rules that are open at `moment` closes; None if none of them ever does."""
    return min((end for rule in rules if (end := rule.closing(moment)) is not None), default=None)


def shut_at(rules: Sequence[HourRule], moment: datetime) -> HourRule | None:
    """The first rule that does not allow `moment`."""
    return next((rule for rule in rules if rule.opening(moment) != moment), None)
