"""Verdict: the gate's answer, and what each check said on the way to it."""

from dataclasses import dataclass
from datetime import datetime

from followup.domain.message import Channel, Hold, Reason


@dataclass(frozen=True, slots=True)
class Send:
    """It may start now, over this channel to this address."""

    channel: Channel
    address: str
    consent: int | None = None  # the ledger's row that allows it


@dataclass(frozen=True, slots=True)
class Defer:
    """Not now; the same facts would allow it at `until` (UTC)."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """Not while `cause` lasts."""

    cause: Hold


@dataclass(frozen=True, slots=True)
class Skip:
    """Never: this contact ends here."""

    reason: Reason


Verdict = Send | Defer | Held | Skip


@dataclass(frozen=True, slots=True)
class Check:
    """What one check said: rule id, passed or not, plain words without patient data, and the source of the rule."""

    rule: str
    passed: bool
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Over:
    """A way to the patient that was passed over, and the check that stopped it."""

    channel: Channel
    why: Check


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict, every check that led to it, in order, and the ways that were passed over."""

    verdict: Verdict
    checks: tuple[Check, ...]
    over: tuple[Over, ...] = ()

    @property
    def why(self) -> Check:
        """The check that decided: the first that did not pass, else the last."""
        return next((c for c in self.checks if not c.passed), self.checks[-1])
