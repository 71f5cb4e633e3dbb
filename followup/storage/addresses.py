"""Addresses: what is known of a number or mailbox beside its suppressions."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId
from followup.domain.message import Channel
from followup.storage.database import many
from followup.storage.suppressions import lock
from followup.storage.tables import addresses

Pair = tuple[Channel, str]
_FLAGS = sa.select(addresses).where(
    addresses.c.clinic_id == sa.bindparam("b_clinic"),
    addresses.c.flag.is_not(None),
    addresses.c.value.in_(many("b_values")),
)


def flags(conn: Connection, clinic_id: ClinicId, pairs: Sequence[Pair]) -> dict[Pair, str]:
    """In plain words why an address must not be used, of those that are flagged."""
    if not pairs:
        return {}
    rows = conn.execute(_FLAGS, {"b_clinic": clinic_id, "b_values": sorted({a for _, a in pairs})})
    return {(Channel(r.channel), r.value): r.note or r.flag for r in rows}


def flag(
    conn: Connection, *, clinic_id: ClinicId, channel: Channel, address: str, what: str, note: str, now: datetime
) -> None:
    """Flag an address as not usable until it is verified again; `note` says why, without the address."""
    lock(conn, clinic_id, [(channel, address)])
    conn.execute(
        sa.update(addresses)
        .where(
            addresses.c.clinic_id == clinic_id,
            addresses.c.channel == channel.value,
            addresses.c.value == address,
        )
        .values(flag=what, note=note, flagged_at=now)
    )


def count_soft(
    conn: Connection, *, clinic_id: ClinicId, channel: Channel, address: str, count: int, since: datetime | None
) -> None:
    """Note how many messages an address could not take lately, and since when; its lock is the caller's."""
    query = sa.update(addresses).where(
        addresses.c.clinic_id == clinic_id, addresses.c.channel == channel.value, addresses.c.value == address
    )
    conn.execute(query.values(soft_bounces=count, soft_since=since))


def unflag(conn: Connection, *, clinic_id: ClinicId, channel: Channel, address: str) -> bool:
    """The address was verified again; False if it was not flagged."""
    query = sa.update(addresses).where(
        addresses.c.clinic_id == clinic_id,
        addresses.c.channel == channel.value,
        addresses.c.value == address,
        addresses.c.flag.is_not(None),
    )
    return conn.execute(query.values(flag=None, note=None, flagged_at=None)).rowcount > 0
