"""People: the facts of some patients, as far as an audience asks for them."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.audience import Need, Person
from followup.domain.enrollment import Enrollment
from followup.domain.ids import ClinicId, PatientId
from followup.storage import bookings, consents, enrollments, patients, treatments
from followup.storage.tables import upload_rows


def of(
    conn: Connection, clinic_id: ClinicId, patient_ids: Sequence[PatientId], *, wanted: Collection[Need] = tuple(Need)
) -> dict[PatientId, Person]:
    """The facts of those of `patient_ids` that are known, in the same order; only those `wanted` are read."""
    known = patients.get_many(conn, clinic_id, patient_ids)
    treated = treatments.of(conn, clinic_id, patient_ids) if Need.TREATMENTS in wanted else {}
    visits = bookings.of(conn, clinic_id, patient_ids) if Need.BOOKINGS in wanted else {}
    ledger = consents.of(conn, clinic_id, patient_ids) if Need.CONSENTS in wanted else {}
    begun = _enrollments(conn, clinic_id, patient_ids) if Need.ENROLLMENTS in wanted else {}
    lists = _uploads(conn, clinic_id, patient_ids) if Need.UPLOADS in wanted else {}
    return {
        i: Person(
            known[i],
            treatments=treated.get(i, ()),
            bookings=visits.get(i, ()),
            consents=ledger.get(i, ()),
            enrollments=begun.get(i, ()),
            uploads=lists.get(i, frozenset()),
        )
        for i in patient_ids
        if i in known
    }


def _enrollments(
    conn: Connection, clinic_id: ClinicId, patient_ids: Sequence[PatientId]
) -> dict[PatientId, tuple[Enrollment, ...]]:
    found: dict[PatientId, tuple[Enrollment, ...]] = {}
    for one in enrollments.of(conn, clinic_id, patient_ids):
        found[one.patient_id] = (*found.get(one.patient_id, ()), one)
    return found


def _uploads(
    conn: Connection, clinic_id: ClinicId, patient_ids: Sequence[PatientId]
) -> dict[PatientId, frozenset[str]]:
    query = sa.select(upload_rows.c.patient_id, upload_rows.c.upload_id).where(
        upload_rows.c.clinic_id == clinic_id, upload_rows.c.patient_id.in_(patient_ids)
    )
    found: dict[PatientId, frozenset[str]] = {}
    for row in conn.execute(query):
        who = PatientId(row.patient_id)
        found[who] = found.get(who, frozenset()) | {row.upload_id}
    return found
