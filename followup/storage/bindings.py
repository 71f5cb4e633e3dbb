"""Bindings: which running enrollments are bound to which version of a protocol."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.enrollment import EnrollmentState
from followup.domain.ids import ClinicId, EnrollmentId, PatientId
from followup.storage.tables import enrollments

_RUNNING = [EnrollmentState.ACTIVE.value, EnrollmentState.PAUSED.value]


def patients_on(conn: Connection, clinic_id: ClinicId, protocol_key: str) -> list[PatientId]:
    """Patients with a running enrollment of this protocol, in order."""
    query = sa.select(enrollments.c.patient_id).distinct()
    query = query.where(enrollments.c.clinic_id == clinic_id, enrollments.c.protocol_key == protocol_key)
    return list(conn.scalars(query.where(enrollments.c.state.in_(_RUNNING)).order_by(enrollments.c.patient_id)))


def bind(conn: Connection, ids: Collection[EnrollmentId], version: str) -> None:
    """Bind these enrollments to another version; what follows from it is for planning to write."""
    conn.execute(sa.update(enrollments).where(enrollments.c.id.in_(ids)).values(protocol_version=version))
