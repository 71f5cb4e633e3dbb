"""Rest: whether anything is in hand, and when the next thing falls due. What the test kit's clock needs to know."""

from dataclasses import replace
from datetime import datetime

from followup.services.campaigns.turns import next_turns
from followup.services.context import Context
from followup.storage.machine import queue
from followup.storage.machine.queue import InHand


def in_hand(ctx: Context) -> InHand:
    """What must be done before patients' time may move; nothing while there is no schema yet."""
    with ctx.db.reading() as conn:
        if not queue.exists(conn):
            return InHand(0, 0, 0, 0, 0, 0)
        now = ctx.clock.now()
        going = sum(moment <= now for moment in next_turns(ctx, conn))
        return replace(queue.in_hand(conn, now=now, ops=ctx.ops.now()), campaigns=going)


def earliest(ctx: Context) -> datetime | None:
    """When the first message falls due that waits for nothing else, or a campaign goes on; also if that is past."""
    with ctx.db.reading() as conn:
        return min((m for m in (queue.earliest(conn), *next_turns(ctx, conn)) if m is not None), default=None)


def in_doubt(ctx: Context) -> bool:
    """True while nobody knows of some text whether a provider took it."""
    with ctx.db.reading() as conn:
        return queue.in_doubt(conn)


def next_due(ctx: Context) -> datetime | None:
    """The next instant of patients' time at which something falls due."""
    with ctx.db.reading() as conn:
        if not queue.exists(conn):
            return None
        now = ctx.clock.now()
        turns = (moment for moment in next_turns(ctx, conn) if moment > now)
        return min((m for m in (queue.next_due(conn, now), *turns) if m is not None), default=None)
