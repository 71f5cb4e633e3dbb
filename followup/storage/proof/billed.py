"""What we believe we sent by a provider, to be held against its own list."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId, MessageId
from followup.storage.tables import attempts, messages, receipts


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt at a provider; without `ref` nobody knows under what name it took the message, if it did."""

    message_id: MessageId
    clinic_id: ClinicId
    ref: str
    sender: str
    address: str
    text: str
    started: datetime


def tried(conn: Connection, provider: str, *, since: datetime, until: datetime) -> Iterator[Tried]:
    """Attempts that began in that span of real time, oldest first, but for those that were refused."""
    query = (
        sa.select(attempts, messages.c.clinic_id)
        .join(messages, messages.c.id == attempts.c.message_id)
        .where(
            attempts.c.provider == provider,
            attempts.c.started_ops >= since,
            attempts.c.started_ops < until,
            sa.or_(attempts.c.outcome.is_(None), attempts.c.outcome.not_in(("rejected", "transient"))),
        )
        .order_by(attempts.c.started_ops)
    )
    with conn.execution_options(yield_per=1000).execute(query) as rows:
        for row in rows:
            yield Tried(
                MessageId(row.message_id), ClinicId(row.clinic_id), row.provider_ref or "", row.sender, row.address,
                row.text, row.started_ops,
            )  # fmt: skip


def told(conn: Connection, provider: str, refs: Collection[str]) -> dict[str, MessageId]:
    """The messages of ours of which a receipt came in under one of these names, or that are known by it."""
    some = list(refs)
    by_receipt = (
        sa.select(receipts.c.provider_ref, receipts.c.message_id)
        .join(messages, messages.c.id == receipts.c.message_id)
        .where(receipts.c.provider == provider, receipts.c.provider_ref.in_(some))
    )
    by_message = sa.select(messages.c.provider_ref, messages.c.id).where(
        messages.c.provider == provider, messages.c.provider_ref.in_(some)
    )
    return {ref: MessageId(one) for query in (by_receipt, by_message) for ref, one in conn.execute(query)}
