"""XLSX: the first visible sheet, a row at a time; its shared texts wait in a file, so that memory does not grow."""

import posixpath
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import IO, BinaryIO
from xml.etree import ElementTree

from followup.content.sheets.sheet import Sheet, refused
from followup.domain.sheet import Cell, Kind, Record, unsafe_cell

#: Unpacked bytes of one part: what no list of people needs, and a zip bomb does.
_MOST = 1024**3
_PLACE = 8
_CURE = "open it in a spreadsheet and save it as XLSX, or as CSV UTF-8"
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_MOST_COLUMNS = 16_384


class _Bounded:
    """A part of the archive; refused when it unpacks to too much, or declares entities, as no workbook does."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._left, self._tail = stream, _MOST, b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        block = self._stream.read(size)
        self._left -= len(block)
        seen = self._tail + block.replace(b"\x00", b"")
        if self._left < 0:
            raise refused("the workbook unpacks to more than a gibibyte", "split it into several lists")
        if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
            raise refused("the workbook declares entities", _CURE)
        self._tail = seen[-16:]
        return block


class _Strings:
    """Shared texts by their number, kept in a file; `places` holds where each begins."""

    def __init__(self, texts: IO[bytes], places: IO[bytes]) -> None:
        self._texts, self._places, self._count = texts, places, 0

    def add(self, text: str) -> None:
        """The next text."""
        self._places.write(self._texts.tell().to_bytes(_PLACE))
        raw = text.encode("utf-8", "replace")
        self._texts.write(len(raw).to_bytes(4) + raw)
        self._count += 1

    def get(self, number: int) -> str:
        """The text of this number; empty for one that is not there."""
        if not 0 <= number < self._count:
            return ""
        self._places.seek(number * _PLACE)
        self._texts.seek(int.from_bytes(self._places.read(_PLACE)))
        return self._texts.read(int.from_bytes(self._texts.read(4))).decode()


@dataclass(frozen=True, slots=True)
class _Book:
    """What cells need to be understood: shared texts, which styles are dates, and where days begin to count."""

    strings: _Strings
    dates: frozenset[int]
    epoch: datetime


def read_workbook(file: BinaryIO) -> Sheet:
    """The records of the first visible sheet; raises InvalidInput, also while rows are read."""
    try:
        archive = zipfile.ZipFile(file)
        sheet, many, epoch = _first_sheet(archive)
        remarks = ("the workbook has several sheets: the first is read",) if many else ()
        return Sheet("xlsx", _guarded(archive, sheet, epoch), remarks)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, OSError, zlib.error, RuntimeError):
        raise refused("the file is no XLSX workbook, or is damaged", _CURE) from None


def _guarded(archive: zipfile.ZipFile, sheet: str, epoch: datetime) -> Iterator[Record]:
    try:
        with ExitStack() as open_files:
            texts, places = (open_files.enter_context(tempfile.TemporaryFile()) for _ in range(2))
            book = _Book(_Strings(texts, places), _date_styles(archive), epoch)
            _read_strings(archive, book.strings)
            yield from _records(archive, sheet, book)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, zlib.error, RuntimeError):
        raise refused("the workbook is damaged", _CURE) from None


def _first_sheet(archive: zipfile.ZipFile) -> tuple[str, bool, datetime]:
    """Its path, whether there are more, and the day from which this workbook counts."""
    sheets, epoch = [], datetime(1899, 12, 30, tzinfo=UTC)
    for tag, element in _elements(archive, "xl/workbook.xml", "workbookPr", "sheet"):
        if tag == "workbookPr" and element.get("date1904") in {"1", "true"}:
            epoch = datetime(1904, 1, 1, tzinfo=UTC)
        elif tag == "sheet" and element.get("state", "visible") == "visible":
            sheets += [value for key, value in element.attrib.items() if key.endswith("}id")]
    targets = {
        element.get("Id"): element.get("Target", "")
        for _, element in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    if not sheets:
        raise refused("the workbook has no visible sheet", _CURE)
    target = targets[sheets[0]]
    path = target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    return path, len(sheets) > 1, epoch


def _elements(archive: zipfile.ZipFile, part: str, *wanted: str) -> Iterator[tuple[str, ElementTree.Element]]:
    """The wanted elements of a part as they end, by their bare names; each is forgotten once it was looked at."""
    with archive.open(part) as raw:
        above: list[ElementTree.Element] = []
        for event, element in ElementTree.iterparse(_Bounded(raw), ("start", "end")):  # noqa: S314 -- see _Bounded
            if event == "start":
                above.append(element)
                continue
            above.pop()
            name = element.tag.rpartition("}")[2]
            if name in wanted:
                yield name, element
                if above:
                    above[-1].remove(element)


def _date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The numbers of the cell styles that show a date."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    custom: set[int] = set()
    for tag, element in _elements(archive, "xl/styles.xml", "numFmt", "cellXfs"):
        if tag == "numFmt" and _shows_date(element.get("formatCode", "")):
            custom.add(int(element.get("numFmtId", "0")))
        else:
            formats = [int(xf.get("numFmtId", "0")) for xf in element]
            return frozenset(n for n, f in enumerate(formats) if f in _DATE_FORMATS or f in custom)
    return frozenset()


def _shows_date(code: str) -> bool:
    bare, quoted, skip = "", False, False
    for letter in code.lower().partition(";")[0]:
        if skip or letter == '"':
            quoted = quoted if skip else not quoted
            skip = False
        elif letter in "\\_*":
            skip = True
        elif not quoted:
            bare += letter
    return "[" not in bare.replace("[$-", "") and any(letter in bare for letter in "ymdhs") and "general" not in bare


def _read_strings(archive: zipfile.ZipFile, strings: _Strings) -> None:
    if "xl/sharedStrings.xml" in archive.namelist():
        for _, element in _elements(archive, "xl/sharedStrings.xml", "si"):
            strings.add(_text_of(element))


def _text_of(element: ElementTree.Element) -> str:
    """The text of runs; how a word is spoken (`rPh`) is no text."""
    found = []
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "t":
            found.append(child.text or "")
        elif name == "r":
            found += [t.text or "" for t in child if t.tag.endswith("}t") or t.tag == "t"]
    return "".join(found)


def _records(archive: zipfile.ZipFile, sheet: str, book: _Book) -> Iterator[Record]:
    number = 0
    for _, element in _elements(archive, sheet, "row"):
        number = int(element.get("r") or number + 1)
        cells = _cells(element, book)
        if any(cell.text for cell in cells):
            yield Record(number, cells, hidden=element.get("hidden") in {"1", "true"})


def _cells(row: ElementTree.Element, book: _Book) -> tuple[Cell, ...]:
    found: list[Cell] = []
    for element in row:
        column = _column(element.get("r", "")) if element.get("r") else len(found)
        if column >= _MOST_COLUMNS:
            raise ValueError("a column behind the last")
        found += [Cell()] * (column - len(found)) + [_cell(element, book)]
    return tuple(found)


def _column(reference: str) -> int:
    column = 0
    for letter in reference:
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    return column - 1


def _cell(element: ElementTree.Element, book: _Book) -> Cell:
    parts = {child.tag.rpartition("}")[2]: child for child in element}
    kind, value = element.get("t", "n"), parts["v"].text or "" if "v" in parts else ""
    if "f" in parts:
        return Cell(f"={parts['f'].text or ''}", Kind.FORMULA)
    if kind == "s":
        return Cell(unsafe_cell(book.strings.get(int(value or "-1"))))
    if kind == "inlineStr":
        return Cell(unsafe_cell(_text_of(parts["is"])) if "is" in parts else "")
    if kind == "e":
        return Cell(value, Kind.ERROR)
    if kind == "d":
        return Cell(value, Kind.DATE)
    if kind in {"str", "b"} or not value:
        return Cell(unsafe_cell(value))
    return _number(value, is_date=int(element.get("s", "0")) in book.dates, epoch=book.epoch)


def _number(value: str, *, is_date: bool, epoch: datetime) -> Cell:
    """A number as its digits, never in scientific notation; a date as ISO."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return Cell(value, Kind.ERROR)
    if not number.is_finite() or abs(number) >= 10**18:
        return Cell(value, Kind.ERROR)
    if is_date and 0 <= number < 2_958_466:
        moment = epoch + timedelta(seconds=round(float(number) * 86_400))
        return Cell(moment.date().isoformat() if not number % 1 else f"{moment:%Y-%m-%dT%H:%M:%S}", Kind.DATE)
    plain = f"{number:f}"
    return Cell(plain.rstrip("0").rstrip(".") if "." in plain else plain, Kind.NUMBER)
