"""Booking and Treatment: what the clinic's system says was agreed and done."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from followup.domain.ids import BookingId, PatientId, TreatmentId


class BookingState(StrEnum):
    """Life of a booking."""

    OFFERED = "offered"
    CHANGE_ASKED = "change_asked"
    BOOKED = "booked"
    ATTENDED = "attended"
    MISSED = "missed"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Answer(StrEnum):
    """What a patient can answer when they are asked about a visit."""

    CONFIRM = "confirm"
    RESCHEDULE = "reschedule"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Booking:
    """An appointment offered or made; `starts_at` is UTC."""

    id: BookingId
    patient_id: PatientId
    treatment_code: str
    starts_at: datetime
    state: BookingState
    duration_minutes: int | None = None
    practitioner: str = ""
    answer_by: datetime | None = None
    confirmed_at: datetime | None = None
    event_row: str = ""
    answer: str = ""  # the patient's answer that still counts for this time, see Answer
    round: int = 1  # counts how often it was begun anew after it had ended or was answered

    @property
    def answers_end(self) -> datetime:
        """Until when an offer may be answered."""
        return min(self.answer_by or self.starts_at, self.starts_at)

    def is_future(self, now: datetime) -> bool:
        """True if the patient has this visit ahead of them."""
        return self.state is BookingState.BOOKED and self.starts_at > now


@dataclass(frozen=True, slots=True)
class Treatment:
    """A treatment as last told; `performed_at` is UTC."""

    id: TreatmentId
    patient_id: PatientId
    code: str
    performed_at: datetime
    practitioner: str = ""
    session: int | None = None
    of: int | None = None
    series_id: str | None = None
    body_site: str = ""
    voided: bool = False
    event_row: str = ""  # the event that first told of it
    last_event_row: str = ""  # the event that last changed it
    backfill: bool = False
