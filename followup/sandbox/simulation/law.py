"""Law: the hours and consents once more, read from their sources and written apart from the product's own rules.

The simulated clinic is in Toronto, keeps the usual hours, uses implied consent (PIPEDA, `casl_implied_promo`), and
writes to US numbers under US_COMMON.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from followup.sandbox.simulation.facts import Place, Word
from followup.sandbox.simulation.town import HOME, ZONES

CLOSURES = frozenset({date(2026, 8, 4), date(2026, 12, 24), date(2027, 8, 3), date(2027, 12, 24)})
ANSWERS = frozenset({"compliance", "reply"})
SELLING = frozenset({"promo", "consent_request"})
_CARE = frozenset({"care", "checkin"})
_ONTARIO = holidays.country_holidays("CA", subdiv="ON")
_FEDERAL = holidays.country_holidays("US")
_US_CODES = frozenset({*ZONES["America/New_York"], *ZONES["America/Los_Angeles"]})
#: Newfoundland and Labrador share an area code over two zones.
_ALSO = {"709": ("America/Halifax",)}


def is_us(address: str) -> bool:
    """A number of the United States."""
    return address.startswith("+1") and address[2:5] in _US_CODES


def may_be_sent_at(kind: str, moment: datetime, place: Place, *, address: str) -> bool:
    """True if the clock on the wall allows it wherever the person may be."""
    if kind in ANSWERS:
        return True
    zones = [place.zone] if place.zone else [HOME, *(_zones_of(address) if address.startswith("+") else ())]
    clocks = [moment.astimezone(ZoneInfo(zone)) for zone in zones]
    if is_us(address) and not all(_by_us_common(kind, clock) for clock in clocks):
        return False
    return all(_by_usual_hours(kind, clock) for clock in clocks)


def _by_usual_hours(kind: str, clock: datetime) -> bool:
    minute, day = clock.hour * 60 + clock.minute, clock.date()
    if kind not in SELLING:
        return 8 * 60 <= minute < 21 * 60
    if day in _ONTARIO or day in CLOSURES:
        return False
    return 9 * 60 <= minute < 20 * 60 if day.weekday() < 5 else 10 * 60 <= minute < 18 * 60


def _by_us_common(kind: str, clock: datetime) -> bool:
    minute, day = clock.hour * 60 + clock.minute, clock.date()
    if kind not in SELLING:
        return 8 * 60 <= minute < 21 * 60
    if day in _FEDERAL or day in CLOSURES:
        return False
    return (12 if day.weekday() == 6 else 9) * 60 <= minute < 20 * 60


def limits(kind: str, *, us: bool) -> Sequence[tuple[int, int, frozenset[str]]]:
    """At most so many in so many days of these classes."""
    if us and kind in {*_CARE, "transactional"}:
        kinds = _CARE | {"transactional"}
        return ((1, 1, kinds), (3, 7, kinds))
    if kind in _CARE:
        return ((2, 1, _CARE), (5, 7, _CARE))
    return ((1, 1, SELLING), (2, 30, SELLING)) if kind in SELLING else ()


@cache
def _zones_of(number: str) -> tuple[str, ...]:
    code = number[2:5]
    return (*(zone for zone, codes in ZONES.items() if code in codes), *_ALSO.get(code, ()))


def agreed(words: Sequence[tuple[datetime, Word]], channel: str, moment: datetime, *, us: bool) -> bool:
    """True if the person's words allow promotion over `channel` on that day."""
    own = [(at, word) for at, word in words if word.channel == channel]
    ended = max((at for at, word in own if word.kind == "withdrawn"), default=None)
    day = moment.astimezone(ZoneInfo(HOME)).date()
    return any(
        _allows(word, day, us=us and channel == "sms")
        for at, word in own
        if word.kind != "withdrawn" and (ended is None or (at > ended and word.kind == "express"))
    )


def _allows(word: Word, day: date, *, us: bool) -> bool:
    if word.kind == "express":
        return word.written or not us
    months = {"implied_purchase": 24, "implied_inquiry": 6}[word.kind]
    return not us and day < later(word.basis, months)


def later(day: date, months: int) -> date:
    """So many calendar months later; a day that is not there is the last of its month."""
    whole = day.month - 1 + months
    year, month = day.year + whole // 12, whole % 12 + 1
    last = 31 if month == 12 else (date(year, month + 1, 1) - date(year, month, 1)).days
    return date(year, month, min(day.day, last))
