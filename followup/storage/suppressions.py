"""Suppressions: addresses that must not be used, and the row that gate and STOP both lock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row

from followup.domain.consent import Suppression, SuppressionReason
from followup.domain.ids import ClinicId
from followup.domain.message import Channel, MessageClass
from followup.storage.database import many
from followup.storage.tables import addresses, suppressions

Pair = tuple[Channel, str]
#: Gives the keyed hash of an address.
Marker = Callable[[Channel, str], str]
_ACTIVE = (
    sa.select(suppressions)
    .where(
        suppressions.c.clinic_id == sa.bindparam("b_clinic"),
        suppressions.c.released_at.is_(None),
        sa.or_(suppressions.c.address.in_(many("b_values")), suppressions.c.mark.in_(many("b_marks"))),
        sa.or_(suppressions.c.until.is_(None), suppressions.c.until > sa.bindparam("b_now")),
    )
    .order_by(suppressions.c.id)
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A suppression as its row tells it; the address is empty where it was erased and only `mark` is left of it."""

    row: int
    suppression: Suppression
    mark: str
    source: str
    released_at: datetime | None
    released_by: str


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
    mark: Marker,
    scope: MessageClass | None = None,
    until: datetime | None = None,
    since: datetime | None = None,
) -> bool:
    """Suppress an address under its lock; False if one for this reason and class stands already and as long."""
    lock(conn, clinic_id, [(channel, address)])
    standing = active(conn, clinic_id, [(channel, address)], now, mark=mark).get((channel, address), ())
    if any(s.reason is reason and s.scope is scope and _outlasts(s, until) for s in standing):
        return False
    conn.execute(
        suppressions.insert().values(
            clinic_id=clinic_id,
            channel=channel.value,
            address=address,
            mark=mark(channel, address),
            reason=reason.value,
            source=source,
            since=since or now,
            scope=scope.value if scope else None,
            until=until,
        )
    )
    return True


def _outlasts(standing: Suppression, until: datetime | None) -> bool:
    return standing.until is None or (until is not None and standing.until >= until)


def active(
    conn: Connection, clinic_id: ClinicId, pairs: Sequence[Pair], now: datetime, *, mark: Marker
) -> dict[Pair, tuple[Suppression, ...]]:
    """The suppressions in force at `now` of each of these addresses, also of those whose address was erased."""
    if not pairs:
        return {}
    marks = {pair: mark(*pair) for pair in pairs}
    given = {"b_clinic": clinic_id, "b_now": now}
    given |= {"b_values": sorted({a for _, a in pairs}), "b_marks": sorted(marks.values())}
    by_address = {(pair[0].value, pair[1]): pair for pair in pairs}
    by_mark = {(pair[0].value, marked): pair for pair, marked in marks.items()}
    found: dict[Pair, tuple[Suppression, ...]] = {}
    for row in conn.execute(_ACTIVE, given):
        hit = {by_address.get((row.channel, row.address)), by_mark.get((row.channel, row.mark))} - {None}
        for pair in hit:
            assert pair is not None
            found[pair] = (*found.get(pair, ()), _suppression(row, pair))
    return found


def _suppression(row: Row[Any], pair: Pair) -> Suppression:
    return Suppression(
        channel=pair[0],
        address=pair[1],
        reason=SuppressionReason(row.reason),
        since=row.since,
        until=row.until,
        scope=MessageClass(row.scope) if row.scope else None,
    )


def release(
    conn: Connection,
    *,
    clinic_id: ClinicId,
    channel: Channel,
    address: str,
    reasons: Sequence[SuppressionReason],
    now: datetime,
    by: str,
    mark: Marker,
    sources: Sequence[str] = (),
) -> int:
    """End the standing suppressions of these reasons on an address, under its lock; returns how many ended.

    With `sources` only those whose source begins with one of these words.
    """
    lock(conn, clinic_id, [(channel, address)])
    query = sa.update(suppressions).where(
        suppressions.c.clinic_id == clinic_id,
        suppressions.c.channel == channel.value,
        sa.or_(suppressions.c.address == address, suppressions.c.mark == mark(channel, address)),
        suppressions.c.released_at.is_(None),
        sa.or_(suppressions.c.until.is_(None), suppressions.c.until > now),
        suppressions.c.reason.in_([r.value for r in reasons]),
    )
    if sources:
        query = query.where(sa.or_(*(suppressions.c.source.startswith(word, autoescape=True) for word in sources)))
    return conn.execute(query.values(released_at=now, released_by=by)).rowcount


def listing(
    conn: Connection,
    clinic_id: ClinicId,
    *,
    now: datetime,
    ended: bool = False,
    after: int = 0,
    limit: int = 1000,
) -> list[Listed]:
    """A page of a clinic's suppressions in the order they were made, after the row `after`; those in force only,
    unless `ended`."""
    query = sa.select(suppressions).where(suppressions.c.clinic_id == clinic_id, suppressions.c.id > after)
    if not ended:
        query = query.where(
            suppressions.c.released_at.is_(None), sa.or_(suppressions.c.until.is_(None), suppressions.c.until > now)
        )
    rows = conn.execute(query.order_by(suppressions.c.id).limit(limit))
    return [
        Listed(
            row=r.id,
            suppression=_suppression(r, (Channel(r.channel), r.address)),
            mark=r.mark,
            source=r.source,
            released_at=r.released_at,
            released_by=r.released_by or "",
        )
        for r in rows
    ]


def restore(
    conn: Connection,
    clinic_id: ClinicId,
    suppression: Suppression,
    *,
    mark: str,
    source: str,
) -> bool:
    """Suppress by the keyed hash alone an address that was erased; False if it is suppressed for this reason."""
    same = sa.select(suppressions.c.id).where(
        suppressions.c.clinic_id == clinic_id,
        suppressions.c.mark == mark,
        suppressions.c.reason == suppression.reason.value,
        suppressions.c.released_at.is_(None),
    )
    if conn.execute(same.limit(1)).first():
        return False
    conn.execute(
        suppressions.insert().values(
            clinic_id=clinic_id,
            channel=suppression.channel.value,
            address="",
            mark=mark,
            reason=suppression.reason.value,
            source=source,
            since=suppression.since,
            scope=suppression.scope.value if suppression.scope else None,
            until=suppression.until,
        )
    )
    return True
