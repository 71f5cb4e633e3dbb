"""Sheet: the rows of a file that is read as they are asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from followup.domain.errors import InvalidInput
from followup.domain.sheet import Record


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file; `encoding` says how it was read, `remarks` what the reader should know."""

    encoding: str
    records: Iterator[Record]
    remarks: tuple[str, ...] = ()


def refused(text: str, cure: str) -> InvalidInput:
    """The file as a whole cannot be read."""
    return InvalidInput(text, cure=cure)
