"""ClinicEvent: something that happened at the clinic, as told to us."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from followup.domain.ids import ClinicId


class EventType(StrEnum):
    """All types of contract section 5."""

    TREATMENT_COMPLETED = "treatment.completed"
    TREATMENT_CORRECTED = "treatment.corrected"
    TREATMENT_VOIDED = "treatment.voided"
    BOOKING_OFFERED = "booking.offered"
    BOOKING_MADE = "booking.made"
    BOOKING_MOVED = "booking.moved"
    BOOKING_CANCELLED = "booking.cancelled"
    BOOKING_ATTENDED = "booking.attended"
    BOOKING_MISSED = "booking.missed"
    BOOKING_ANSWERED = "booking.answered"  # ours: what the patient answered
    BOOKING_EXPIRED = "booking.expired"  # ours: nobody answered in time
    BOOKING_REFUSED = "booking.refused"  # ours: the clinic's system says that the time is gone
    PATIENT_UPDATED = "patient.updated"
    PATIENT_MERGED = "patient.merged"
    PATIENT_DECEASED = "patient.deceased"
    PATIENT_ARCHIVED = "patient.archived"
    CONSENT_RECORDED = "consent.recorded"
    CONSENT_WITHDRAWN = "consent.withdrawn"


#: The source of events that a patient makes, on the page behind a link.
PATIENT_SOURCE = "/followup/patient"
#: These take effect in the door's own transaction, before the 202.
STOPPING = frozenset(
    {
        EventType.CONSENT_WITHDRAWN,
        EventType.PATIENT_DECEASED,
        EventType.PATIENT_ARCHIVED,
        EventType.BOOKING_MADE,
        EventType.BOOKING_MOVED,
        EventType.BOOKING_CANCELLED,
        EventType.TREATMENT_VOIDED,
    }
)


#: Told by ourselves under `OUR_SOURCE`; the event door takes none of them.
OURS = frozenset({EventType.BOOKING_ANSWERED, EventType.BOOKING_EXPIRED, EventType.BOOKING_REFUSED})
OUR_SOURCE = "followup"
#: What clinic systems may tell us.
CLINIC_TYPES = tuple(kind for kind in EventType if kind not in OURS)


class EventState(StrEnum):
    """Where an event is in its life."""

    RECEIVED = "received"  # stored, waits to be planned
    QUEUED = "queued"  # claimed, its id was handed to an actor
    PLANNED = "planned"  # its effect is in the rows
    WAITING = "waiting"  # tells of a thing we have not heard of yet; planned with it when it comes
    QUARANTINED = "quarantined"  # cannot be planned; shown to staff, tried again


@dataclass(frozen=True, slots=True)
class ClinicEvent:
    """A CloudEvent that passed the door. `row_id` is ours, (`clinic_id`, `source`, `id`) the sender's key."""

    row_id: str
    clinic_id: ClinicId
    source: str
    id: str
    type: EventType
    time: datetime
    data: Mapping[str, Any]
    patient_key: str | None
    treatment_key: str | None
    booking_key: str | None
    backfill: bool
    received_at: datetime
    state: EventState = EventState.RECEIVED
    reason: str | None = None

    @property
    def order(self) -> tuple[datetime, str, str]:
        """Events about the same thing take effect in this order: time, then id, whatever order they came in."""
        return (self.time, self.id, self.source)

    @property
    def merged_into(self) -> str | None:
        """The surviving patient's id, where this event merges two."""
        into = self.data.get("into") if self.type is EventType.PATIENT_MERGED else None
        return into if isinstance(into, str) and into else None
