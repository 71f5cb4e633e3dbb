"""Holds of more than one message: a clinic, a sender, an account or the instance."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId
from followup.storage.tables import holds

_EVERY = sa.select(holds)


def put(
    conn: Connection,
    *,
    clinic_id: ClinicId,
    scope: str,
    key: str,
    cause: str,
    now: datetime,
    by: str,
    why: str | None = None,
) -> bool:
    """Put a hold; False if it stands already."""
    insert = (sqlite if conn.dialect.name == "sqlite" else postgresql).insert(holds)
    values = {"clinic_id": clinic_id, "scope": scope, "key": key, "cause": cause, "since": now, "by": by, "why": why}
    return conn.execute(insert.values(values).on_conflict_do_nothing().returning(holds.c.key)).first() is not None


def end(conn: Connection, *, clinic_id: ClinicId, scope: str, key: str) -> bool:
    """End a hold; False if there was none."""
    query = sa.delete(holds).where(holds.c.clinic_id == clinic_id, holds.c.scope == scope, holds.c.key == key)
    return conn.execute(query).rowcount > 0


def standing(conn: Connection) -> list[Mapping[str, Any]]:
    """All holds that stand, of all clinics."""
    return [dict(r._mapping) for r in conn.execute(_EVERY)]
