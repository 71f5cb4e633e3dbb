"""Rest: whether anything is in hand, and when the next thing falls due. What the test kit's clock needs to know."""

from datetime import datetime

from followup.services.context import Context
from followup.storage.machine import queue
from followup.storage.machine.queue import InHand


def in_hand(ctx: Context) -> InHand:
    """What must be done before patients' time may move; nothing while there is no schema yet."""
    with ctx.db.reading() as conn:
        if not queue.exists(conn):
            return InHand(0, 0, 0, 0, 0, 0)
        return queue.in_hand(conn, now=ctx.clock.now(), ops=ctx.ops.now())


def earliest(ctx: Context) -> datetime | None:
    """When the first message falls due that waits for nothing else, also if that is past."""
    with ctx.db.reading() as conn:
        return queue.earliest(conn)


def in_doubt(ctx: Context) -> bool:
    """True while nobody knows of some text whether a provider took it."""
    with ctx.db.reading() as conn:
        return queue.in_doubt(conn)


def next_due(ctx: Context) -> datetime | None:
    """The next instant of patients' time at which something falls due."""
    with ctx.db.reading() as conn:
        return queue.next_due(conn, ctx.clock.now()) if queue.exists(conn) else None
