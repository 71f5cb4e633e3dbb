"""Treatments, as the events about them say."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from followup.domain.booking import Treatment
from followup.domain.ids import ClinicId, PatientId, TreatmentId
from followup.storage.database import many, put
from followup.storage.tables import treatments

_FIELDS = tuple(Treatment.__slots__)
_OF = (
    sa.select(treatments)
    .where(treatments.c.clinic_id == sa.bindparam("b_clinic"), treatments.c.patient_id.in_(many("b_ids")))
    .order_by(treatments.c.performed_at, treatments.c.id)
)


def _from_row(row: Row[Any]) -> Treatment:
    return Treatment(**{name: row._mapping[name] for name in _FIELDS})


def of(
    conn: Connection, clinic_id: ClinicId, patient_ids: Collection[PatientId]
) -> Mapping[PatientId, tuple[Treatment, ...]]:
    """The treatments of each patient, voided ones too, by when they were performed."""
    found: dict[PatientId, tuple[Treatment, ...]] = dict.fromkeys(patient_ids, ())
    for row in conn.execute(_OF, {"b_clinic": clinic_id, "b_ids": list(patient_ids)}):
        found[PatientId(row.patient_id)] += (_from_row(row),)
    return found


def get(conn: Connection, clinic_id: ClinicId, treatment_id: TreatmentId) -> Treatment | None:
    """One treatment of this clinic."""
    query = sa.select(treatments).where(treatments.c.clinic_id == clinic_id, treatments.c.id == treatment_id)
    row = conn.execute(query).first()
    return _from_row(row) if row else None


def put_many(conn: Connection, clinic_id: ClinicId, some: Sequence[Treatment]) -> None:
    """Store treatments as they are now."""
    put(conn, treatments, [{"clinic_id": clinic_id} | {name: getattr(t, name) for name in _FIELDS} for t in some])
