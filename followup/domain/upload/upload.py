"""Upload: one list as stored; only one that is ready can be an audience."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from followup.domain.ids import ClinicId

#: More people than this are several lists.
MOST_ROWS, MOST_BYTES = 100_000, 64 * 1024 * 1024


class UploadState(StrEnum):
    """How far a list has come."""

    CHECKING = "checking"  # its rows are being read
    FAULTY = "faulty"  # some rows are wrong: nothing was taken over
    ACCEPTING = "accepting"  # its new people are being entered
    READY = "ready"  # it can be an audience


@dataclass(frozen=True, slots=True)
class Upload:
    """A list of people: `rows` counts all of them, `faulty` those left out, `new` those nobody knew before."""

    id: str
    clinic_id: ClinicId
    name: str  # of the file
    digest: str  # of its bytes
    encoding: str
    state: UploadState
    by: str
    at: datetime
    rows: int = 0
    faulty: int = 0
    new: int = 0
    header: tuple[str, ...] = ()
    accepted_at: datetime | None = None

    @property
    def sound(self) -> int:
        """How many rows are clean."""
        return self.rows - self.faulty
