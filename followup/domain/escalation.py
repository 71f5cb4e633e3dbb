"""Escalation: a matter a named person must accept."""

import zlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from followup.domain.ids import ClinicId, EscalationId, PatientId


class EscalationState(StrEnum):
    """Life of an escalation."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class EscalationKind(StrEnum):
    """What staff are asked to look at."""

    REPLY = "reply"  # a patient wrote and a person must read it
    RED_FLAG = "red_flag"  # a patient wrote of a symptom; somebody must accept it
    UNREACHABLE = "unreachable"  # no usable address
    UNCONFIRMED = "unconfirmed"  # nobody knows whether it went out
    TEMPLATE = "template"  # a text could not be rendered
    QUARANTINE = "quarantine"  # an event could not be planned
    PROVIDER = "provider"  # account or sender is at fault
    FAILED = "failed"  # a message was refused or abandoned
    ADDRESS = "address"  # a number or mailbox must be checked before it is used again
    BOUNCES = "bounces"  # mail comes back, and not for the patients' sake
    OPT_OUT_UNANSWERED = "opt_out_unanswered"
    BOOKING = "booking"  # a visit needs a person: another time is wanted, or nobody answered
    WEBHOOK = "webhook"  # the clinic's own system takes no webhooks
    DRIFT = "drift"
    CANARY = "canary"
    INSTANCE = "instance"  # a copy of the database is held until a person says which one sends
    BUDGET = "budget"  # a month's budget is nearly spent, or is
    CAMPAIGN = "campaign"  # the brake paused a campaign


@dataclass(frozen=True, slots=True)
class Escalation:
    """`summary` is for staff and holds no patient's words, names or numbers; `subject` points to the row meant."""

    id: EscalationId
    clinic_id: ClinicId
    kind: EscalationKind
    patient_id: PatientId | None
    subject: str
    summary: str
    state: EscalationState
    opened_at: datetime
    due_at: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    closed_by: str | None = None
    closed_at: datetime | None = None
    told_at: datetime | None = None
    severity: str | None = None  # of what a patient wrote
    rung: int = 0  # how many rungs of the ladder were told
    next_rung_at: datetime | None = None  # when the next one is, unless somebody accepts before


def number_of(escalation_id: str) -> int:
    """Four digits by which staff name a matter in a text; two matters may share them, rarely."""
    return 1_000 + zlib.crc32(escalation_id.encode()) % 9_000
