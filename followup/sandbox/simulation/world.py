"""World: the real engine in virtual time, with a clock that is moved, an inline broker and providers that may lie."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from followup.app import imagined_context
from followup.ports import Outbound
from followup.sandbox.fakes import inbound_request
from followup.sandbox.simulation.desk import Planned, go_on, take_on
from followup.sandbox.simulation.engine import Engine
from followup.sandbox.simulation.luck import Luck
from followup.sandbox.simulation.town import Happening
from followup.services import answer, dispatch, quiesce, record
from followup.services.record import Caller
from followup.settings import Settings

_SOON = timedelta(minutes=2)


class World(Engine):
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
        planned: Sequence[Planned] = (),
    ) -> None:
        super().__init__(partial(imagined_context, settings), start=start, luck=luck, watch=watch)
        self.beat, self._planned = beat, list(planned)

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
            self._start(moment)
            self.settle_down()
            each(moment)

    def _next(self, told: datetime | None, until: datetime) -> datetime | None:
        due, now = quiesce.earliest(self.ctx), self.clock.now()
        if (due is not None and due <= now) or (self._is_rough and self._unfinished()):
            due = now + _SOON
        started = self._planned[0].at if self._planned else None
        moments = [m for m in (told, due, started) if m is not None]
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
            self.insist(partial(self._tell, bodies))
            for one in batch:
                accepted(one, self.clock.now())
        for one in (h for h in some if h.event is None):
            request = inbound_request(one.text, sender=one.number, ref=f"{one.person}-{one.at:%Y%m%d%H%M%S}")
            self.insist(partial(answer.take_inbound, self.ctx, request))
            accepted(one, self.clock.now())

    def _start(self, moment: datetime) -> None:
        """What staff start by hand by then."""
        while self._planned and self._planned[0].at <= moment:
            self.insist(partial(self._take_on, self._planned[0]))
            self._planned.pop(0)

    def _take_on(self, planned: Planned) -> None:
        take_on(self.ctx, planned)

    def _tell(self, bodies: Sequence[Mapping[str, Any]]) -> None:
        caller = Caller(self.ctx.clinics.all()[0].id)
        refused = [r for r in record.accept_batch(self.ctx, bodies, caller=caller) if isinstance(r, Exception)]
        if refused:
            raise refused[0]

    def settle_down(self) -> None:
        """Sweep and work until nothing is due; receipts come in between. What backs off waits for a later beat."""
        for _ in range(200):
            going = self.alive(lambda: go_on(self.ctx))
            moved = self.alive(lambda: bool(dispatch.sweep(self.ctx))) or going
            self.alive(lambda: bool(self.jobs.drain()))
            self.receipts()
            due = quiesce.earliest(self.ctx)
            if not moved or due is None or due > self.clock.now():
                return


def _rounded(moment: datetime, beat: timedelta) -> datetime:
    """The end of the beat that holds the moment."""
    past = (moment - datetime.min.replace(tzinfo=moment.tzinfo)) % beat
    return moment + (beat - past if past else timedelta(0))
