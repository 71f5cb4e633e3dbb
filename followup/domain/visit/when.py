"""When: the time of a visit in words, English and French; the short form costs no more than GSM-7."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Form(StrEnum):
    """How much of a time is said."""

    DAY = "day"  # Monday, March 30, 2026
    SHORT = "short"  # Mon Mar 30
    CLOCK = "clock"  # 2:00 PM


_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
_MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ),
}  # fmt: skip
#: Without û, which would make the whole text cost more than twice as much.
_SHORT_MONTHS = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juill.", "aout", "sept.", "oct.", "nov.", "déc.")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A local time that is put into words once the language is known."""

    at: datetime  # as the clock on the clinic's wall shows it
    form: Form

    def say(self, language: str) -> str:
        """`Monday, March 30, 2026` or `lundi 30 mars 2026`, and so on."""
        match self.form:
            case Form.DAY:
                return _day(self.at, language)
            case Form.SHORT:
                return _short(self.at, language)
            case Form.CLOCK:
                return _clock(self.at, language)


@dataclass(frozen=True, slots=True)
class Choices:
    """Several visits under their numbers; a name goes with each where they are of several people."""

    visits: Sequence[tuple[str, datetime]]  # name (or nothing) and local time

    def say(self, language: str) -> str:
        """`1 = Mon Mar 30, 2:00 PM; 2 = Ana, Tue Mar 31, 9:30 AM`."""
        said = (
            ", ".join(part for part in (name, _short(at, language), _clock(at, language)) if part)
            for name, at in self.visits
        )
        return "; ".join(f"{number} = {one}" for number, one in enumerate(said, 1))


def _day(at: datetime, language: str) -> str:
    if _is_french(language):
        return f"{_DAYS['fr'][at.weekday()]} {_ordinal(at)} {_MONTHS['fr'][at.month - 1]} {at.year}"
    return f"{_DAYS['en'][at.weekday()]}, {_MONTHS['en'][at.month - 1]} {at.day}, {at.year}"


def _short(at: datetime, language: str) -> str:
    if _is_french(language):
        return f"{_DAYS['fr'][at.weekday()][:3]}. {_ordinal(at)} {_SHORT_MONTHS[at.month - 1]}"
    return f"{_DAYS['en'][at.weekday()][:3]} {_MONTHS['en'][at.month - 1][:3]} {at.day}"


def _clock(at: datetime, language: str) -> str:
    if _is_french(language):
        return f"{at.hour} h {at.minute:02d}" if at.minute else f"{at.hour} h"
    return f"{at.hour % 12 or 12}:{at.minute:02d} {'AM' if at.hour < 12 else 'PM'}"


def _ordinal(at: datetime) -> str:
    return "1er" if at.day == 1 else str(at.day)


def _is_french(language: str) -> bool:
    return language.lower().startswith("fr")
