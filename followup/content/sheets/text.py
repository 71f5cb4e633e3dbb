"""CSV: the encoding is found out, never guessed into other letters; separators may be commas, semicolons or tabs."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from followup.content.sheets.sheet import Sheet, refused
from followup.domain.sheet import Cell, Record, unsafe_cell

_BLOCK = 1024 * 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CURE = "save it as CSV UTF-8"
#: Letters and signs of Windows-1252 that English and French use. Another byte means another code page.
_WINDOWS = frozenset(
    [*range(9, 14), *range(32, 127), *range(0xA0, 0x100), 0x80, 0x85, 0x8C, *range(0x91, 0x98), 0x99, 0x9C, 0x9F]
)
_SEPARATORS = ",;\t"
_SAID = re.compile(r'"?sep=([,;\t|])"?\s*$', re.IGNORECASE)


def read_text(file: BinaryIO) -> Sheet:
    """The records of a CSV file; raises InvalidInput for an unknown encoding, and for broken quotes as they are met."""
    encoding = _encoding(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    return Sheet("utf-8" if encoding == "utf-8-sig" else encoding, _records(text))


def _encoding(file: BinaryIO) -> str:
    start = file.read(4096)
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise refused("the file is UTF-32", _CURE)
    for bom, name in _BOMS:
        if start.startswith(bom):
            return _proven(file, name)
    if b"\x00" in start:
        return _proven(file, _wide(start))
    if _decodes(file, "utf-8"):
        return "utf-8"
    if _is_windows(file):
        return "cp1252"
    raise refused("the file's encoding cannot be told: it is neither UTF-8, UTF-16 nor Windows-1252", _CURE)


def _wide(start: bytes) -> str:
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) < len(start) // 4 or min(even, odd) > len(start) // 50:
        raise refused("the file is no text", "bring a CSV or XLSX file")
    return "utf-16-le" if odd > even else "utf-16-be"


def _proven(file: BinaryIO, encoding: str) -> str:
    if not _decodes(file, encoding):
        raise refused(f"the file begins as {encoding.upper().removesuffix('-SIG')} but does not go on so", _CURE)
    return encoding


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_windows(file: BinaryIO) -> bool:
    file.seek(0)
    unlike = bytes(b for b in range(256) if b not in _WINDOWS)
    while block := file.read(_BLOCK):
        if len(block.translate(None, unlike)) != len(block):
            return False
    return True


def _records(text: io.TextIOWrapper) -> Iterator[Record]:
    first = text.readline(_BLOCK)
    said = _SAID.match(first)
    separator = said[1] if said else max(_SEPARATORS, key=first.count)
    text.seek(0)
    reader = csv.reader(text, delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells) and not (said and number == 1):
                yield Record(number, tuple(Cell(unsafe_cell(cell)) for cell in cells))
    except csv.Error as error:
        raise refused(f"line {reader.line_num} is no CSV: {error}", "look at its quotes, or save it as XLSX") from None
    finally:
        with suppress(ValueError):  # whoever opened the file may have closed it before
            text.detach()
