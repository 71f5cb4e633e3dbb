"""A provider that refuses, hangs, takes and does not say so, takes later, and lies when it is asked."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime, timedelta

from followup.domain.ids import AttemptId, MessageId
from followup.domain.message import Channel
from followup.domain.outcome import Accepted, CodeClass, Outcome, Rejected, Transient, Unknown
from followup.ports import Absent, Clock, Look, Outbound, Seen, Sighting, Undecidable
from followup.providers.twilio_codes import CODES
from tests.fakes import FakeProvider

TAKES, TAKES_AND_CUTS, CUTS, TAKES_LATER, HANGS, BREAKS = "takes", "takes and cuts", "cuts", "later", "hangs", "breaks"
#: One code of each class and reach, as a text provider answers them.
REFUSALS = ("20429", "20003", "20503", "21211", "21408", "21610", "21611", "21617", "30007", "30008", "99999")
DOUBTS = (TAKES, TAKES_AND_CUTS, CUTS, TAKES_LATER, HANGS, BREAKS)
MOODS = (*DOUBTS, *REFUSALS)
HONEST, HIDES, INVENTS, BLIND, BUSY = "honest", "hides", "invents", "blind", "busy"
LOOKS = (HONEST, HIDES, INVENTS, BLIND, BUSY)


class Liar(FakeProvider):
    """Plays one mood a call and one look a question, in order; honest and willing when none is left.

    What it took stands in its list at the latest `settle` after the request came; to hide it then is a lie, and
    `lies` counts those by message: only they excuse a second acceptance.
    """

    def __init__(self, channel: Channel, ops: Clock, *, settle: timedelta, watch: Callable[[Outbound], None]) -> None:
        super().__init__(channel, name=f"liar-{channel}", sender="+14165550100", codes=CODES)
        self._ops, self._settle, self._watch = ops, settle, watch
        self.moods: deque[str] = deque()
        self.looks_ahead: deque[str] = deque()
        self.waits = False  # the next call stays on the wire until its gate is opened
        self.gates: dict[AttemptId, asyncio.Future[str]] = {}
        self.late: list[Outbound] = []
        self.came: dict[MessageId, datetime] = {}
        self.lies: Counter[MessageId] = Counter()
        self.invented: set[MessageId] = set()

    async def send(self, outbound: Outbound) -> Outcome:
        self._watch(outbound)
        self.calls.append(outbound)
        if self.waits:
            self.waits = False
            gate = self.gates[outbound.attempt_id] = asyncio.get_running_loop().create_future()
            return self._answer(outbound, await gate)
        return self._answer(outbound, self.moods.popleft() if self.moods else TAKES)

    def _answer(self, outbound: Outbound, mood: str) -> Outcome:
        self.came[outbound.message_id] = self._ops.now()
        match mood:
            case "takes":
                self.ledger.append(outbound)
                return Accepted(self.ref(outbound))
            case "takes and cuts":
                self.ledger.append(outbound)
            case "later":
                self.late.append(outbound)
            case "hangs":
                raise TimeoutError
            case "breaks":
                raise RuntimeError("a bug in the provider's code")
            case "cuts":
                pass
            case code:
                return self._refuse(code)
        return Unknown("cut", "the connection was cut")

    def _refuse(self, code: str) -> Outcome:
        entry = self.classify(code)
        match entry.kind:
            case CodeClass.RETRY:
                return Transient(code, entry.detail)
            case CodeClass.DOUBT:
                return Unknown(code, entry.detail)
            case kind:
                return Rejected(code, kind, entry.detail)

    def arrive(self) -> None:
        """What was to be taken later is taken now."""
        self.ledger += self.late
        self.late.clear()

    async def look_up(self, sighting: Sighting) -> Look:
        if self.channel is Channel.EMAIL:
            return Undecidable("mail servers keep no list")
        match self.looks_ahead.popleft() if self.looks_ahead else HONEST:
            case "hides":
                return self._hide(sighting.message_id)
            case "invents":
                self.invented.add(sighting.message_id)
                return Seen(f"invented-{sighting.message_id}", "sent")
            case "blind":
                return Undecidable("texts are redacted")
            case "busy":
                return Undecidable("429", again=True)
        found = await super().look_up(sighting)
        return self._hide(sighting.message_id) if isinstance(found, Absent) else found

    def _hide(self, message_id: MessageId) -> Look:
        """Says that it has nothing; a lie if it has, or will have, and the request came long enough ago."""
        has = any(one.message_id == message_id for one in (*self.ledger, *self.late))
        if has and self._ops.now() >= self.came[message_id] + self._settle:
            self.lies[message_id] += 1
        return Absent()
