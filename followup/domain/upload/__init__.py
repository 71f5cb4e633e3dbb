"""Uploads: lists of people that staff bring; what the columns mean, what a row says, and whom it means."""

from followup.domain.upload.entry import Entry, Given
from followup.domain.upload.header import Columns, read_header
from followup.domain.upload.match import Known, Match, New, match
from followup.domain.upload.reading import read_entry
from followup.domain.upload.upload import MOST_BYTES, MOST_ROWS, Upload, UploadState

__all__ = [
    "MOST_BYTES",
    "MOST_ROWS",
    "Columns",
    "Entry",
    "Given",
    "Known",
    "Match",
    "New",
    "Upload",
    "UploadState",
    "match",
    "read_entry",
    "read_header",
]
