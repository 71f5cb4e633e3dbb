"""Enrollment: one patient on one protocol because of one event."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from followup.domain.ids import ClinicId, EnrollmentId, PatientId
from followup.domain.message import Hold


class EnrollmentState(StrEnum):
    """Life of an enrollment."""

    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Enrollment:
    """`source` is the treatment (or booking) it comes from; `anchor_at` that event's instant, UTC."""

    id: EnrollmentId
    clinic_id: ClinicId
    patient_id: PatientId
    protocol_key: str
    protocol_version: str
    source_kind: str  # "treatment" or "booking"
    source_id: str
    anchor_at: datetime
    event_row: str
    state: EnrollmentState = EnrollmentState.ACTIVE
    reason: str | None = None
    backfill: bool = False

    @property
    def is_paused_alone(self) -> bool:
        """True if staff paused this one, not the patient."""
        return self.state is EnrollmentState.PAUSED and self.reason == Hold.ENROLLMENT_PAUSED
