"""Thread: all that one person and the clinic wrote to each other, over every channel."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from followup.domain.ids import ClinicId, MessageId, PatientId
from followup.domain.message import Channel, MessageState


class ThreadState(StrEnum):
    """What a thread wants of staff."""

    UNREAD = "unread"  # nobody has looked at the newest words
    AWAITING = "awaiting"  # somebody has, and the patient has no answer yet
    UNDELIVERED = "undelivered"  # our answer did not arrive
    ANSWERED = "answered"  # the clinic wrote last
    SNOOZED = "snoozed"  # put off until a time
    CLOSED = "closed"


_LOST = frozenset({MessageState.FAILED, MessageState.UNDELIVERED, MessageState.SKIPPED})


@dataclass(frozen=True, slots=True)
class Thread:
    """`address` is that of somebody who is no patient of the clinic, or of several; empty for a patient's thread."""

    id: str
    clinic_id: ClinicId
    patient_id: PatientId | None
    address: str
    channel: Channel
    last_in: str
    last_in_at: datetime
    seen_at: datetime | None = None
    seen_by: str | None = None
    last_out: MessageId | None = None
    last_out_at: datetime | None = None
    last_out_by: str | None = None
    assigned_to: str | None = None
    snoozed_until: datetime | None = None
    locked_by: str | None = None
    locked_until: datetime | None = None
    closed_at: datetime | None = None
    answered_away_at: datetime | None = None  # when the answer for closed hours last went

    @property
    def is_answered(self) -> bool:
        """The clinic wrote after the newest words of the patient."""
        return self.last_out_at is not None and self.last_out_at >= self.last_in_at

    def state(self, now: datetime, sent: MessageState | None) -> ThreadState:
        """Where it stands; `sent` is the state of our last answer."""
        if self.closed_at is not None and self.closed_at >= self.last_in_at:
            return ThreadState.CLOSED
        if self.is_answered:
            return ThreadState.UNDELIVERED if sent in _LOST else ThreadState.ANSWERED
        if self.snoozed_until is not None and self.snoozed_until > now:
            return ThreadState.SNOOZED
        seen = self.seen_at is not None and self.seen_at >= self.last_in_at
        return ThreadState.AWAITING if seen else ThreadState.UNREAD

    def is_locked_for(self, name: str, now: datetime) -> bool:
        """Somebody else is writing an answer."""
        return self.locked_by not in {None, name} and self.locked_until is not None and self.locked_until > now
