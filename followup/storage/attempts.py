"""Attempts: one row a try at a provider, written before the call and finished after it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import AttemptId, ClinicId, MessageId
from followup.storage.tables import attempts, messages

Row = Mapping[str, Any]
_START = attempts.insert()
_FINISH = (
    sa.update(attempts)
    .where(attempts.c.id == sa.bindparam("b_id"))
    .values({n: sa.bindparam(n) for n in ("outcome", "code", "detail", "provider_ref", "finished_at")})
)


def start(conn: Connection, rows: Sequence[Row]) -> None:
    """Insert attempts that are about to be made; `rows` carry every column but the outcome's."""
    if rows:
        conn.execute(_START, list(rows))


def finish(conn: Connection, rows: Sequence[Row]) -> None:
    """Write outcomes: each row has b_id, outcome, code, detail, provider_ref and finished_at."""
    if rows:
        conn.execute(_FINISH, list(rows))


def of_message(conn: Connection, message_id: MessageId) -> list[dict[str, Any]]:
    """All attempts of a message, first to last."""
    query = sa.select(attempts).where(attempts.c.message_id == message_id).order_by(attempts.c.number)
    return [dict(r._mapping) for r in conn.execute(query)]


def latest(conn: Connection, message_ids: Sequence[MessageId]) -> dict[MessageId, dict[str, Any]]:
    """The newest attempt of each message."""
    found: dict[MessageId, dict[str, Any]] = {}
    query = sa.select(attempts).where(attempts.c.message_id.in_(message_ids)).order_by(attempts.c.number)
    for row in conn.execute(query):
        found[MessageId(row.message_id)] = dict(row._mapping)
    return found


def last_to(conn: Connection, channel: str, address: str, clinic_ids: Collection[ClinicId]) -> ClinicId | None:
    """Which of these clinics wrote to an address last; None if none did."""
    query = (
        sa.select(messages.c.clinic_id)
        .join(attempts, attempts.c.message_id == messages.c.id)
        .where(attempts.c.channel == channel, attempts.c.address == address, messages.c.clinic_id.in_(clinic_ids))
        .order_by(attempts.c.started_at.desc(), attempts.c.id.desc())
    )
    found = conn.scalar(query.limit(1))
    return ClinicId(found) if found else None


def get(conn: Connection, attempt_id: AttemptId) -> dict[str, Any] | None:
    """One attempt."""
    row = conn.execute(sa.select(attempts).where(attempts.c.id == attempt_id)).first()
    return dict(row._mapping) if row else None


def equal_bodies(conn: Connection, *, channel: str, address: str, text: str, since: datetime, but: MessageId) -> int:
    """How many attempts of other messages, without a provider's id, went to this address with the same text since."""
    query = sa.select(sa.func.count()).where(
        attempts.c.channel == channel,
        attempts.c.address == address,
        attempts.c.text == text,
        attempts.c.started_ops >= since,
        attempts.c.message_id != but,
        attempts.c.provider_ref.is_(None),
    )
    return int(conn.scalar(query) or 0)


def ref_of_another(conn: Connection, ref: str, *, but: MessageId) -> bool:
    """True if the provider's id belongs to an attempt of another message."""
    query = sa.select(attempts.c.id).where(attempts.c.provider_ref == ref, attempts.c.message_id != but).limit(1)
    return conn.scalar(query) is not None


def has_ref(conn: Connection, message_id: MessageId, ref: str) -> bool:
    """True if the provider named an attempt of this message so."""
    query = sa.select(attempts.c.id).where(attempts.c.message_id == message_id, attempts.c.provider_ref == ref)
    return conn.scalar(query.limit(1)) is not None


def counts(conn: Connection, message_ids: Sequence[MessageId], *, outcome: str) -> dict[MessageId, int]:
    """How many attempts of each message ended with `outcome`."""
    query = (
        sa.select(attempts.c.message_id, sa.func.count())
        .where(attempts.c.message_id.in_(message_ids), attempts.c.outcome == outcome)
        .group_by(attempts.c.message_id)
    )
    return {MessageId(m): int(n) for m, n in conn.execute(query)}
