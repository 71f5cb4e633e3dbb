"""Suppression: an address that must not be used, whoever it belongs to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from followup.domain.message import Channel, MessageClass


class SuppressionReason(StrEnum):
    """Why an address must not be used."""

    OPT_OUT = "opt_out"
    HARD_BOUNCE = "hard_bounce"
    COMPLAINT = "complaint"
    WRONG_PERSON = "wrong_person"
    DECEASED = "deceased"
    LEGAL = "legal"
    CARRIER_BLOCK = "carrier_block"


#: What machines told us may end by itself, as the clinic says; what people told us never does.
MAY_EXPIRE = frozenset({SuppressionReason.HARD_BOUNCE, SuppressionReason.COMPLAINT, SuppressionReason.CARRIER_BLOCK})


@dataclass(frozen=True, slots=True)
class Suppression:
    """An address that must not be used; `until` None means for good. `scope` None means every class."""

    channel: Channel
    address: str
    reason: SuppressionReason
    since: datetime
    until: datetime | None = None
    scope: MessageClass | None = None

    def covers(self, message_class: MessageClass) -> bool:
        """True if messages of this class must not go there; asking for consent to promotion counts as promotion."""
        return self.scope in {None, message_class} or (
            self.scope is MessageClass.PROMO and message_class is MessageClass.CONSENT_REQUEST
        )
