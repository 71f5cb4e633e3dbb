"""Heartbeats of the roles, so that `/readyz` and `followup doctor` can tell who is there."""

from collections.abc import Mapping
from datetime import datetime

from followup.services.context import Context
from followup.storage.machine import heartbeats


def beat(ctx: Context, role: str, instance: str) -> None:
    """Note that this instance of `role` is alive now."""
    with ctx.db.transaction() as conn:
        heartbeats.beat(conn, role, instance, ops=ctx.ops.now())


def last_seen(ctx: Context) -> Mapping[str, datetime]:
    """When each role was seen last, in real time."""
    with ctx.db.reading() as conn:
        return heartbeats.last_seen(conn)
