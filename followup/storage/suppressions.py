"""Suppressions: addresses that must not be used, and the row that gate and STOP both lock."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from followup.domain.consent import Suppression, SuppressionReason
from followup.domain.ids import ClinicId
from followup.domain.message import Channel, MessageClass
from followup.storage.tables import addresses, suppressions

Pair = tuple[Channel, str]


def lock(conn: Connection, clinic_id: ClinicId, pairs: Sequence[Pair], *, shared: bool = False) -> None:
    """Lock the address rows until the end of the transaction, making those that are missing, in one order for all.

    On SQLite the transaction holds the whole file already.
    """
    wanted = sorted({(c.value, a) for c, a in pairs})
    if not wanted:
        return
    insert = (sqlite if conn.dialect.name == "sqlite" else postgresql).insert(addresses)
    if not shared:
        conn.execute(
            insert.on_conflict_do_nothing(), [{"clinic_id": clinic_id, "channel": c, "value": a} for c, a in wanted]
        )
    if conn.dialect.name == "sqlite":
        return
    query = (
        sa.select(addresses.c.value)
        .where(addresses.c.clinic_id == clinic_id, sa.tuple_(addresses.c.channel, addresses.c.value).in_(wanted))
        .order_by(addresses.c.channel, addresses.c.value)
        .with_for_update(read=shared)
    )
    conn.execute(query).all()


def add(
    conn: Connection,
    *,
    clinic_id: ClinicId,
    channel: Channel,
    address: str,
    reason: SuppressionReason,
    source: str,
    now: datetime,
    scope: MessageClass | None = None,
    until: datetime | None = None,
) -> bool:
    """Suppress an address under its lock; False if the same suppression stands already."""
    lock(conn, clinic_id, [(channel, address)])
    standing = active(conn, clinic_id, [(channel, address)], now).get((channel, address), ())
    if any(s.reason is reason and s.scope is scope and s.until == until for s in standing):
        return False
    conn.execute(
        suppressions.insert().values(
            clinic_id=clinic_id,
            channel=channel.value,
            address=address,
            reason=reason.value,
            source=source,
            since=now,
            scope=scope.value if scope else None,
            until=until,
        )
    )
    return True


def active(
    conn: Connection, clinic_id: ClinicId, pairs: Sequence[Pair], now: datetime
) -> dict[Pair, tuple[Suppression, ...]]:
    """The suppressions in force at `now` of each of these addresses."""
    if not pairs:
        return {}
    query = sa.select(suppressions).where(
        suppressions.c.clinic_id == clinic_id,
        suppressions.c.released_at.is_(None),
        suppressions.c.address.in_(sorted({a for _, a in pairs})),
        sa.or_(suppressions.c.until.is_(None), suppressions.c.until > now),
    )
    found: dict[Pair, tuple[Suppression, ...]] = {}
    for row in conn.execute(query):
        key = (Channel(row.channel), row.address)
        found[key] = (
            *found.get(key, ()),
            Suppression(
                channel=key[0],
                address=row.address,
                reason=SuppressionReason(row.reason),
                since=row.since,
                until=row.until,
                scope=MessageClass(row.scope) if row.scope else None,
            ),
        )
    return {k: v for k, v in found.items() if k in set(pairs)}


def release(
    conn: Connection,
    *,
    clinic_id: ClinicId,
    channel: Channel,
    address: str,
    reasons: Sequence[SuppressionReason],
    now: datetime,
    by: str,
    sources: Sequence[str] = (),
) -> int:
    """End the standing suppressions of these reasons on an address, under its lock; returns how many ended.

    With `sources` only those whose source begins with one of these words.
    """
    lock(conn, clinic_id, [(channel, address)])
    query = sa.update(suppressions).where(
        suppressions.c.clinic_id == clinic_id,
        suppressions.c.channel == channel.value,
        suppressions.c.address == address,
        suppressions.c.released_at.is_(None),
        suppressions.c.reason.in_([r.value for r in reasons]),
    )
    if sources:
        query = query.where(sa.or_(*(suppressions.c.source.startswith(word, autoescape=True) for word in sources)))
    return conn.execute(query.values(released_at=now, released_by=by)).rowcount
