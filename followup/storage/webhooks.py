"""Ids of signed webhooks that came in, kept long enough to tell a repetition from a replay."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId
from followup.storage.database import insert
from followup.storage.tables import webhook_ids

KEPT = timedelta(days=7)


def first_use(conn: Connection, clinic_id: ClinicId, webhook_id: str, *, digest: str, now: datetime) -> str:
    """Remember this id; returns the digest of what came under it first."""
    values = {"clinic_id": clinic_id, "id": webhook_id, "digest": digest, "seen_at": now}
    statement = insert(conn, webhook_ids).values(values).on_conflict_do_nothing().returning(webhook_ids.c.id)
    if conn.execute(statement).first() is not None:
        conn.execute(sa.delete(webhook_ids).where(webhook_ids.c.seen_at < now - KEPT))
        return digest
    query = sa.select(webhook_ids.c.digest).where(webhook_ids.c.clinic_id == clinic_id, webhook_ids.c.id == webhook_id)
    return str(conn.scalar(query))
