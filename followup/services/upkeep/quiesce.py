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


def next_due(ctx: Context) -> datetime | None:
    """The next instant of patients' time at which something falls due."""
    with ctx.db.reading() as conn:
        return queue.next_due(conn, ctx.clock.now()) if queue.exists(conn) else None
