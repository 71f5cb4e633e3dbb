"""Clauses: what can be said of a person, each one question; `at` is where it stands in the file."""

from dataclasses import dataclass, field
from enum import StrEnum

from followup.domain.audience.span import ALWAYS, When
from followup.domain.enrollment import EnrollmentState
from followup.domain.message import Channel, MessageClass


class SeriesState(StrEnum):
    """How a person's course of treatments stands."""

    OPEN = "open"  # a further session can be expected
    DONE = "done"  # there was one and none is open
    NONE = "none"  # there never was one


@dataclass(frozen=True, slots=True)
class Everybody:
    """Every patient of the clinic."""

    at: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Treated:
    """Had a treatment of one of these codes, by one of these practitioners, in that time; no codes means any."""

    codes: tuple[str, ...] = ()
    practitioners: tuple[str, ...] = ()
    when: When = ALWAYS
    at: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class LastVisit:
    """The last treatment or attended booking lies in that time; who was never there has none."""

    when: When
    at: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class InSeries:
    """The series of these protocols (none: of any) stand so; one that is open counts before those that are done."""

    state: SeriesState
    protocols: tuple[str, ...] = ()
    at: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class FutureBooking:
    """Has a visit ahead, of one of these codes if any are given, or has none."""

    exists: bool
    codes: tuple[str, ...] = ()
    at: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Consented:
    """The law of consent lets this class go to them over that channel (None: over any) as the ledger is now."""

    message_class: MessageClass
    channel: Channel | None = None
    at: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Speaks:
    """Wants messages in one of these languages; `fr` means every French, and who said nothing has the clinic's."""

    languages: tuple[str, ...]
    at: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Has an enrollment of these protocols, in one of these states, whose anchor lies in that time."""

    protocols: tuple[str, ...] = ()
    states: tuple[EnrollmentState, ...] = ()
    when: When = ALWAYS
    at: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Tagged:
    """The clinic's system gave them one of these tags."""

    tags: tuple[str, ...]
    at: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """Is one of these patients."""

    patients: tuple[str, ...]
    at: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Uploaded:
    """Stands in this uploaded list."""

    upload: str
    at: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Saved:
    """Is in this saved segment; `expand` puts its clauses in the place."""

    name: str
    at: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: "tuple[Clause, ...]"
    at: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: "tuple[Clause, ...]"
    at: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class NotOf:
    """The part does not hold."""

    part: "Clause"
    at: str = field(default="", compare=False)


Clause = (
    Everybody | Treated | LastVisit | InSeries | FutureBooking | Consented | Speaks | Enrolled | Tagged | Listed
    | Uploaded | Saved | AllOf | AnyOf | NotOf
)  # fmt: skip
