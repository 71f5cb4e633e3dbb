"""Facts: what is true of each invented person from when on, as the checker is told it, apart from any row."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person lives from then on (`zone` empty: nobody asked), and how they can be reached."""

    zone: str
    sms: str
    email: str


@dataclass(frozen=True, slots=True)
class Word:
    """What a person agreed to, or no longer does (`kind` withdrawn), over one channel."""

    channel: str
    kind: str  # express, implied_purchase, implied_inquiry, withdrawn
    basis: date
    written: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A treatment; `withdrawn` is the same treatment entered in error."""

    treatment: str
    code: str
    at: datetime
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """A booking that stands at `starts_at`, or None once it was called off or kept."""

    booking: str
    code: str
    starts_at: datetime | None


@dataclass(frozen=True, slots=True)
class Gone:
    """The person died, or their record was closed."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the holder of a number wrote: stop, start, or wrong_number."""

    number: str
    what: str


Fact = Place | Word | Done | Visit | Gone | Said


@dataclass(slots=True)
class Diary:
    """The facts of one person, each with the instant at which the clinic's system had told it."""

    person: str
    entries: list[tuple[datetime, Fact]] = field(default_factory=list)

    def of(self, kind: type[Fact], until: datetime) -> list[tuple[datetime, Fact]]:
        """The facts of one kind that were told by then, oldest first."""
        return [(at, fact) for at, fact in self.entries if isinstance(fact, kind) and at <= until]
