"""Halt: what a provider's code keeps from being sent, no wider than the code speaks of."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from followup.domain.ids import ClinicId
from followup.domain.message import Channel, Hold
from followup.domain.outcome import Scope
from followup.domain.region import region_of


class HaltScope(StrEnum):
    """How far a halt reaches."""

    ACCOUNT = "account"  # all messages through a provider
    SENDER = "sender"  # those from one sender
    REGION = "region"  # those to one country
    TEMPLATE = "template"  # texts of one version, through whomever


class Proof(StrEnum):
    """What shows that the fault is gone."""

    ACCEPTED = "accepted"  # the provider takes a message
    DELIVERED = "delivered"  # one arrives: the code had come in a receipt, after an acceptance


#: The cause that messages show while a halt of this scope keeps them.
CAUSES = {
    HaltScope.ACCOUNT: Hold.ACCOUNT_HALTED,
    HaltScope.SENDER: Hold.SENDER_PAUSED,
    HaltScope.REGION: Hold.REGION,
    HaltScope.TEMPLATE: Hold.TEMPLATE,
}
_SCOPES = {Scope.ACCOUNT: HaltScope.ACCOUNT, Scope.SENDER: HaltScope.SENDER, Scope.REGION: HaltScope.REGION}


@dataclass(frozen=True, slots=True)
class Halt:
    """It ends at `until` (patients' time), else when a probe, tried from `next_try` (real time), brings proof."""

    clinic_id: ClinicId
    scope: HaltScope
    key: str
    since: datetime
    code: str = ""
    why: str = ""
    until: datetime | None = None
    next_try: datetime | None = None
    tries: int = 0
    probe: str | None = None  # the message that tries it, past this halt
    proof: Proof = Proof.ACCEPTED

    @property
    def cause(self) -> Hold:
        """What messages show that wait for its end."""
        return CAUSES[self.scope]

    def keeps(self, passage: "Passage", now: datetime) -> bool:
        """True if the message must not take this passage."""
        if self.probe == passage.message_id or (self.until is not None and self.until <= now):
            return False
        if self.scope is HaltScope.TEMPLATE:
            return passage.channel is Channel.SMS and self.key == passage.text
        return self.key == key_of(self.scope, passage)


@dataclass(frozen=True, slots=True)
class Passage:
    """A message on its way through one provider to one address; `text` names its template and version."""

    message_id: str
    provider: str
    channel: Channel
    sender: str
    address: str
    text: str = ""


def scope_of(scope: Scope) -> HaltScope | None:
    """How far a halt for a code of this scope reaches; None for a code that speaks of one message alone."""
    return _SCOPES.get(scope)


def key_of(scope: HaltScope, passage: Passage) -> str:
    """What a halt of this scope, put because of a message on this passage, is called."""
    match scope:
        case HaltScope.ACCOUNT:
            return passage.provider
        case HaltScope.SENDER:
            return f"{passage.provider} {passage.sender}"
        case HaltScope.REGION:
            return f"{passage.provider} {region_of(passage.address)}"
        case HaltScope.TEMPLATE:
            return passage.text
