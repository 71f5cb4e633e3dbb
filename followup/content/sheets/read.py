"""Opens a file by what is in it, whatever it is called; refuses what is no table with the cure."""

from typing import BinaryIO

from followup.content.sheets.sheet import Sheet, refused
from followup.content.sheets.text import read_text
from followup.content.sheets.workbook import read_workbook
from followup.domain.upload import MOST_BYTES

_AS_CSV = "save it as XLSX, or as CSV UTF-8"
#: First bytes of files that are no table to us.
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "the file is an old Excel workbook (XLS), or one with a password"),
    (b"%PDF", "the file is a PDF"),
    (b"{\\rtf", "the file is a text document"),
    (b"\x89PNG", "the file is a picture"),
    (b"\xff\xd8\xff", "the file is a picture"),
    (b"\x1f\x8b", "the file is compressed"),
)


def open_sheet(file: BinaryIO) -> Sheet:
    """The rows of a CSV or XLSX file that can be sought in; raises InvalidInput, also while rows are read."""
    size = file.seek(0, 2)
    file.seek(0)
    if not size:
        raise refused("the file is empty", "bring a file with a header and a row a person")
    if size > MOST_BYTES:
        raise refused(f"the file is larger than {MOST_BYTES // 1024**2} MiB", "split it into several lists")
    start = file.read(8)
    file.seek(0)
    for magic, told in _OTHERS:
        if start.startswith(magic):
            raise refused(told, _AS_CSV)
    return read_workbook(file) if start.startswith(b"PK\x03\x04") else read_text(file)
