"""Workbooks as spreadsheets write them, part by part."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_STYLES = (
    f'<styleSheet {_MAIN}><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)


def shared(number: int) -> str:
    """A cell of a shared text."""
    return f'<c t="s"><v>{number}</v></c>'


def number(value: str, style: int = 0) -> str:
    """A cell of a number; style 1 and 2 show it as a date."""
    return f'<c s="{style}"><v>{value}</v></c>'


def formula(text: str, value: str = "0") -> str:
    """A cell that is computed."""
    return f"<c><f>{escape(text)}</f><v>{value}</v></c>"


def _row(number: int, cells: Sequence[str], *, hidden: bool) -> str:
    shown = ' hidden="1"' if hidden else ""
    return f'<row r="{number}"{shown}>{"".join(cells)}</row>'


def make_book(
    rows: Sequence[Sequence[str]],
    strings: Sequence[str] = (),
    *,
    sheets: int = 1,
    more: str = "",
    head: str = "",
    hidden: Sequence[int] = (),
) -> io.BytesIO:
    """A workbook of these cells; `more` goes into its properties, `head` before the sheet, rows `hidden` from view."""
    names = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, sheets + 1))
    links = "".join(f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.xml"/>' for n in range(1, sheets + 1))
    body = "".join(_row(n, cells, hidden=n in hidden) for n, cells in enumerate(rows, 1) if cells)
    texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
    parts = {
        "xl/workbook.xml": f"<workbook {_MAIN} {_REL}><workbookPr {more}/><sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships {_PACKAGE}>{links}</Relationships>",
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{texts}</sst>",
        "xl/worksheets/sheet1.xml": f"{head}<worksheet {_MAIN}><sheetData>{body}</sheetData></worksheet>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(path, text)
    return made
