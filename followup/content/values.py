"""What may stand in a gap: the placeholders, and how a value is made harmless before it gets there."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime

from followup.domain.visit import Choices, Spoken

PLACEHOLDERS = frozenset({
    "given_name", "clinic_name", "clinic_phone", "clinic_email", "clinic_web", "clinic_address", "clinic_legal_name",
    "practitioner", "treatment_date", "session", "of", "next_session", "link", "unsubscribe_url", "stop_line",
    "preferences_url", "contact_url", "visit_day", "visit_short", "visit_time", "visit_link", "choices", "words",
})  # fmt: skip
#: Written by people about people: they are cut and made unclickable.
PERSONAL = frozenset({"given_name", "practitioner"})
#: Longest personal name that is shown; a longer one ends here, without a sign.
NAME_LENGTH = 60

_INVISIBLE = frozenset("\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff") | {
    chr(c) for low, high in ((0x202A, 0x202E), (0x2066, 0x206F), (0xFFF9, 0xFFFB)) for c in range(low, high + 1)
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


def clean_values(values: Mapping[str, object], language: str) -> dict[str, str | int]:
    """The values that are there, as plain text of one line; blank ones are left out, so that a gap is never blank."""
    cleaned = {key: _clean(key, value, language) for key, value in values.items() if value is not None}
    return {key: value for key, value in cleaned.items() if value != ""}


def long_date(day: date, language: str) -> str:
    """A date in words: `March 2, 2026`, `2 mars 2026`."""
    if language.startswith("fr"):
        return f"{'1er' if day.day == 1 else day.day} {_MONTHS['fr'][day.month - 1]} {day.year}"
    return f"{_MONTHS['en'][day.month - 1]} {day.day}, {day.year}"


def _clean(key: str, value: object, language: str) -> str | int:
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    if isinstance(value, Spoken | Choices):
        return _one_line(value.say(language))
    if isinstance(value, date):
        return long_date(value.date() if isinstance(value, datetime) else value, language)
    text = _one_line(str(value))
    return _person(text) if key in PERSONAL else text


def _one_line(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = "".join(_harmless(c) for c in unicodedata.normalize("NFC", text) if c not in _INVISIBLE)
    return " ".join(kept.split())


def _harmless(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    return "" if category in {"Cs", "Co"} else character


def _person(text: str) -> str:
    unlinked = re.sub(r"\.(?=\w)", ". ", re.sub(r":?//+", " ", text.replace("@", " ")))
    cut = " ".join(unlinked.split())[:NAME_LENGTH]
    while cut and (unicodedata.combining(cut[-1]) or cut[-1] == "\u200d") and len(cut) == NAME_LENGTH:
        cut = cut[:-1]
    return cut.strip()
