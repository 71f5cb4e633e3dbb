"""Hours: in which zones a person may be, and when the rules of all of them allow a message."""

from followup.domain.hours.rule import HourRule, close_of_all, opening_of_all, shut_at
from followup.domain.hours.terms import federal_calendar
from followup.domain.hours.zone import Whereabouts, ZoneChoice, zones_of_number

__all__ = [
    "HourRule",
    "Whereabouts",
    "ZoneChoice",
    "close_of_all",
    "federal_calendar",
    "opening_of_all",
    "shut_at",
    "zones_of_number",
]
