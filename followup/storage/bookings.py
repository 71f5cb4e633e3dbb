"""Bookings, as the events about them say."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from followup.domain.booking import Booking, BookingState
from followup.domain.ids import BookingId, ClinicId, PatientId
from followup.storage.database import many, put
from followup.storage.tables import bookings

_FIELDS = tuple(Booking.__slots__)
_OF = (
    sa.select(bookings)
    .where(bookings.c.clinic_id == sa.bindparam("b_clinic"), bookings.c.patient_id.in_(many("b_ids")))
    .order_by(bookings.c.starts_at, bookings.c.id)
)


def _from_row(row: Row[Any]) -> Booking:
    data = {name: row._mapping[name] for name in _FIELDS}
    data["state"] = BookingState(data["state"])
    return Booking(**data)


def of(
    conn: Connection, clinic_id: ClinicId, patient_ids: Collection[PatientId]
) -> Mapping[PatientId, tuple[Booking, ...]]:
    """The bookings of each patient, by their start."""
    found: dict[PatientId, tuple[Booking, ...]] = dict.fromkeys(patient_ids, ())
    for row in conn.execute(_OF, {"b_clinic": clinic_id, "b_ids": list(patient_ids)}):
        found[PatientId(row.patient_id)] += (_from_row(row),)
    return found


def get(conn: Connection, clinic_id: ClinicId, booking_id: BookingId) -> Booking | None:
    """One booking of this clinic."""
    query = sa.select(bookings).where(bookings.c.clinic_id == clinic_id, bookings.c.id == booking_id)
    row = conn.execute(query).first()
    return _from_row(row) if row else None


def put_many(conn: Connection, clinic_id: ClinicId, some: Sequence[Booking]) -> None:
    """Store bookings as the events say."""
    rows = [{"clinic_id": clinic_id} | {name: getattr(b, name) for name in _FIELDS} for b in some]
    put(conn, bookings, rows)


def listing(
    conn: Connection,
    clinic_id: ClinicId,
    *,
    patient_id: PatientId | None = None,
    states: Collection[BookingState] = (),
    limit: int = 100,
) -> list[Booking]:
    """Bookings of a clinic by their start: of one patient, in some states, if asked."""
    query = sa.select(bookings).where(bookings.c.clinic_id == clinic_id)
    if patient_id:
        query = query.where(bookings.c.patient_id == patient_id)
    if states:
        query = query.where(bookings.c.state.in_([s.value for s in states]))
    return [_from_row(row) for row in conn.execute(query.order_by(bookings.c.starts_at, bookings.c.id).limit(limit))]
