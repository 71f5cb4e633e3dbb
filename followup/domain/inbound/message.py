"""InboundMessage: what a patient wrote, as the provider handed it over."""

from dataclasses import dataclass
from datetime import datetime

from followup.domain.message import Channel


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """What a patient wrote, as the provider handed it over."""

    provider: str
    provider_ref: str
    channel: Channel
    from_address: str
    to_address: str
    text: str
    received_at: datetime
    media: int = 0
    opt_out_type: str = ""  # the provider's own flag: STOP, START, HELP
