"""Tables that people bring: cells and rows as values, and what no spreadsheet may run."""

from followup.domain.sheet.cell import Cell, CellFault, Kind, Record
from followup.domain.sheet.safe import csv_line, is_formula, safe_cell, unsafe_cell

__all__ = ["Cell", "CellFault", "Kind", "Record", "csv_line", "is_formula", "safe_cell", "unsafe_cell"]
