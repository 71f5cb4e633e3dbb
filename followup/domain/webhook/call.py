"""Call: one event of ours on its way to one endpoint of a clinic's system."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address
from typing import Any

from followup.domain.ids import ClinicId


class CallType(StrEnum):
    """What a clinic's system is told."""

    MESSAGE_STATE_CHANGED = "message.state_changed"
    BOOKING_ANSWERED = "booking.answered"
    REPLY_RECEIVED = "reply.received"
    ESCALATION_OPENED = "escalation.opened"
    PATIENT_OPTED_OUT = "patient.opted_out"


class CallState(StrEnum):
    """Where a call is in its life."""

    WAITING = "waiting"  # not taken yet, tried again at its time
    DELIVERED = "delivered"  # the endpoint answered that it has it
    GIVEN_UP = "given_up"  # three days went by; staff can send it again


class EndpointState(StrEnum):
    """Whether an endpoint is called."""

    ON = "on"
    OFF = "off"  # it failed for three days; calls wait until a person puts it on again


@dataclass(frozen=True, slots=True)
class Call:
    """`data` holds ids, times and words of ours, no name, number, address or text of a patient."""

    id: str
    clinic_id: ClinicId
    url: str
    type: CallType
    subject: str  # id of what it tells of
    data: Mapping[str, Any]
    created_at: datetime
    state: CallState
    due_at: datetime
    tries: int = 0
    status: int | None = None  # what the endpoint answered last
    detail: str | None = None
    finished_at: datetime | None = None


_S, _M, _H = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
#: Pauses before each further try; together a little less than three days.
_PAUSES = (5 * _S, 5 * _M, 30 * _M, 2 * _H, 5 * _H, 10 * _H, 14 * _H, 20 * _H, 20 * _H)
LONGEST = timedelta(days=3)


def again_at(tries: int, now: datetime, *, luck: float) -> datetime | None:
    """When to try again after `tries` failures, up to a tenth later by `luck` (0 to 1); None: not any more."""
    if tries > len(_PAUSES):
        return None
    return now + _PAUSES[tries - 1] * (1 + luck / 10)


def is_public(address: IPv4Address | IPv6Address, *, loopback: bool) -> bool:
    """True if a call may go to this address: a public one, or, where it is allowed, this machine itself."""
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    if inner.is_loopback:
        return loopback
    return bool(inner.is_global and not inner.is_multicast and not inner.is_reserved)
