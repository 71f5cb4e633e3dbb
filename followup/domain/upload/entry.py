"""Entry: what one sound row says of a person."""

from dataclasses import dataclass

from followup.domain.ids import PatientId
from followup.domain.message import Channel
from followup.domain.patient import ContactPoint


@dataclass(frozen=True, slots=True)
class Given:
    """A consent that the list states, with its evidence."""

    message_class: str
    channel: Channel
    recorded_on: str  # a date
    evidence: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row, read; `places` are the names of the columns of its fields, for faults found later."""

    row: int
    patient_id: PatientId | None
    given_name: str
    family_name: str
    language: str
    points: tuple[ContactPoint, ...]
    consents: tuple[Given, ...] = ()
