"""Engine: the real services with clocks that are moved, an inline broker and providers that may lie."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from followup.domain.message import Channel
from followup.ports import Outbound
from followup.sandbox.fakes import FakeClock, FakeIds, InlineNetwork, receipt_request
from followup.sandbox.simulation.luck import Carrier, Crash, FlakyJobs, Luck
from followup.services import deliver, enroll, settle
from followup.services.alerts import handle
from followup.services.calling import send
from followup.services.context import Context
from followup.services.proof import resolve
from followup.services.slots import Slots


class Engine:
    """What runs in one process and may die. `watch` sees every call to a provider before it is made.

    `build` makes the context of the parts of an imagined world: clocks, ids, chance, providers, jobs and network.
    """

    def __init__(
        self,
        build: Callable[[Mapping[str, Any]], Context],
        *,
        start: datetime,
        luck: Luck,
        watch: Callable[[Outbound], None] = lambda _: None,
    ) -> None:
        self.luck, self.clock, self.ops = luck, FakeClock(start), FakeClock(start)
        self.providers = {channel: Carrier(channel, luck, watch) for channel in Channel}
        self.jobs, self.crashes, self._receipted = FlakyJobs(luck), 0, 0
        self.ctx = build(self._parts())
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

    def receipts(self) -> bool:
        """What the network says of texts that were newly taken."""
        ledger = self.providers[Channel.SMS].ledger
        fresh, self._receipted = ledger[self._receipted :], len(ledger)
        for taken in fresh:
            for status in self.luck.receipts():
                request = receipt_request(status, ref=self.providers[Channel.SMS].ref(taken))
                self.insist(partial(settle.take_receipt, self.ctx, request, taken.message_id))
        return bool(fresh)

    def alive(self, work: Callable[[], bool]) -> bool:
        """Do `work`; if the process dies in it, a new one starts with empty hands once the leases ran out."""
        try:
            return work()
        except Crash:
            self.restart()
            return True

    def insist(self, work: Callable[[], object]) -> None:
        """What comes from outside comes again until it was answered."""
        while True:
            try:
                work()
            except Crash:
                self.restart()
            else:
                return

    def restart(self) -> None:
        self.crashes += 1
        self.jobs.wipe()
        self.ops.advance(self.ctx.settings.lease + timedelta(seconds=1))
        self.ctx = replace(self.ctx, slots=Slots())
