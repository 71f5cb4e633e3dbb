"""Cells that no spreadsheet takes for a formula (OWASP: CSV injection)."""

import csv
import io
from collections.abc import Iterable

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def is_formula(cell: str) -> bool:
    """True if a spreadsheet could run it."""
    return cell.startswith(_FORMULA)


def safe_cell(cell: str) -> str:
    """The cell as a spreadsheet shows it, never as it would run it."""
    return f"'{cell}" if is_formula(cell) else cell


def unsafe_cell(cell: str) -> str:
    """As it was before `safe_cell`, without blanks around it."""
    cell = cell.strip(" \u00a0")
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell


def csv_line(cells: Iterable[str]) -> str:
    """A line of a CSV file whose cells are all safe."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([safe_cell(str(c)) for c in cells])
    return out.getvalue()
