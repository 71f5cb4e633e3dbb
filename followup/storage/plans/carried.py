"""Messages that another message carries: several treatments of one day, told at once."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import EnrollmentId, MessageId
from followup.domain.message import Message
from followup.storage.database import many
from followup.storage.messages import get_many
from followup.storage.tables import messages

_CARRIER = messages.alias("carrier")
_CARRIED = (
    sa.select(messages.c.id, _CARRIER.c.enrollment_id, _CARRIER.c.step_key)
    .join(_CARRIER, _CARRIER.c.id == messages.c.carried_by)
    .where(messages.c.carried_by.is_not(None), _CARRIER.c.enrollment_id.in_(many("b_ids")))
)


def lock_open(conn: Connection, enrollments: Sequence[EnrollmentId]) -> None:
    """Wait until nobody is starting a message of these enrollments, and let nobody start one until the end.

    On SQLite the transaction holds the whole file already.
    """
    if conn.dialect.name == "sqlite" or not enrollments:
        return
    query = sa.select(messages.c.id).where(
        messages.c.enrollment_id.in_(enrollments), messages.c.state.in_(["scheduled", "queued"])
    )
    conn.execute(query.order_by(messages.c.id).with_for_update()).all()


def carried(conn: Connection, carriers: Iterable[Message]) -> dict[MessageId, list[Message]]:
    """What each of these messages carries, also what an earlier try of the same contact was given to carry."""
    wanted: dict[tuple[EnrollmentId, str], list[MessageId]] = {}
    for m in carriers:
        if m.enrollment_id is not None:
            wanted.setdefault((m.enrollment_id, m.step_key), []).append(m.id)
    if not wanted:
        return {}
    rows = conn.execute(_CARRIED, {"b_ids": sorted({of for of, _ in wanted})})
    pairs = {row.id: wanted.get((EnrollmentId(row.enrollment_id), row.step_key), []) for row in rows}
    found: dict[MessageId, list[Message]] = {}
    for message in get_many(conn, [MessageId(i) for i, by in pairs.items() if by]) if pairs else ():
        for by in pairs[message.id]:
            found.setdefault(by, []).append(message)
    return found
