"""Message, Attempt and Receipt: one outbound contact from plan to proof."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from followup.domain.ids import AttemptId, BookingId, ClinicId, EnrollmentId, MessageId, PatientId


class MessageClass(StrEnum):
    """What a message is for; decides consent, hours and caps (facts 0.1)."""

    CARE = "care"  # aftercare and warning signs
    TRANSACTIONAL = "transactional"  # confirms or completes what was agreed
    CHECKIN = "checkin"  # "how is it healing?", no offer
    PROMO = "promo"  # one of its purposes is commercial
    CONSENT_REQUEST = "consent_request"  # asks for marketing consent
    COMPLIANCE = "compliance"  # the one answer to STOP, START or HELP
    REPLY = "reply"  # answers what the patient wrote: a person on staff, or what became of an answer about a visit


class Channel(StrEnum):
    """The medium of a message."""

    SMS = "sms"
    EMAIL = "email"


class MessageState(StrEnum):
    """Where a message is in its life; the only table of arrows is `domain/lifecycle.py`."""

    SCHEDULED = "scheduled"  # waits for its time
    QUEUED = "queued"  # claimed, its id was handed to an actor
    SENDING = "sending"  # the call to the provider may be on the wire
    UNCONFIRMED = "unconfirmed"  # nobody knows whether the provider took it
    SENT = "sent"  # the provider accepted it
    DELIVERED = "delivered"  # the network says it arrived
    UNDELIVERED = "undelivered"  # the network says it did not arrive
    FAILED = "failed"  # the provider refused it, or it was abandoned
    SKIPPED = "skipped"  # the gate refused it
    CANCELLED = "cancelled"  # no longer wanted


class Hold(StrEnum):
    """A cause outside the message for which it may not be claimed."""

    TRIAL = "trial"
    CLINIC_PAUSED = "clinic_paused"
    SENDER_PAUSED = "sender_paused"
    ACCOUNT_HALTED = "account_halted"
    INSTANCE = "instance"
    CAMPAIGN_PAUSED = "campaign_paused"
    PATIENT_PAUSED = "patient_paused"
    ENROLLMENT_PAUSED = "enrollment_paused"  # staff paused the follow-up of one treatment or visit
    TEMPLATE = "template"
    REGION = "region"  # the account may not send to the recipient's country
    FAULT = "fault"  # the software could not prepare it


class Reason(StrEnum):
    """Why a message ended (or was refused) without going out; the one list of reason codes."""

    EXPIRED = "expired"  # valid_for is over
    PAST = "skipped:past"  # backfill: its time lay in the past
    LATE = "late"  # too late at planning, policy `late: skip` or past max_late
    UNREACHABLE = "unreachable"  # no channel with a usable address
    OPTED_OUT = "opted_out"  # every address is suppressed
    NO_CONSENT = "no_consent"  # the class needs a consent that is not there
    CONSENT_EXPIRED = "consent_expired"  # the implied consent it had is over
    SUPERSEDED = "superseded"  # a later treatment's enrollment took over
    VOIDED = "voided"  # the source event was withdrawn
    BOOKED = "future_booking"  # a future booking silences it
    SERIES_CLOSED = "series_closed"
    SERIES_OPEN = "series_open"
    DECEASED = "deceased"
    ARCHIVED = "archived"
    MERGED = "merged"
    DUPLICATE = "duplicate"  # this contact was made already or is in doubt
    TRIAL = "trial"  # went past due while in trial mode
    STAFF = "staff"  # a person stopped it
    REPLANNED = "replanned"  # the plan no longer has it
    CAP = "cap"
    BUDGET = "budget"
    REJECTED = "rejected"  # the provider refused it
    ABANDONED = "abandoned"  # its outcome stayed unknown
    UNCONFIRMED = "unconfirmed"  # sent, and no receipt told its end within 72 hours
    PATIENT_PAUSED = "patient_paused"
    US_DISABLED = "us_disabled"
    TEMPLATE = "template"


@dataclass(frozen=True, slots=True)
class Message:
    """One outbound contact as stored. All datetimes are aware and UTC."""

    id: MessageId
    clinic_id: ClinicId
    patient_id: PatientId
    enrollment_id: EnrollmentId | None
    step_key: str
    occurrence: int
    message_class: MessageClass
    channels: tuple[Channel, ...]  # order of preference
    template_ref: str  # "skinpen-microneedling/day-0"
    template_version: str
    state: MessageState
    due_at: datetime
    planned_for: datetime  # due time before any deferral
    expires_at: datetime | None
    hold: Hold | None = None
    reason: str | None = None
    cause_event: str | None = None  # row id of the event that superseded or cancelled it
    follows: MessageId | None = None
    channel: Channel | None = None  # chosen at the start of an attempt
    attempt_no: int = 0
    provider: str | None = None
    provider_ref: str | None = None
    not_before: datetime | None = None
    lease_until: datetime | None = None
    campaign_id: str | None = None
    context: str | None = None  # booking or inbound message it speaks of
    carried_by: MessageId | None = None  # the message that tells this one's text with its own
    urged: bool = False  # a person said: send now, whatever the clinic's own hours and limits
    booking_id: BookingId | None = None  # the visit it asks about or speaks of
    visit_at: datetime | None = None  # the time of that visit that it names


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a provider; `address` and `text` are patient data and never leave the database."""

    id: AttemptId
    message_id: MessageId
    number: int
    channel: Channel
    provider: str
    address: str
    text: str
    started_at: datetime
    lease_until: datetime
    outcome: str | None = None
    detail: str | None = None
    finished_at: datetime | None = None


class ReceiptStatus(StrEnum):
    """What a provider said later, in our words."""

    ACCEPTED = "accepted"  # queued, sending or sent: nothing final yet
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A provider's later word about a message."""

    message_id: MessageId
    status: ReceiptStatus
    provider: str
    provider_ref: str
    provider_status: str  # the provider's own word
    error_code: str | None = None
