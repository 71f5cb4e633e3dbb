"""Campaign and Recipient as stored: how far the send has come, and each person's place in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from followup.domain.campaign.definition import Definition, Pace
from followup.domain.ids import CampaignId, ClinicId, MessageId, PatientId


class CampaignState(StrEnum):
    """Where a campaign is in its life; the arrows are in `domain/campaign/life.py`."""

    DRAFT = "draft"  # being written
    SUBMITTED = "submitted"  # waits for a yes
    APPROVED = "approved"  # may be launched as it is
    RUNNING = "running"  # its audience is frozen and written to at its pace
    PAUSED = "paused"  # nothing starts until somebody resumes it
    FINISHED = "finished"  # everybody's message came to its end
    CANCELLED = "cancelled"  # nothing more goes out


class RecipientState(StrEnum):
    """What a campaign did with one person of its audience; how their message fared, the message says."""

    WAITING = "waiting"  # their turn has not come
    MADE = "made"  # their message was made
    HELD_OUT = "held_out"  # gets nothing, to compare with
    EXCLUDED = "excluded"  # gets nothing, for the reason given
    CANCELLED = "cancelled"  # the campaign was cancelled before their turn


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign of a clinic. `pace` is the present one; the definition keeps what was approved."""

    id: CampaignId
    clinic_id: ClinicId
    state: CampaignState
    definition: Definition
    content_digest: str  # of the texts in all languages
    author: str
    created_at: datetime
    edited_at: datetime
    pace: Pace
    submitted_by: str | None = None
    approver: str | None = None
    approved_size: int | None = None  # how many the audience had then
    override: str | None = None  # why the same text may go to the same people again
    texts: Mapping[str, str] = field(default_factory=dict)  # variant → version of its text, pinned at launch
    launched_by: str | None = None
    launched_at: datetime | None = None
    frozen_after: PatientId | None = None  # the last person written down so far
    frozen_at: datetime | None = None  # when the whole audience was written down
    size: int = 0  # how many were written down
    passed: int = 0  # the position up to which everybody had their turn
    last_due: datetime | None = None  # the time of the last message made
    pace_day: date | None = None  # the clinic's day that `pace_count` counts
    pace_count: int = 0
    brake_from: int = 0  # the brake looks at positions above
    why: str | None = None  # why it is paused or was cancelled
    ended_at: datetime | None = None

    @property
    def name(self) -> str:
        """What staff call it."""
        return self.definition.name


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person of the frozen audience; `position` is the order in which they are written to."""

    campaign_id: CampaignId
    patient_id: PatientId
    position: int
    variant: str
    state: RecipientState
    reason: str | None = None
    message_id: MessageId | None = None  # the last message of a chain of successors
    made_at: datetime | None = None  # when their turn came, by patients' time
