"""Streams over everybody and every message's history, in pages, so that a clinic of any size fits in memory."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId, MessageId
from followup.storage.tables import enrollments, events, message_history, patients

_CHUNK = 500


def names_after(conn: Connection, clinic_id: ClinicId, last: str, *, limit: int) -> list[str]:
    """The next ids of patients in order, known by an event, by their record or by an enrollment alone."""
    sources = (
        (events, events.c.patient_key), (patients, patients.c.id), (enrollments, enrollments.c.patient_id),
    )  # fmt: skip
    each = [
        sa.select(column.label("name"))
        .where(table.c.clinic_id == clinic_id, column > last)
        .distinct()
        .order_by(column)
        .limit(limit)
        .subquery()
        for table, column in sources
    ]
    every = sa.union(*(sa.select(one.c.name) for one in each)).subquery()
    return list(conn.scalars(sa.select(every.c.name).order_by(every.c.name).limit(limit)))


def last_words(conn: Connection, ids: Sequence[MessageId]) -> dict[MessageId, tuple[str, str | None]]:
    """Of each message the state of its last history row, and the due time that history set last."""
    found: dict[MessageId, tuple[str, str | None]] = {}
    for row in _history(conn, ids):
        _, due = found.get(row.message_id, ("", None))
        found[MessageId(row.message_id)] = (row.state, (row.detail or {}).get("due_at", due))
    return found


def _history(conn: Connection, ids: Sequence[MessageId]) -> Iterator[Any]:
    what = (message_history.c.message_id, message_history.c.state, message_history.c.detail)
    for start in range(0, len(ids), _CHUNK):
        query = sa.select(*what).where(message_history.c.message_id.in_(ids[start : start + _CHUNK]))
        yield from conn.execute(query.order_by(message_history.c.id))
