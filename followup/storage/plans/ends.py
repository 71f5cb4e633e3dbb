"""How messages ended: the row of the history that says why."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import MessageId
from followup.domain.lifecycle import Signal
from followup.storage.tables import message_history

#: After these it matters no more when the message was started.
_DECISIVE = frozenset({Signal.STARTED.value, Signal.REJECTED.value, Signal.RETRIED.value, Signal.ABANDONED.value})


def last_rows(conn: Connection, ids: Sequence[MessageId]) -> dict[MessageId, dict[str, Any]]:
    """Of each message the history row by which it came into its state, or went out; what it said counts."""
    found: dict[MessageId, dict[str, Any]] = {}
    query = sa.select(message_history).where(message_history.c.message_id.in_(ids)).order_by(message_history.c.id)
    for row in conn.execute(query) if ids else ():
        known = found.get(row.message_id)
        if known is None or known["signal"] != Signal.STARTED.value or row.signal in _DECISIVE:
            found[row.message_id] = {k: getattr(row, k) for k in ("at", "signal", "state", "reason", "detail")}
    return found
