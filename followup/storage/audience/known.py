"""Known: which words of an audience occur in a clinic's rows at all."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId
from followup.domain.upload import UploadState
from followup.storage.audience.conditions import holds_text
from followup.storage.patients import tag_text
from followup.storage.tables import bookings, enrollments, patients, treatments, uploads


def codes(conn: Connection, clinic_id: ClinicId, words: Collection[str]) -> set[str]:
    """Those that are codes of a treatment or a booking."""
    return _among(conn, clinic_id, treatments.c.code, words) | _among(conn, clinic_id, bookings.c.treatment_code, words)


def practitioners(conn: Connection, clinic_id: ClinicId, words: Collection[str]) -> set[str]:
    """Those who treated somebody."""
    return _among(conn, clinic_id, treatments.c.practitioner, words)


def protocols(conn: Connection, clinic_id: ClinicId, words: Collection[str]) -> set[str]:
    """Those that somebody was enrolled in."""
    return _among(conn, clinic_id, enrollments.c.protocol_key, words)


def people(conn: Connection, clinic_id: ClinicId, words: Collection[str]) -> set[str]:
    """Those that are patients."""
    return _among(conn, clinic_id, patients.c.id, words)


def lists(conn: Connection, clinic_id: ClinicId, words: Collection[str]) -> set[str]:
    """Those that are lists which can be an audience."""
    ready = sa.select(uploads.c.id).where(
        uploads.c.clinic_id == clinic_id, uploads.c.id.in_(list(words)), uploads.c.state == UploadState.READY.value
    )
    return set(conn.scalars(ready)) if words else set()


def tags(conn: Connection, clinic_id: ClinicId, words: Collection[str]) -> set[str]:
    """Those that somebody has."""
    found = set()
    for word in words:
        query = sa.select(sa.literal(1)).where(
            patients.c.clinic_id == clinic_id, holds_text(patients.c.tags, tag_text((word,)))
        )
        if conn.scalar(query.limit(1)):
            found.add(word)
    return found


def _among(conn: Connection, clinic_id: ClinicId, column: Any, words: Collection[str]) -> set[str]:
    if not words:
        return set()
    query = sa.select(column).where(column.table.c.clinic_id == clinic_id, column.in_(list(words))).distinct()
    return set(conn.scalars(query))
