"""Tables that people bring as a file, CSV or XLSX, read a row at a time whatever their length."""

from followup.content.sheets.read import open_sheet
from followup.content.sheets.sheet import Sheet

__all__ = ["Sheet", "open_sheet"]
