"""Patient and ContactPoint: the person and how to reach them."""

from dataclasses import dataclass
from enum import StrEnum

from followup.domain.ids import ClinicId, PatientId
from followup.domain.message import Channel


class PatientStatus(StrEnum):
    """Whether a patient may be contacted at all."""

    ACTIVE = "active"
    DECEASED = "deceased"
    ARCHIVED = "archived"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """A number or mailbox. `value` is E.164 or a normalised address when `valid`, else the raw input."""

    channel: Channel
    value: str
    valid: bool
    raw: str = ""
    problem: str = ""  # why it is not valid, without the value


@dataclass(frozen=True, slots=True)
class Patient:
    """A person of one clinic; `id` is the clinic's own."""

    clinic_id: ClinicId
    id: PatientId
    given_name: str
    family_name: str
    language: str  # BCP 47, "en-CA"; empty when the clinic did not say
    time_zone: str  # empty when the clinic did not say
    contact_points: tuple[ContactPoint, ...] = ()
    status: PatientStatus = PatientStatus.ACTIVE
    merged_into: PatientId | None = None
    paused: str | None = None  # cause of a patient's own hold
