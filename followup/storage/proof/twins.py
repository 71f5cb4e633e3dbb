"""Twins: messages of ours with an equal text to the same address, which a provider's list cannot tell apart."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.message import MessageState
from followup.storage.tables import attempts, messages

_AROUND = timedelta(days=1)
#: What was proven absent, or ended without another try, is in no list.
_ABSENT = (MessageState.SCHEDULED, MessageState.QUEUED, MessageState.SKIPPED, MessageState.CANCELLED)


def known_refs(conn: Connection, attempt: Mapping[str, Any]) -> frozenset[str]:
    """The provider's ids of other messages to the address of `attempt`, by its answer or by a receipt."""
    query = sa.select(attempts.c.provider_ref, messages.c.provider_ref).join(messages, _own())
    rows = conn.execute(query.where(*_others(attempt)))
    return frozenset(ref for row in rows for ref in row if ref)


def is_doubtful(conn: Connection, attempt: Mapping[str, Any]) -> bool:
    """True if an equal text went to the same address about then and nobody knows under which id, if any."""
    query = sa.select(attempts.c.id).join(messages, _own())
    query = query.where(
        *_others(attempt),
        attempts.c.text == attempt["text"],
        sa.or_(attempts.c.outcome.is_(None), attempts.c.outcome == "unknown"),
        messages.c.provider_ref.is_(None),
        messages.c.state.not_in([s.value for s in _ABSENT]),
    )
    return conn.scalar(query.limit(1)) is not None


def _own() -> sa.ColumnElement[bool]:
    return attempts.c.message_id == messages.c.id


def _others(attempt: Mapping[str, Any]) -> tuple[sa.ColumnElement[bool], ...]:
    since: datetime = attempt["started_ops"] - _AROUND
    return (
        attempts.c.channel == attempt["channel"],
        attempts.c.address == attempt["address"],
        attempts.c.started_ops >= since,
        attempts.c.message_id != attempt["message_id"],
    )
