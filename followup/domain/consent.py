"""Consent and Suppression: what a person allowed, and addresses that must not be used."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from followup.domain.message import Channel, MessageClass


class ConsentKind(StrEnum):
    """How a consent was given (facts 1.2)."""

    EXPRESS = "express"
    IMPLIED_PURCHASE = "implied_purchase"
    IMPLIED_INQUIRY = "implied_inquiry"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class Consent:
    """One entry of a patient's consent ledger; `withdrawn` entries end what came before them."""

    message_class: MessageClass
    channel: Channel
    kind: ConsentKind
    recorded_at: datetime
    evidence: str
    withdrawn: bool = False
    event_row: str = ""


class SuppressionReason(StrEnum):
    """Why an address must not be used."""

    OPT_OUT = "opt_out"
    HARD_BOUNCE = "hard_bounce"
    COMPLAINT = "complaint"
    WRONG_PERSON = "wrong_person"
    DECEASED = "deceased"
    LEGAL = "legal"
    CARRIER_BLOCK = "carrier_block"


@dataclass(frozen=True, slots=True)
class Suppression:
    """An address that must not be used; `until` None means for good. `scope` None means every class."""

    channel: Channel
    address: str
    reason: SuppressionReason
    since: datetime
    until: datetime | None = None
    scope: MessageClass | None = None


#: Classes that need a consent entry of their own; the others rest on the address having been given (facts 0.1).
NEEDS_CONSENT = frozenset({MessageClass.PROMO, MessageClass.CONSENT_REQUEST})


def permits(consents: tuple[Consent, ...], message_class: MessageClass, channel: Channel, *, now: datetime) -> bool:
    """True if `message_class` may go over `channel` at `now`: by its class, or by an express consent not withdrawn.

    A withdrawal ends every earlier consent of its class and channel (PHIPA s.33 asks for express consent to marketing).
    """
    ledger = sorted(
        (c for c in consents if c.channel is channel and c.message_class is message_class and c.recorded_at <= now),
        key=lambda c: (c.recorded_at, c.withdrawn),
    )
    if not ledger:
        return message_class not in NEEDS_CONSENT
    last = ledger[-1]
    if last.withdrawn:
        return False
    return message_class not in NEEDS_CONSENT or last.kind is ConsentKind.EXPRESS
