"""Which contacts of an enrollment were made, or may have been: a step is not sent twice."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import EnrollmentId, MessageId
from followup.domain.message import MessageState
from followup.storage.database import many
from followup.storage.tables import messages

_OUT = (MessageState.SENDING, MessageState.UNCONFIRMED, MessageState.SENT, MessageState.DELIVERED)
_MADE = sa.select(messages.c.id, messages.c.enrollment_id, messages.c.step_key).where(
    messages.c.enrollment_id.in_(many("b_ids")), messages.c.state.in_([s.value for s in _OUT])
)


def made(conn: Connection, begun: Collection[EnrollmentId]) -> dict[tuple[EnrollmentId, str], tuple[MessageId, ...]]:
    """The messages that are out or arrived, by their enrollment and step."""
    found: dict[tuple[EnrollmentId, str], tuple[MessageId, ...]] = {}
    for row in conn.execute(_MADE, {"b_ids": list(begun)}) if begun else ():
        key = (EnrollmentId(row.enrollment_id), row.step_key)
        found[key] = (*found.get(key, ()), MessageId(row.id))
    return found
