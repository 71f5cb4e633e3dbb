"""World: the real engine in virtual time, with a clock that is moved, an inline broker and providers that may lie."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from followup.app import imagined_context
from followup.domain.message import Channel
from followup.ports import Outbound
from followup.sandbox.fakes import FakeClock, FakeIds, InlineNetwork, inbound_request, receipt_request
from followup.sandbox.simulation.luck import Carrier, Crash, FlakyJobs, Luck
from followup.sandbox.simulation.town import Happening
from followup.services import answer, deliver, dispatch, enroll, record, settle
from followup.services.alerts import handle
from followup.services.calling import send
from followup.services.context import Context
from followup.services.proof import resolve
from followup.services.record import Caller
from followup.services.slots import Slots
from followup.services.upkeep import quiesce
from followup.settings import Settings

_SOON = timedelta(minutes=2)


class World:
    """Lives what happens on the real engine. `watch` sees every call to a provider before it is made.

    What falls within one `beat` is done at its end, as a clinic's system and a scheduler would that look at the clock
    that often.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        start: datetime,
        luck: Luck,
        watch: Callable[[Outbound], None] = lambda _: None,
        beat: timedelta = timedelta(minutes=60),
    ) -> None:
        self.luck, self.clock, self.ops, self.beat = luck, FakeClock(start), FakeClock(start), beat
        self.providers = {channel: Carrier(channel, luck, watch) for channel in Channel}
        self.jobs, self.crashes, self._receipted = FlakyJobs(luck), 0, 0
        self.ctx: Context = imagined_context(settings, self._parts())
        if luck.crash:
            self.ctx.db.reach = luck.may_crash
        self.jobs.handlers = {
            "process_events": lambda ids: enroll.process_events(self.ctx, ids),
            "deliver_messages": lambda ids: deliver.deliver(self.ctx, ids),
            "call_systems": lambda ids: send.send(self.ctx, ids),
            "resolve_unconfirmed": lambda ids: resolve.resolve(self.ctx, ids),
            "tell_staff": lambda ids: handle.tell(self.ctx, ids),
        }

    def _parts(self) -> Mapping[str, Any]:
        return {
            "clock": self.clock,
            "ops": self.ops,
            "ids": FakeIds(),
            "rng": random.Random(1),  # noqa: S311 -- jitter, no secret
            "providers": self.providers,
            "jobs": self.jobs,
            "network": InlineNetwork(),
        }

    def close(self) -> None:
        """Give back the database."""
        self.ctx.db.close()

    def live(
        self,
        happenings: Sequence[Happening],
        *,
        until: datetime,
        accepted: Callable[[Happening, datetime], None] = lambda _one, _at: None,
        each: Callable[[datetime], None] = lambda _: None,
    ) -> None:
        """Let everything happen and move on from beat to beat; `accepted` hears what the engine took, and when."""
        waiting, place = list(happenings), 0
        while (moment := self._next(waiting[place].at if place < len(waiting) else None, until)) is not None:
            self._move_to(moment)
            end = place
            while end < len(waiting) and waiting[end].at <= moment:
                end += 1
            self._happen(waiting[place:end], accepted)
            place = end
            self.settle_down()
            each(moment)

    def _next(self, told: datetime | None, until: datetime) -> datetime | None:
        due, now = quiesce.earliest(self.ctx), self.clock.now()
        if (due is not None and due <= now) or (self._is_rough and self._unfinished()):
            due = now + _SOON
        moments = [m for m in (told, due) if m is not None]
        if not moments or min(moments) > until:
            return None
        return _rounded(max(min(moments), now), self.beat)

    @property
    def _is_rough(self) -> bool:
        return bool(self.luck.crash or self.luck.unknown or self.luck.transient or self.luck.lost_ring)

    def _unfinished(self) -> bool:
        left = quiesce.in_hand(self.ctx)
        return bool(left.moving or left.backing_off or quiesce.in_doubt(self.ctx))

    def _move_to(self, moment: datetime) -> None:
        self.ops.advance(max(moment - self.clock.now(), timedelta(seconds=1)))
        self.clock.set(moment)

    def _happen(self, some: Sequence[Happening], accepted: Callable[[Happening, datetime], None]) -> None:
        told = [h for h in some if h.event is not None]
        for start in range(0, len(told), record.MAX_BATCH):
            batch = told[start : start + record.MAX_BATCH]
            bodies = [dict(h.event or {}) for h in batch]
            self._insist(partial(self._tell, bodies))
            for one in batch:
                accepted(one, self.clock.now())
        for one in (h for h in some if h.event is None):
            request = inbound_request(one.text, sender=one.number, ref=f"{one.person}-{one.at:%Y%m%d%H%M%S}")
            self._insist(partial(answer.take_inbound, self.ctx, request))
            accepted(one, self.clock.now())

    def _tell(self, bodies: Sequence[Mapping[str, Any]]) -> None:
        caller = Caller(self.ctx.clinics.all()[0].id)
        refused = [r for r in record.accept_batch(self.ctx, bodies, caller=caller) if isinstance(r, Exception)]
        if refused:
            raise refused[0]

    def settle_down(self) -> None:
        """Sweep and work until nothing is due; receipts come in between. What backs off waits for a later beat."""
        for _ in range(200):
            moved = self._alive(lambda: bool(dispatch.sweep(self.ctx)))
            self._alive(lambda: bool(self.jobs.drain()))
            self._receipts()
            due = quiesce.earliest(self.ctx)
            if not moved or due is None or due > self.clock.now():
                return

    def _receipts(self) -> bool:
        """What the network says of texts that were newly taken."""
        ledger = self.providers[Channel.SMS].ledger
        fresh, self._receipted = ledger[self._receipted :], len(ledger)
        for taken in fresh:
            for status in self.luck.receipts():
                request = receipt_request(status, ref=self.providers[Channel.SMS].ref(taken))
                self._insist(partial(settle.take_receipt, self.ctx, request, taken.message_id))
        return bool(fresh)

    def _alive(self, work: Callable[[], bool]) -> bool:
        """Do `work`; if the process dies in it, a new one starts with empty hands once the leases ran out."""
        try:
            return work()
        except Crash:
            self._restart()
            return True

    def _insist(self, work: Callable[[], object]) -> None:
        """What comes from outside comes again until it was answered."""
        while True:
            try:
                work()
            except Crash:
                self._restart()
            else:
                return

    def _restart(self) -> None:
        self.crashes += 1
        self.jobs.wipe()
        self.ops.advance(self.ctx.settings.lease + timedelta(seconds=1))
        self.ctx = replace(self.ctx, slots=Slots())


def _rounded(moment: datetime, beat: timedelta) -> datetime:
    """The end of the beat that holds the moment."""
    past = (moment - datetime.min.replace(tzinfo=moment.tzinfo)) % beat
    return moment + (beat - past if past else timedelta(0))
