"""By which hours and days off each clinic's messages were planned, and how far planning them anew has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId, PatientId
from followup.storage.database import put
from followup.storage.tables import clinic_calendars, messages


@dataclass(frozen=True, slots=True)
class Planned:
    """`after` is the last patient who was planned by it; None once everybody was."""

    digest: str
    after: str | None


def get(conn: Connection, clinic_id: ClinicId, *, lock: bool = False) -> Planned | None:
    """By what a clinic was planned; None before its first start. With `lock` nobody else goes on meanwhile."""
    query = sa.select(clinic_calendars).where(clinic_calendars.c.clinic_id == clinic_id)
    row = conn.execute(query.with_for_update() if lock else query).first()
    return Planned(row.digest, row.after) if row else None


def write(conn: Connection, clinic_id: ClinicId, planned: Planned, now: datetime) -> None:
    """Note by what a clinic is planned now, and how far that has come."""
    row = {"clinic_id": clinic_id, "digest": planned.digest, "after": planned.after, "seen_at": now}
    put(conn, clinic_calendars, [row])


def patients_waiting(conn: Connection, clinic_id: ClinicId, after: str, *, limit: int) -> Sequence[PatientId]:
    """Patients behind `after` with messages that wait and belong to an enrollment, in order."""
    query = sa.select(messages.c.patient_id).distinct()
    query = query.where(
        messages.c.clinic_id == clinic_id,
        messages.c.patient_id > after,
        messages.c.enrollment_id.is_not(None),
        messages.c.state.in_(["scheduled", "queued"]),
    )
    return [PatientId(i) for i in conn.scalars(query.order_by(messages.c.patient_id).limit(limit))]
