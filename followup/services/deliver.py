"""Delivery: start, send, store. The network is called with no transaction open and with a bounded number in flight."""

import asyncio
from collections import deque
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait

from followup.domain.errors import Unavailable
from followup.domain.ids import MessageId
from followup.domain.outcome import Outcome, Transient, Unknown
from followup.services.begin import Started, begin, set_aside
from followup.services.context import Context
from followup.services.finish import finish

Flying = dict["Future[Outcome]", Started]


def deliver(ctx: Context, ids: Sequence[str]) -> None:
    """Send these queued messages, a few at a time: only what can be on the wire at once is marked as started.

    Rows that are no longer queued are passed over, so that a repeated or doubled ring is harmless.
    """
    waiting = deque(MessageId(i) for i in dict.fromkeys(ids))
    flying: Flying = {}
    while waiting or flying:
        if waiting:
            _launch(ctx, waiting, flying)
        if flying:
            _land(ctx, flying, more=bool(waiting))


def _launch(ctx: Context, waiting: deque[MessageId], flying: Flying) -> None:
    room = ctx.slots.take(len(waiting), capacity=ctx.settings.concurrency, block=not flying)
    if not room:
        return
    started: list[Started] = []
    try:
        started = _begin(ctx, [waiting.popleft() for _ in range(room)])
    finally:
        ctx.slots.give(room - len(started))
    for one in started:
        flying[ctx.network.submit(_send(ctx, one))] = one


def _begin(ctx: Context, ids: list[MessageId]) -> list[Started]:
    """Start a batch; where one message trips over a bug of ours the others still go, and staff are told of that one."""
    try:
        return begin(ctx, ids)
    except Unavailable:
        raise
    except Exception as error:  # noqa: BLE001 -- one bad row must not be rung for again and again, nor stop the rest
        if len(ids) == 1:
            set_aside(ctx, ids[0], cause=type(error).__name__)
            return []
    return [started for one in ids for started in _begin(ctx, [one])]


async def _send(ctx: Context, started: Started) -> Outcome:
    """The call itself; nothing that goes wrong in it is taken for a refusal."""
    if started.delay:
        await asyncio.sleep(started.delay)
    if ctx.ops.now() >= started.lease_until:
        return Transient("lease", "the lease ran out before the call")
    try:
        async with asyncio.timeout(_limit(ctx)):
            return await ctx.providers[started.outbound.channel].send(started.outbound)
    except TimeoutError:
        return Unknown("timeout", "no answer in time")
    except Exception as error:  # noqa: BLE001 -- whatever it was, the request may have left
        return Unknown("exception", f"the provider's code failed: {type(error).__name__}")


def _limit(ctx: Context) -> float:
    """The provider keeps its own time limit; this one, below the lease, is for a provider that does not."""
    return min(ctx.settings.provider_timeout.total_seconds() * 2, ctx.settings.lease.total_seconds() * 0.8)


def _land(ctx: Context, flying: Flying, *, more: bool) -> None:
    """Store whatever has come back, in one transaction; with nothing more to launch wait for a fuller load."""
    wait(flying, return_when=FIRST_COMPLETED)
    if not more:
        wait(flying, timeout=0.003)
    landed = [(flying.pop(f), f.result()) for f in [f for f in flying if f.done()]]
    try:
        finish(ctx, landed)
    finally:
        ctx.slots.give(len(landed))
