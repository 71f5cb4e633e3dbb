"""Delivery: start, send, store. The network is called with no transaction open and with a bounded number in flight."""

import asyncio
from collections import deque
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from datetime import timedelta

from followup.clock import wait_until
from followup.domain.errors import Unavailable
from followup.domain.ids import MessageId
from followup.domain.outcome import Outcome, Transient, Unknown
from followup.log import get_logger
from followup.services.begin import Started, begin, set_aside
from followup.services.context import Context
from followup.services.finish import Landed, finish
from followup.services.routing.lineup import named

_log = get_logger("deliver")
_PAUSE = timedelta(milliseconds=250)
#: Seconds. What comes back within it is stored at once, and as many start together: a transaction costs more than they.
_LINGER = 0.004

Flying = dict["Future[Outcome]", Started]


def deliver(ctx: Context, ids: Sequence[str]) -> None:
    """Send these queued messages, a few at a time: only what can be on the wire at once is marked as started.

    Rows that are no longer queued are passed over, so that a repeated or doubled ring is harmless. Raises Unavailable
    if the database went away, once what was on the wire by then is stored; nothing is sent that could not be written.
    """
    waiting = deque(MessageId(i) for i in dict.fromkeys(ids))
    flying: Flying = {}
    failure: Exception | None = None
    while waiting or flying:
        if waiting:
            try:
                _launch(ctx, waiting, flying)
            except Exception as error:  # noqa: BLE001 -- raised below: what is on the wire comes first
                failure = error
                waiting.clear()
        if flying:
            _land(ctx, flying)
    if failure is not None:
        raise failure


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
    """The call itself; nothing that goes wrong in it is taken for a refusal.

    The provider keeps its own time limit; the one here is for a provider that does not.
    """
    if started.delay:
        await asyncio.sleep(started.delay)
    if ctx.ops.now() >= started.lease_until:
        return Transient("lease", "the lease ran out before the call")
    provider = named(ctx, started.outbound.channel, started.provider)
    assert provider is not None
    try:
        async with asyncio.timeout(ctx.settings.call_limit.total_seconds()):
            return await provider.send(started.outbound)
    except TimeoutError:
        return Unknown("timeout", "no answer in time")
    except Exception as error:  # noqa: BLE001 -- whatever it was, the request may have left
        return Unknown("exception", f"the provider's code failed: {type(error).__name__}")


def _land(ctx: Context, flying: Flying) -> None:
    """Store whatever has come back, in one transaction; wait a moment for a fuller load."""
    wait(flying, return_when=FIRST_COMPLETED)
    wait(flying, timeout=_LINGER)
    landed = [(flying.pop(f), f.result()) for f in [f for f in flying if f.done()]]
    try:
        _store(ctx, landed)
    finally:
        ctx.slots.give(len(landed))


def _store(ctx: Context, landed: Sequence[Landed]) -> None:
    """Store outcomes; while the database is away keep them, for as long as nobody else may take them for lost.

    What could not be stored by the end of its lease is looked up at the provider, like the sends of a dead process.
    """
    left = max(started.lease_until for started, _ in landed) - ctx.ops.now()
    if not wait_until(lambda: _stored(ctx, landed), limit=left, every=_PAUSE):
        _log.error("outcomes could not be stored and will be looked up", messages=len(landed))


def _stored(ctx: Context, landed: Sequence[Landed]) -> bool:
    """False while the database is away. One outcome that trips over a bug of ours does not take the others along."""
    try:
        finish(ctx, landed)
    except Unavailable:
        return False
    except Exception as error:  # noqa: BLE001 -- its row stays as it is, to be looked up
        if len(landed) == 1:
            _log.error("an outcome could not be stored", message=landed[0][0].message.id, error=error)
            return True
        return all(_stored(ctx, [one]) for one in landed)
    return True
