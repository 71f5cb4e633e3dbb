"""Cell and Record: a row as a spreadsheet shows it, and what each cell was in its file."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a cell was in its file; everything in a CSV file is text."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"  # its text is ISO
    FORMULA = "formula"
    ERROR = "error"  # what a spreadsheet shows as #REF! and the like


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, without blanks around it."""

    text: str = ""
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Record:
    """One row that holds something, under the number a spreadsheet gives it; the first row is 1."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False  # by hand or by a filter


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in a cell and what to do; the value is not repeated."""

    row: int
    column: str
    reason: str
    cure: str
