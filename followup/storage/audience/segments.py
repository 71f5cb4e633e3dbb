"""Saved segments as rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from followup.domain.ids import ClinicId
from followup.storage.database import put as put_rows
from followup.storage.tables import saved_segments


@dataclass(frozen=True, slots=True)
class SavedSegment:
    """An audience under its name, who saved it last and when; `definition` is canonical."""

    name: str
    title: str
    definition: Mapping[str, Any]
    saved_by: str
    saved_at: datetime


def put(conn: Connection, clinic_id: ClinicId, segment: SavedSegment) -> None:
    """Save a segment, over one of the same name."""
    row = {name: getattr(segment, name) for name in SavedSegment.__slots__}
    put_rows(conn, saved_segments, [row | {"clinic_id": clinic_id, "definition": dict(segment.definition)}])


def get(conn: Connection, clinic_id: ClinicId, name: str) -> SavedSegment | None:
    """The segment of this name."""
    row = conn.execute(_all(clinic_id).where(saved_segments.c.name == name)).first()
    return _from_row(row) if row else None


def listing(conn: Connection, clinic_id: ClinicId) -> list[SavedSegment]:
    """Every segment of a clinic by name."""
    return [_from_row(row) for row in conn.execute(_all(clinic_id).order_by(saved_segments.c.name))]


def delete(conn: Connection, clinic_id: ClinicId, name: str) -> bool:
    """Remove a segment; False if there is none of the name."""
    query = sa.delete(saved_segments).where(saved_segments.c.clinic_id == clinic_id, saved_segments.c.name == name)
    return conn.execute(query).rowcount > 0


def _all(clinic_id: ClinicId) -> "sa.Select[Any]":
    columns = (saved_segments.c[name] for name in SavedSegment.__slots__)
    return sa.select(*columns).where(saved_segments.c.clinic_id == clinic_id)


def _from_row(row: Row[Any]) -> SavedSegment:
    return SavedSegment(**row._mapping)
