"""Terms: the days off that go with the hours of another country."""

from datetime import date
from functools import cache

import holidays

from followup.domain.window import Calendar


@cache
def _federal(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("US", years=year))


def is_federal_holiday(day: date) -> bool:
    """True on a federal holiday of the United States."""
    return day in _federal(day.year)


def federal_calendar(closures: frozenset[date] = frozenset()) -> Calendar:
    """Federal holidays of the United States beside a clinic's own closures."""
    return Calendar(is_federal_holiday, closures)
