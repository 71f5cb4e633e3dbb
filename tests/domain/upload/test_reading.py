"""Rows of a list: what each cell may hold, and what is wrong with it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup.domain.errors import InvalidInput
from followup.domain.message import Channel
from followup.domain.sheet import Cell, Kind, Record
from followup.domain.upload import Entry, read_entry, read_header

HEADER = [
    "id",
    "Prénom",
    "Last name",
    "Mobile",
    "Courriel",
    "Langue",
    "consent",
    "consent_channel",
    "consent_date",
    "evidence",
]
GOOD = ["P-1", "Élise", "Roy", "416 555-0123", "elise@example.com", "French", "", "", "", ""]
TODAY = date(2026, 3, 2)


def read(**cells: str) -> Entry | list[tuple[str, str]]:
    """A good row with these cells in the place of its own, or its faults."""
    columns = read_header(HEADER)
    row = [cells.get(field, GOOD[place]) for field, place in columns.places.items()]
    found = read_entry(Record(7, tuple(map(Cell, row))), columns, today=TODAY)
    return found if isinstance(found, Entry) else [(fault.column, fault.reason) for fault in found]


def test_a_good_row_is_read_whole() -> None:
    entry = read()
    assert isinstance(entry, Entry)
    assert (entry.row, entry.patient_id, entry.given_name, entry.language) == (7, "P-1", "Élise", "fr-CA")
    assert [p.value for p in entry.points] == ["+14165550123", "elise@example.com"]


@pytest.mark.parametrize(
    "phone", ["4165550123", "4165550123.0", "14165550123", "+1 (416) 555-0123", "4.165550123E+09", "1.4165550123E+10"]
)
def test_a_phone_that_lost_nothing_is_restored(phone: str) -> None:
    entry = read(sms=phone)
    assert isinstance(entry, Entry)
    assert entry.points[0].value == "+14165550123"


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"sms": "4.16555E+09"}, ("Mobile", "lost its last digits: a spreadsheet wrote it in scientific notation")),
        ({"sms": "4,17E+09"}, ("Mobile", "lost its last digits: a spreadsheet wrote it in scientific notation")),
        ({"sms": "612345678"}, ("Mobile", "is no valid phone number")),
        ({"sms": "=1+1"}, ("Mobile", "is a formula")),
        ({"sms": "+cmd|' /C calc'!A0"}, ("Mobile", "is a formula")),
        ({"email": "elise@"}, ("Courriel", "is no e-mail address")),
        ({"given_name": "=cmd|' /C calc'!A0"}, ("Prénom", "is a formula")),
        ({"given_name": "@SUM(A1)"}, ("Prénom", "is a formula")),
        ({"given_name": "Ã‰lise"}, ("Prénom", "has garbled letters")),
        ({"given_name": "\ufffdlise"}, ("Prénom", "has garbled letters")),
        ({"given_name": "a\nb"}, ("Prénom", "has a line end")),
        ({"given_name": "x" * 201}, ("Prénom", "is too long")),
        ({"language": "xx yy zz"}, ("Langue", "is no language")),
        ({"patient_id": "", "sms": "", "email": ""}, ("id", "says neither who it is nor how to reach them")),
        ({"consent": "promo"}, ("consent_date", "is missing: a consent needs class, date and evidence")),
        ({"consent_evidence": "form"}, ("consent", "is missing: a consent needs class, date and evidence")),
    ],
)
def test_a_fault_names_its_column(cells: dict[str, str], fault: tuple[str, str]) -> None:
    ((column, reason),) = read(**cells)
    assert (column, reason[: len(fault[1])]) == fault


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("2026-02-13", "2026-02-13"), ("2026/2/13", "2026-02-13"), ("13/02/2026", "2026-02-13"),
        ("02.13.2026", "2026-02-13"), ("46066", "2026-02-13"), ("2026-02-13T10:00:00", "2026-02-13"),
        ("02/03/2026", "can be read as two days"), ("32/13/2026", "is no date"), ("soon", "is no date"),
        ("2026-02-1399", "is no date"), ("²", "is no date"),
        ("2027-01-01", "lies in the future"),
    ],
)  # fmt: skip
def test_a_day_means_one_thing_or_nothing(told: str, meant: str) -> None:
    found = read(consent="promo", consent_date=told, consent_evidence="intake form v3", consent_channel="sms")
    assert (found.consents[0].recorded_on if isinstance(found, Entry) else found[0][1]) == meant


def test_a_consent_over_two_ways_names_them() -> None:
    said = {"consent": "promo", "consent_date": "2026-02-13", "consent_evidence": "form"}
    assert read(**said) == [("consent_channel", "is missing: the consent is for one channel or both")]
    both = read(**said, consent_channel="SMS + email")
    assert isinstance(both, Entry)
    assert [given.channel for given in both.consents] == list(Channel)


def test_a_row_that_nobody_sees_is_a_fault() -> None:
    (fault,) = read_entry(Record(2, (Cell("P-1"),), hidden=True), read_header(["id"]), today=TODAY)
    assert (fault.row, fault.column, fault.reason) == (2, "", "is hidden in the spreadsheet")


def test_an_error_of_the_spreadsheet_is_told() -> None:
    row = Record(2, (Cell("P-1"), Cell("#REF!", Kind.ERROR)))
    (fault,) = read_entry(row, read_header(["id", "first name"]), today=TODAY)
    assert (fault.row, fault.column, fault.reason) == (2, "first name", "is an error of the spreadsheet")


WILD = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="0123456789.,-+/eE: ", max_size=24),
    st.sampled_from(["promo", "sms+email", "=A1", "4.1E+9", "1E+99999999999", "2026-02-13", "en", "ana@example.com"]),
)


@settings(max_examples=80)
@given(st.lists(st.tuples(WILD, st.sampled_from(Kind)), min_size=len(HEADER), max_size=len(HEADER) + 2))
def test_whatever_a_row_holds_is_answered(cells: list[tuple[str, Kind]]) -> None:
    record = Record(2, tuple(Cell(text, kind) for text, kind in cells))
    found = read_entry(record, read_header(HEADER), today=TODAY)
    assert isinstance(found, Entry) or all(fault.reason and fault.cure for fault in found)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (["id", "phone", "x", "phone"], "columns mean the same: B (phone) and D (phone)"),
        (["patient", "Mobile", "Téléphone"], "columns mean the same: B (Mobile) and C (Téléphone)"),
        (["given_name", "family_name"], "row 1 names no column that says who is meant"),
        ([], "row 1 names no column that says who is meant"),
    ],
)
def test_a_header_must_mean_one_thing(header: list[str], told: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_header(header)
    assert told in str(refused.value)


def test_columns_of_others_are_passed_over() -> None:
    columns = read_header(["id", "shoe size", "problem", ""])
    assert (columns.ignored, columns.names) == (("shoe size",), ("id", "shoe size", "problem"))
