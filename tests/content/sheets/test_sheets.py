"""Files that people bring: found out by what is in them, read a row at a time, or refused with the cure."""

import io

import pytest

from followup.content.sheets import open_sheet
from followup.domain.errors import InvalidInput
from followup.domain.sheet import Kind
from tests.builders import ROOT
from tests.content.sheets.books import formula, make_book, number, shared

TEXT = "id;prénom\n1;Élise\n"


def texts(content: bytes | io.BytesIO) -> list[list[str]]:
    """The texts of all rows."""
    file = content if isinstance(content, io.BytesIO) else io.BytesIO(content)
    return [[cell.text for cell in record.cells] for record in open_sheet(file).records]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"), ("cp1252", "cp1252"),
    ],
)  # fmt: skip
def test_every_usual_encoding_is_found_out(encoding: str, named: str) -> None:
    content = (TEXT * 40).encode(encoding)
    assert texts(content)[:2] == [["id", "prénom"], ["1", "Élise"]]
    assert open_sheet(io.BytesIO(content)).encoding == named


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_and_quotes_are_those_of_spreadsheets(separator: str) -> None:
    content = f'id{separator}name\r\n\r\n1{separator}"a{separator} ""b""\nc"\r\n'.encode()
    assert texts(content) == [["id", "name"], ["1", f'a{separator} "b"\nc']]
    assert texts(f"sep={separator}\r\n".encode() + content)[0] == ["id", "name"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty"),
        (TEXT.encode("mac-roman"), "neither UTF-8, UTF-16 nor Windows-1252 (save it as CSV UTF-8)"),
        (TEXT.encode("cp850"), "neither UTF-8, UTF-16 nor Windows-1252 (save it as CSV UTF-8)"),
        (TEXT.encode("utf-32"), "the file is UTF-32"),
        (b"\xef\xbb\xbf" + TEXT.encode("cp1252"), "the file begins as UTF-8 but does not go on so"),
        (b"\x7fELF" + bytes(range(256)) * 20, "the file is no text"),
        (b'id,name\n1,"a\n', "is no CSV: unexpected end of data"),
        (b"id\n" + b"x" * 200_000, "is no CSV: field larger than field limit"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "an old Excel workbook (XLS), or one with a password (save it as XLSX"),
        (b"%PDF-1.7", "the file is a PDF"),
        (b"PK\x03\x04 not really", "is no XLSX workbook, or is damaged"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_cure(content: bytes, told: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        texts(content)
    assert told in str(refused.value)


def test_a_workbook_is_read_as_it_shows() -> None:
    rows = [
        [shared(0), shared(1)],
        [],
        [
            number("4.165550123E9"),
            number("46083", 1),
            number("46083.5", 2),
            formula("cmd|'/C calc'!A0"),
            number("1.50"),
        ],
        ['<c r="C4" t="inlineStr"><is><t>far</t></is></c>', '<c r="D4" t="e"><v>#REF!</v></c>'],
    ]
    found = list(open_sheet(make_book(rows, ["Numéro", "'+1 416"])).records)
    assert [record.number for record in found] == [1, 3, 4]
    assert [[cell.text for cell in record.cells] for record in found] == [
        ["Numéro", "+1 416"],
        ["4165550123", "2026-03-02", "2026-03-02T12:00:00", "=cmd|'/C calc'!A0", "1.5"],
        ["", "", "far", "#REF!"],
    ]
    assert [cell.kind for cell in found[1].cells][:4] == [Kind.NUMBER, Kind.DATE, Kind.DATE, Kind.FORMULA]


def test_days_count_from_where_the_workbook_says() -> None:
    assert texts(make_book([[number("44621", 1)]], more='date1904="1"')) == [["2026-03-02"]]


def test_rows_that_a_filter_hides_are_marked() -> None:
    found = open_sheet(make_book([[number("1")], [number("2")]], hidden=[2])).records
    assert [record.hidden for record in found] == [False, True]


def test_of_several_sheets_the_first_is_read() -> None:
    assert "several sheets" in open_sheet(make_book([[number("1")]], sheets=2)).remarks[0]


def test_a_workbook_with_entities_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    with pytest.raises(InvalidInput, match="declares entities"):
        texts(make_book([[number("1")]], head=bomb))


def test_a_damaged_workbook_is_refused() -> None:
    damaged = make_book([[number("1")]]).getvalue().replace(b"PK\x01\x02", b"PK\x01\x03", 1)
    with pytest.raises(InvalidInput, match="is no XLSX workbook, or is damaged"):
        texts(damaged)


@pytest.mark.parametrize("writer", ["openpyxl", "xlsxwriter"])
def test_workbooks_of_other_writers_are_read(writer: str) -> None:
    book = io.BytesIO((ROOT / f"tests/data/sheets/{writer}.xlsx").read_bytes())
    assert texts(book) == [
        ["id", "Prénom", "Mobile", "Date"],
        ["P-1", "Élise", "4165550123", "2026-03-02"],
        ["P-2", "=1+1", "+14165550124", "45000"],
    ]
