"""Patients and their contact points, as the events about them say."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from followup.domain.ids import ClinicId, PatientId
from followup.domain.message import Channel
from followup.domain.patient import ContactPoint, Patient, PatientStatus
from followup.storage.database import many, put_new
from followup.storage.database import put as put_rows
from followup.storage.tables import addresses, contact_points, patients

_FIELDS = [name for name in Patient.__slots__ if name not in {"contact_points", "tags"}]
_CLINIC: "sa.BindParameter[Any]" = sa.bindparam("b_clinic")
_IDS = many("b_ids")
_MANY = sa.select(patients).where(patients.c.clinic_id == _CLINIC, patients.c.id.in_(_IDS))
_POINTS = (
    sa.select(contact_points)
    .where(contact_points.c.clinic_id == _CLINIC, contact_points.c.patient_id.in_(_IDS))
    .order_by(contact_points.c.position)
)
_CLEAR_POINTS = sa.delete(contact_points).where(
    contact_points.c.clinic_id == _CLINIC, contact_points.c.patient_id.in_(_IDS)
)
_ADD_POINTS = contact_points.insert()


def get(conn: Connection, clinic_id: ClinicId, patient_id: PatientId) -> Patient | None:
    """One patient, with contact points in the clinic's order."""
    return get_many(conn, clinic_id, [patient_id]).get(patient_id)


def get_many(conn: Connection, clinic_id: ClinicId, patient_ids: Collection[PatientId]) -> dict[PatientId, Patient]:
    """The patients of `patient_ids` that are known."""
    rows = conn.execute(_MANY, {"b_clinic": clinic_id, "b_ids": list(patient_ids)})
    points = _points(conn, clinic_id, patient_ids)
    return {PatientId(r.id): _from_row(r, points.get(PatientId(r.id), ())) for r in rows}


def _from_row(row: Row[Any], points: Iterable[ContactPoint]) -> Patient:
    data = {name: row._mapping[name] for name in _FIELDS}
    data["status"] = PatientStatus(data["status"])
    return Patient(**data, contact_points=tuple(points), tags=tuple(row.tags.split("\n")[1:-1]))


def tag_text(tags: Sequence[str]) -> str:
    """Tags as they are stored, each between two line ends, so that LIKE finds a whole one."""
    return "\n" + "".join(f"{tag}\n" for tag in tags) if tags else ""


def _points(
    conn: Connection, clinic_id: ClinicId, patient_ids: Collection[PatientId]
) -> dict[PatientId, list[ContactPoint]]:
    found: dict[PatientId, list[ContactPoint]] = {}
    for r in conn.execute(_POINTS, {"b_clinic": clinic_id, "b_ids": list(patient_ids)}):
        point = ContactPoint(Channel(r.channel), r.value, r.valid, r.raw, r.problem)
        found.setdefault(PatientId(r.patient_id), []).append(point)
    return found


def by_address(conn: Connection, channel: Channel, value: str, clinic_id: ClinicId | None = None) -> list[Patient]:
    """Everybody with this valid contact point, but for those merged into others; of one clinic if it is given."""
    query = (
        sa.select(contact_points.c.clinic_id, contact_points.c.patient_id)
        .join(patients, sa.and_(patients.c.clinic_id == contact_points.c.clinic_id,
                                patients.c.id == contact_points.c.patient_id))
        .where(contact_points.c.channel == channel.value, contact_points.c.value == value, contact_points.c.valid,
               patients.c.status != PatientStatus.MERGED.value)
        .distinct()
    )  # fmt: skip
    if clinic_id is not None:
        query = query.where(contact_points.c.clinic_id == clinic_id)
    owners: dict[ClinicId, set[PatientId]] = {}
    for row in conn.execute(query):
        owners.setdefault(ClinicId(row.clinic_id), set()).add(PatientId(row.patient_id))
    found = [p for clinic, ids in owners.items() for p in get_many(conn, clinic, ids).values()]
    return sorted(found, key=lambda p: (p.clinic_id, p.id))


def put(conn: Connection, patient: Patient, now: datetime) -> None:
    """Store a patient as they are now, all but their pause, and the address rows of their contact points."""
    put_many(conn, [patient], now)


def put_many(conn: Connection, some: Sequence[Patient], now: datetime) -> None:
    """Store patients of one clinic as they are now, all but their pause, and the address rows of contact points."""
    if not some:
        return
    clinic_id = some[0].clinic_id
    rows = [{n: getattr(p, n) for n in _FIELDS} | {"updated_at": now, "tags": tag_text(p.tags)} for p in some]
    put_rows(conn, patients, rows, keep={"paused", "paused_until"})
    conn.execute(_CLEAR_POINTS, {"b_clinic": clinic_id, "b_ids": [p.id for p in some]})
    points = [
        {"clinic_id": clinic_id, "patient_id": p.id, "position": n, "channel": c.channel.value, "value": c.value,
         "valid": c.valid, "raw": c.raw, "problem": c.problem}
        for p in some for n, c in enumerate(p.contact_points)
    ]  # fmt: skip
    if points:
        conn.execute(_ADD_POINTS, points)
    pairs = sorted({(c.channel.value, c.value) for p in some for c in p.contact_points if c.valid})
    put_new(conn, addresses, [{"clinic_id": clinic_id, "channel": c, "value": v} for c, v in pairs])


def set_paused(conn: Connection, clinic_id: ClinicId, patient_id: PatientId, cause: str | None) -> bool:
    """Pause a patient for a cause, or end the pause; False if there is no such patient or nothing to change."""
    query = sa.update(patients).where(
        patients.c.clinic_id == clinic_id, patients.c.id == patient_id, patients.c.paused.is_distinct_from(cause)
    )
    return conn.execute(query.values(paused=cause)).rowcount > 0


def paused_because(conn: Connection, clinic_id: ClinicId, cause: str) -> list[PatientId]:
    """The patients who are paused for exactly this cause."""
    query = sa.select(patients.c.id).where(patients.c.clinic_id == clinic_id, patients.c.paused == cause)
    return [PatientId(name) for name in conn.scalars(query.order_by(patients.c.id))]


def set_paused_until(conn: Connection, clinic_id: ClinicId, patient_id: PatientId, until: datetime | None) -> bool:
    """Note until when a patient wants nothing, or that this is over; False if there is nothing to change."""
    query = sa.update(patients).where(
        patients.c.clinic_id == clinic_id, patients.c.id == patient_id, patients.c.paused_until.is_distinct_from(until)
    )
    return conn.execute(query.values(paused_until=until)).rowcount > 0


def pauses_over(conn: Connection, now: datetime, *, limit: int) -> list[tuple[ClinicId, PatientId]]:
    """Patients of all clinics whose own pause has come to its end."""
    query = sa.select(patients.c.clinic_id, patients.c.id).where(patients.c.paused_until <= now).limit(limit)
    return [(ClinicId(clinic_id), PatientId(name)) for clinic_id, name in conn.execute(query)]
