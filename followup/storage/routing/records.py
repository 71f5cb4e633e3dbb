"""Records: how the last calls of a provider went, how contacts with an address ended, how often a text was filtered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId, MessageId
from followup.domain.message import Channel
from followup.storage.tables import attempts, messages, receipts

#: Final receipts that are looked at for one text, newest first.
_BATCH = 2000
_CONTACTS = 40


@dataclass(frozen=True, slots=True)
class Ended:
    """A final receipt: of which message (and whose successor that is), when, by whom and with which code."""

    message_id: MessageId
    follows: MessageId | None
    at: datetime
    provider: str
    code: str


def calls(
    conn: Connection, provider: str, sender: str, *, since: datetime, limit: int
) -> list[tuple[str | None, str | None]]:
    """Outcome and code of the newest attempts that came back, newest first."""
    query = sa.select(attempts.c.outcome, attempts.c.code).where(
        attempts.c.provider == provider,
        attempts.c.sender == sender,
        attempts.c.started_ops >= since,
        attempts.c.outcome.is_not(None),
    )
    rows = conn.execute(query.order_by(attempts.c.started_ops.desc(), attempts.c.id.desc()).limit(limit))
    return [(row.outcome, row.code) for row in rows]


def awaited(
    conn: Connection, provider: str, *, since: datetime, until: datetime, limit: int = 500
) -> dict[str, tuple[int, int]]:
    """By sender: how many accepted attempts of that time are there, and how many without any receipt."""
    taken = (
        sa.select(attempts.c.sender, attempts.c.message_id)
        .where(
            attempts.c.provider == provider,
            attempts.c.started_ops >= since,
            attempts.c.started_ops < until,
            attempts.c.outcome == "accepted",
        )
        .order_by(attempts.c.started_ops.desc())
        .limit(limit)
        .subquery()
    )
    came = sa.exists().where(receipts.c.message_id == taken.c.message_id)
    query = sa.select(taken.c.sender, sa.func.count(), sa.func.sum(sa.case((came, 0), else_=1)))
    return {sender: (int(all_), int(none)) for sender, all_, none in conn.execute(query.group_by(taken.c.sender))}


def reports(conn: Connection, provider: str, *, newest: int = 1000) -> bool:
    """True if the provider brought one of the newest receipts: its silence would mean something."""
    last = sa.select(receipts.c.provider).order_by(receipts.c.id.desc()).limit(newest).subquery()
    return conn.execute(sa.select(last.c.provider).where(last.c.provider == provider).limit(1)).first() is not None


def endings(conn: Connection, clinic_id: ClinicId, *, channel: Channel, address: str, since: datetime) -> list[Ended]:
    """The final receipts of a clinic's contacts with an address, newest first."""
    query = (
        sa.select(receipts.c.message_id, messages.c.follows, receipts.c.at, receipts.c.provider, receipts.c.error_code)
        .join(messages, messages.c.id == receipts.c.message_id)
        .join(attempts, sa.and_(attempts.c.message_id == messages.c.id, attempts.c.number == messages.c.attempt_no))
        .where(
            messages.c.clinic_id == clinic_id,
            attempts.c.channel == channel.value,
            attempts.c.address == address,
            receipts.c.status.in_(["delivered", "undelivered"]),
            receipts.c.at >= since,
        )
    )
    rows = conn.execute(query.order_by(receipts.c.at.desc(), receipts.c.id.desc()).limit(_CONTACTS))
    return [Ended(MessageId(r.message_id), r.follows, r.at, r.provider, r.error_code) for r in rows]


def batch(
    conn: Connection, clinic_id: ClinicId, *, template_ref: str, version: str, since: datetime
) -> list[tuple[str, str]]:
    """Provider and code of the newest texts of this version that ended since then, one each."""
    last = (
        sa.select(receipts.c.message_id, receipts.c.provider, receipts.c.error_code, receipts.c.at)
        .where(receipts.c.status.in_(["delivered", "undelivered"]))
        .order_by(receipts.c.id.desc())
        .limit(_BATCH)
        .subquery()
    )
    query = (
        sa.select(last.c.message_id, last.c.provider, last.c.error_code)
        .join(messages, messages.c.id == last.c.message_id)
        .where(
            messages.c.clinic_id == clinic_id,
            messages.c.template_ref == template_ref,
            messages.c.template_version == version,
            last.c.at >= since,
        )
    )
    by_message = {row.message_id: (row.provider, row.error_code) for row in conn.execute(query)}
    return list(by_message.values())


def clinics_of(conn: Connection, provider: str, *, since: datetime) -> Sequence[ClinicId]:
    """The clinics that sent through a provider since then."""
    query = (
        sa.select(messages.c.clinic_id)
        .join(attempts, attempts.c.message_id == messages.c.id)
        .where(attempts.c.provider == provider, attempts.c.started_ops >= since)
        .distinct()
    )
    return [ClinicId(one) for one in conn.scalars(query)]
