"""Luck: how often what goes wrong, and the parts that have it: a carrier, a broker, a process that dies."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from followup.domain.message import Channel
from followup.domain.outcome import Accepted, CodeClass, CodeEntry, Outcome, Rejected, Transient, Unknown
from followup.ports import Look, Outbound, Sighting, Undecidable
from followup.sandbox.fakes import FakeProvider, InlineJobs

_GONE = CodeEntry("30005", CodeClass.BAD_NUMBER, "The number is no longer in use.")
#: What receipts come, in which order, when the network shuffles and repeats them.
_SHUFFLED = (
    ("sent", "delivered"), ("delivered", "sent"), ("delivered", "delivered"), ("sent",), ("undelivered", "delivered"),
)  # fmt: skip


class Crash(BaseException):
    """The process died here; nothing may catch it."""


@dataclass
class Luck:
    """How often what goes wrong, drawn from one seed; all zero is a year without trouble."""

    rng: random.Random
    crash: float = 0.0
    lost_ring: float = 0.0
    double_ring: float = 0.0
    transient: float = 0.0
    unknown: float = 0.0
    odd_receipt: float = 0.0
    usual: Sequence[str] = ("delivered",)  # the receipts of one message when nothing is odd

    @classmethod
    def bad(cls, rng: random.Random) -> "Luck":
        """A year of crashes, a lying network and shuffled receipts."""
        return cls(rng, crash=0.001, lost_ring=0.02, double_ring=0.05, transient=0.02, unknown=0.02, odd_receipt=0.1)

    def strikes(self, chance: float) -> bool:
        """True with this chance."""
        return chance > 0 and self.rng.random() < chance

    def may_crash(self, _point: str = "") -> None:
        """Die here, with the chance of a crash."""
        if self.strikes(self.crash):
            raise Crash

    def receipts(self) -> Sequence[str]:
        """The receipts of one message."""
        return self.rng.choice(_SHUFFLED) if self.strikes(self.odd_receipt) else self.usual


class Carrier(FakeProvider):
    """Takes messages, sometimes refuses for a moment, sometimes leaves the caller in doubt, sometimes outlives him.

    `watch` sees every call before it is made. Numbers in `gone` belong to nobody any more.
    """

    def __init__(self, channel: Channel, luck: Luck, watch: Callable[[Outbound], None], *, name: str = "") -> None:
        super().__init__(channel, name=name or f"fake-{channel}", codes={_GONE.code: _GONE})
        self._luck, self._watch = luck, watch
        self.gone: set[str] = set()

    async def send(self, outbound: Outbound) -> Outcome:
        self._watch(outbound)
        self.calls.append(outbound)
        self._luck.may_crash()
        if outbound.to in self.gone:
            return Rejected(_GONE.code, _GONE.kind, _GONE.detail)
        if self._luck.strikes(self._luck.transient):
            return Transient("429", "too many requests")
        doubt = self._luck.strikes(self._luck.unknown)
        if not (doubt and self._luck.strikes(0.5)):
            self.ledger.append(outbound)
        self._luck.may_crash()
        return Unknown("timeout", "no answer in time") if doubt else Accepted(self.ref(outbound))

    async def look_up(self, sighting: Sighting) -> Look:
        if self.channel is Channel.EMAIL:
            return Undecidable("mail servers keep no list")
        return await super().look_up(sighting)


class FlakyJobs(InlineJobs):
    """A broker that loses rings and rings twice."""

    def __init__(self, luck: Luck, handlers: Mapping[str, Callable[[Sequence[str]], object]] | None = None) -> None:
        super().__init__(handlers)
        self._luck = luck

    def ring(self, actor: str, ids: Sequence[str]) -> None:
        if self._luck.strikes(self._luck.lost_ring):
            return
        for _ in range(2 if self._luck.strikes(self._luck.double_ring) else 1):
            super().ring(actor, ids)
