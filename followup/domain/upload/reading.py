"""Reads a row: each cell is checked; what a spreadsheet did to numbers and dates is undone where nothing is lost."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from followup.domain.ids import PatientId
from followup.domain.message import Channel, MessageClass
from followup.domain.patient import ContactPoint, read_contact_point
from followup.domain.sheet import Cell, CellFault, Kind, Record, is_formula
from followup.domain.upload.entry import Entry, Given
from followup.domain.upload.header import Columns

_LONGEST = {"consent_evidence": 500}
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,](\d+))?E\+?(\d+)", re.IGNORECASE)
_PHONE = re.compile(r"\+[\d\s().\-\u00a0/]+")
_GARBLED = re.compile("\ufffd|Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]|â€")
_SLASHED = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})")
_LANGUAGES = {
    "en": "en-CA", "eng": "en-CA", "english": "en-CA", "anglais": "en-CA", "fr": "fr-CA", "fra": "fr-CA",
    "fre": "fr-CA", "french": "fr-CA", "francais": "fr-CA", "français": "fr-CA",
}  # fmt: skip
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
#: The days of serial numbers that a spreadsheet without a date format shows: 1954 to 2064.
_SERIALS = range(20_000, 60_000)
_DAY_ZERO = date(1899, 12, 30)


class _Bad(Exception):
    """What is wrong with a field, and the cure."""

    def __init__(self, field: str, reason: str, cure: str) -> None:
        super().__init__(reason)
        self.field, self.reason, self.cure = field, reason, cure


def read_entry(record: Record, columns: Columns, *, today: date) -> Entry | tuple[CellFault, ...]:
    """What a row says, or everything that is wrong with it."""
    faults: list[_Bad] = []
    cells = {field: _cell(record, place) for field, place in columns.places.items()}
    told: dict[str, str] = {}
    for field, cell in cells.items():
        try:
            told[field] = _text(field, cell)
        except _Bad as bad:
            faults.append(bad)
    points, language, consents = _values({} if faults else told, today, faults)
    if record.hidden:
        faults.append(_Bad("", "is hidden in the spreadsheet", "show the row, or delete it: a filter deletes nothing"))
    if any(cell.text for cell in record.cells[len(columns.names) :]):
        faults.append(_Bad("", "has more cells than the header", "name the column, or look for a stray separator"))
    if not faults and not told.get("patient_id") and not points:
        faults.append(_Bad(_who(columns), "says neither who it is nor how to reach them", "fill it in"))
    if faults:
        return tuple(CellFault(record.number, columns.name(b.field), b.reason, b.cure) for b in faults)
    name = PatientId(told["patient_id"]) if told.get("patient_id") else None
    return Entry(
        record.number, name, told.get("given_name", ""), told.get("family_name", ""), language, tuple(points), consents
    )


def _who(columns: Columns) -> str:
    return next(field for field in ("patient_id", "sms", "email") if field in columns.places)


def _cell(record: Record, place: int) -> Cell:
    return record.cells[place] if place < len(record.cells) else Cell()


def _text(field: str, cell: Cell) -> str:
    text = cell.text
    if cell.kind is Kind.FORMULA or (is_formula(text) and not (field == "sms" and _PHONE.fullmatch(text))):
        raise _Bad(field, "is a formula", "write the value itself; nothing that begins with = + - @ is read")
    if cell.kind is Kind.ERROR:
        raise _Bad(field, "is an error of the spreadsheet", "mend the formula or write the value")
    if len(text) > _LONGEST.get(field, 200):
        raise _Bad(field, "is too long", f"{_LONGEST.get(field, 200)} characters at most")
    if any(not c.isprintable() for c in text):
        raise _Bad(field, "has a line end or another sign that cannot be printed", "take it out")
    if _GARBLED.search(text):
        raise _Bad(field, "has garbled letters: the file was saved in one encoding and read in another", "type it anew")
    return text


def _values(told: dict[str, str], today: date, faults: list[_Bad]) -> tuple[list[ContactPoint], str, tuple[Given, ...]]:
    points: list[ContactPoint] = []
    language, consents = "", tuple[Given, ...]()
    for channel in Channel:
        try:
            points += _point(channel, told.get(channel.value, ""))
        except _Bad as bad:
            faults.append(bad)
    try:
        language = _language(told.get("language", ""))
    except _Bad as bad:
        faults.append(bad)
    try:
        consents = tuple(_consents(told, points, today))
    except _Bad as bad:
        faults.append(bad)
    return points, language, consents


def _point(channel: Channel, text: str) -> Iterator[ContactPoint]:
    if not text:
        return
    raw = _unscientific(text) if channel is Channel.SMS else text
    point = read_contact_point(channel, raw)
    if not point.valid:
        cure = "write ten digits, or + with the country; format the column as text" if channel is Channel.SMS else (
            "write name@example.com"
        )  # fmt: skip
        raise _Bad(channel.value, point.problem, cure)
    yield point


def _unscientific(text: str) -> str:
    """The digits of a number that a spreadsheet wrote as 4.165551234E+09; refused where digits were lost."""
    found = _SCIENTIFIC.fullmatch(text)
    if found is None:
        return text.removesuffix(".0")
    if len(found[1] or "") < int(found[2]):
        cure = "format the column as text and type the number anew"
        raise _Bad("sms", "lost its last digits: a spreadsheet wrote it in scientific notation", cure)
    return f"{Decimal(text.upper().replace(',', '.')):.0f}"


def _language(text: str) -> str:
    word = text.strip().replace("_", "-")
    known = _LANGUAGES.get(word.lower().partition(" ")[0])
    if known or not word:
        return known or ""
    base, _, region = word.partition("-")
    tag = f"{base.lower()}-{region.upper()}" if region else base.lower()
    if not _TAG.fullmatch(tag):
        raise _Bad("language", "is no language", "write en or fr")
    return tag


def _consents(told: dict[str, str], points: Sequence[ContactPoint], today: date) -> Iterator[Given]:
    named = [f for f in ("consent", "consent_channel", "consent_date", "consent_evidence") if told.get(f)]
    if not named:
        return
    for field in ("consent", "consent_date", "consent_evidence"):
        if not told.get(field):
            raise _Bad(field, "is missing: a consent needs class, date and evidence", "fill it in, or empty the others")
    if told["consent"].lower() != MessageClass.PROMO:
        raise _Bad("consent", "is no class that a person consents to", "write promo, or leave it empty")
    day = _day(told["consent_date"], today)
    for channel in _channels(told.get("consent_channel", ""), points):
        yield Given(MessageClass.PROMO.value, channel, day.isoformat(), told["consent_evidence"])


def _channels(text: str, points: Sequence[ContactPoint]) -> list[Channel]:
    own = [p.channel for p in points]
    words = re.split(r"[\s,;+&/]+", text.lower()) if text else []
    if not words and len(own) == 1:
        return own
    try:
        return list(dict.fromkeys(Channel(word) for word in words if word)) or _missing_channel()
    except ValueError:
        raise _Bad("consent_channel", "is no channel", "write sms, email, or sms+email") from None


def _missing_channel() -> list[Channel]:
    raise _Bad(
        "consent_channel", "is missing: the consent is for one channel or both", "write sms, email, or sms+email"
    )


def _day(text: str, today: date) -> date:
    """A day that can mean one thing only."""
    day = _parse_day(text)
    if day > today:
        raise _Bad("consent_date", "lies in the future", "write the day it was given")
    return day


def _parse_day(text: str) -> date:
    if text.isascii() and text.isdecimal() and int(text) in _SERIALS:
        return _DAY_ZERO + timedelta(days=int(text))
    try:
        found = _SLASHED.fullmatch(text)
        if found is None or len(found[1]) == 4:
            return datetime.fromisoformat("-".join(p.zfill(2) for p in found.groups()) if found else text).date()
        first, second, year = (int(part) for part in found.groups())
        if len(found[3]) == 4 and (first > 12 or second > 12 or first == second):
            return date(year, *((second, first) if first > 12 else (first, second)))
    except ValueError:
        raise _Bad("consent_date", "is no date", "write it as 2026-03-02") from None
    raise _Bad("consent_date", "can be read as two days", "write it as 2026-03-02")
