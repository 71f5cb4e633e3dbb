"""Statutory holidays of the Canadian provinces and territories, and the calendar of a clinic."""

from collections.abc import Iterable
from datetime import date
from functools import cache, partial

import holidays

from followup.domain.clinic import Clinic
from followup.domain.window import Calendar

#: Two-letter codes of provinces and territories.
PROVINCES: dict[str, str] = {
    "AB": "Alberta",
    "BC": "British Columbia",
    "MB": "Manitoba",
    "NB": "New Brunswick",
    "NL": "Newfoundland and Labrador",
    "NS": "Nova Scotia",
    "NT": "Northwest Territories",
    "NU": "Nunavut",
    "ON": "Ontario",
    "PE": "Prince Edward Island",
    "QC": "Quebec",
    "SK": "Saskatchewan",
    "YT": "Yukon",
}


@cache
def holidays_of(province: str, year: int, language: str = "en_CA") -> dict[date, str]:
    """Dates and names of one year's statutory holidays; `language` is `en_CA` or `fr`."""
    found = holidays.country_holidays("CA", subdiv=province, years=year, language=language)
    return dict(sorted(found.items()))


def is_holiday(province: str, day: date) -> bool:
    """True if `day` is a statutory holiday in `province`."""
    return day in holidays_of(province, day.year)


def calendar_of(province: str, closures: Iterable[date] = ()) -> Calendar:
    """The days off of a clinic in `province` with its own `closures`."""
    return Calendar(partial(is_holiday, province), frozenset(closures))


def clinic_calendar(clinic: Clinic) -> Calendar:
    """The days off of `clinic`."""
    return calendar_of(clinic.province, clinic.closures)
