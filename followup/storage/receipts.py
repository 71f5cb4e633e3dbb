"""Receipts: every later word of a provider, kept as it came."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import MessageId
from followup.domain.message import Receipt
from followup.storage.database import putting_new
from followup.storage.tables import receipts


def add(conn: Connection, receipt: Receipt, now: datetime, *, known: bool) -> bool:
    """Store a receipt; False if the same word came before (repeats are harmless)."""
    values = {
        "message_id": receipt.message_id,
        "provider": receipt.provider,
        "provider_ref": receipt.provider_ref,
        "status": receipt.status.value,
        "provider_status": receipt.provider_status,
        "error_code": receipt.error_code or "",
        "at": now,
        "known": known,
    }
    return conn.execute(putting_new(conn.dialect.name, receipts, "id"), values).first() is not None


def of_message(conn: Connection, message_id: MessageId) -> list[dict[str, Any]]:
    """All receipts of a message in the order they came."""
    query = sa.select(receipts).where(receipts.c.message_id == message_id).order_by(receipts.c.id)
    return [dict(r._mapping) for r in conn.execute(query)]


def unknown(conn: Connection, limit: int) -> list[dict[str, Any]]:
    """Receipts for messages we do not have, newest first."""
    query = sa.select(receipts).where(receipts.c.known.is_(False)).order_by(receipts.c.id.desc()).limit(limit)
    return [dict(r._mapping) for r in conn.execute(query)]
