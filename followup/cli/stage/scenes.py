"""What there is to show: a message that went out, something the clinic told, an answer, and the end's figures."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from followup.sandbox.clinic import Person


@dataclass(frozen=True, slots=True)
class Sent:
    """One text or e-mail as it went out; `at` is the patients' time of its start, UTC."""

    at: datetime
    person: Person
    message_id: str
    step: str
    channel: str
    language: str
    text: str
    subject: str = ""
    segments: int = 0
    state: str = "sent"


@dataclass(frozen=True, slots=True)
class Heard:
    """A patient's answer and, in our words, what it changed."""

    at: datetime
    person: Person
    text: str
    effect: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Something the clinic's system told us, or somebody on staff did."""

    at: datetime
    person: Person
    text: str
    by: str = ""  # who on staff


Scene = Sent | Heard | Noted


@dataclass(frozen=True, slots=True)
class Row:
    """One patient's year."""

    person: Person
    sms: int = 0
    email: int = 0
    delivered: int = 0
    ended: Mapping[str, int] = field(default_factory=dict)  # reason → messages that did not go out
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """One figure that the database and another ledger must agree on."""

    what: str
    database: int
    ledger: int
    differs: tuple[str, ...] = ()  # ids that only one of the two has
    doubted: int = 0  # ids that the ledger alone has and that staff were told to be in doubt

    @property
    def agrees(self) -> bool:
        """True if both know the same ids, but for what is said to be in doubt."""
        return self.database + self.doubted == self.ledger and not self.differs

    @property
    def words(self) -> str:
        """`database 80, ledger 80`."""
        doubted = f", {self.doubted} of it in doubt and told to staff" if self.doubted else ""
        return f"database {self.database}, ledger {self.ledger}{doubted}"


@dataclass(frozen=True, slots=True)
class Summary:
    """The end of the demo: figures from the database, and what they were held against."""

    figures: Mapping[str, int]
    counts: tuple[Count, ...]
    rows: tuple[Row, ...]
    seconds: float
    interruptions: tuple[str, ...] = ()  # deaths of processes that it survived

    @property
    def agrees(self) -> bool:
        """True if every ledger agrees with the database."""
        return all(count.agrees for count in self.counts)


def local(at: datetime, person: Person) -> datetime:
    """`at` as the person's own clock shows it."""
    return at.astimezone(person.zone())


def city(person: Person) -> str:
    """Whose clock that is, as people say it."""
    name = person.zone().key.rsplit("/", 1)[-1]
    return {"St_Johns": "St. John's"}.get(name, name.replace("_", " "))


def as_data(summary: Summary) -> dict[str, Any]:
    """The summary for programs."""
    return {
        "agree": summary.agrees,
        "seconds": round(summary.seconds, 1),
        "figures": dict(summary.figures),
        "ledgers": [{**asdict(count), "agrees": count.agrees} for count in summary.counts],
        "patients": [_row_data(row) for row in summary.rows],
        "interruptions": list(summary.interruptions),
    }


def _row_data(row: Row) -> dict[str, Any]:
    numbers = {name: getattr(row, name) for name in ("sms", "email", "delivered", "waiting")}
    return {"id": row.person.id, "role": row.person.role, **numbers, "ended": dict(sorted(row.ended.items()))}
