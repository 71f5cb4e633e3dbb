"""Durations: how many days a text speaks of."""

import re

_NUMBERS = {
    **dict.fromkeys(("a", "an", "one", "un", "une", "last", "derniere", "past"), 1),
    **dict.fromkeys(("two", "deux", "couple"), 2),
    **dict.fromkeys(("three", "trois", "few", "quelques"), 3),
    **dict.fromkeys(("four", "quatre", "several", "plusieurs"), 4),
    "five": 5,
    "cinq": 5,
    "six": 6,
    "seven": 7,
    "sept": 7,
    "eight": 8,
    "huit": 8,
    "nine": 9,
    "neuf": 9,
    "ten": 10,
    "dix": 10,
    "twelve": 12,
    "douze": 12,
}
_UNITS = {
    "day": 1,
    "days": 1,
    "jour": 1,
    "jours": 1,
    "week": 7,
    "weeks": 7,
    "semaine": 7,
    "semaines": 7,
    "month": 30,
    "months": 30,
    "mois": 30,
}
_LENGTH = re.compile(
    rf" (\d{{1,3}}|{'|'.join(_NUMBERS)})(?: (?:good|full|whole|of|more than|bonne|bonnes|grosse))? "
    rf"({'|'.join(_UNITS)})(?= )"
)
_DAY = re.compile(r" (?:day|jour) (\d{1,3})(?= )")
_WEEK_LAST = re.compile(r" semaine (?:derniere|passee)(?= )")


def days(text: str) -> int:
    """The longest time that a canonical text names, in days; 0 if it names none."""
    found = [_number(m[1]) * _UNITS[m[2]] for m in _LENGTH.finditer(text)]
    found += [int(m[1]) for m in _DAY.finditer(text)]
    found += [7 for _ in _WEEK_LAST.finditer(text)]
    return max(found, default=0)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]
