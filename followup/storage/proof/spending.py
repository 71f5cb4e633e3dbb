"""What a clinic sent in a stretch of time, for its price."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId
from followup.domain.message import Channel, MessageClass
from followup.storage.tables import attempts, messages


@dataclass(frozen=True, slots=True)
class Gone:
    """A message that a provider took, or may have."""

    message_class: MessageClass
    channel: Channel
    address: str
    text: str


def gone(conn: Connection, clinic_id: ClinicId, *, since: datetime, until: datetime) -> Iterator[Gone]:
    """What began in that time (patients' time) and was not refused; a thousand in memory."""
    query = (
        sa.select(messages.c.message_class, attempts.c.channel, attempts.c.address, attempts.c.text)
        .join(messages, messages.c.id == attempts.c.message_id)
        .where(
            messages.c.clinic_id == clinic_id,
            attempts.c.started_at >= since,
            attempts.c.started_at < until,
            sa.or_(attempts.c.outcome.is_(None), attempts.c.outcome.not_in(("rejected", "transient"))),
        )
    )
    with conn.execution_options(yield_per=1000).execute(query) as rows:
        for row in rows:
            yield Gone(MessageClass(row.message_class), Channel(row.channel), row.address, row.text)
