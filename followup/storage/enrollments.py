"""Enrollments: the one writer of their state, and the pinned versions of protocols and templates."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from followup.domain.enrollment import Enrollment, EnrollmentState
from followup.domain.ids import ClinicId, EnrollmentId, PatientId
from followup.domain.lifecycle import ENROLLMENT, FINAL, EnrollmentSignal
from followup.storage.database import many, put_new
from followup.storage.tables import enrollments, messages, protocol_versions, template_versions

_FIELDS = tuple(Enrollment.__slots__)
_OF = (
    sa.select(enrollments)
    .where(enrollments.c.clinic_id == sa.bindparam("b_clinic"), enrollments.c.patient_id.in_(many("b_ids")))
    .order_by(enrollments.c.anchor_at, enrollments.c.id)
)
_MANY = sa.select(enrollments).where(enrollments.c.id.in_(many("b_ids")))
_KEPT = sa.union_all(
    sa.select(protocol_versions.c.version).where(protocol_versions.c.version.in_(many("b_protocols"))),
    sa.select(template_versions.c.version).where(template_versions.c.version.in_(many("b_templates"))),
)


def _from_row(row: Row[Any]) -> Enrollment:
    data = {name: row._mapping[name] for name in _FIELDS}
    data["state"] = EnrollmentState(data["state"])
    return Enrollment(**data)


def of(conn: Connection, clinic_id: ClinicId, patient_ids: Collection[PatientId]) -> list[Enrollment]:
    """All enrollments of these patients, by their anchor."""
    return [_from_row(r) for r in conn.execute(_OF, {"b_clinic": clinic_id, "b_ids": list(patient_ids)})]


def get(conn: Connection, clinic_id: ClinicId, enrollment_id: EnrollmentId) -> Enrollment | None:
    """One enrollment of this clinic."""
    query = sa.select(enrollments).where(enrollments.c.clinic_id == clinic_id, enrollments.c.id == enrollment_id)
    row = conn.execute(query).first()
    return _from_row(row) if row else None


def get_many(conn: Connection, ids: Collection[EnrollmentId]) -> dict[EnrollmentId, Enrollment]:
    """These enrollments, of whatever clinic."""
    rows = conn.execute(_MANY, {"b_ids": list(ids)}) if ids else ()
    return {e.id: e for e in map(_from_row, rows)}


def add(conn: Connection, new: Sequence[Enrollment]) -> None:
    """Insert enrollments; their state is taken as it is."""
    if new:
        conn.execute(enrollments.insert(), [{name: getattr(e, name) for name in _FIELDS} for e in new])


def apply(
    conn: Connection, ids: Sequence[EnrollmentId], signal: EnrollmentSignal, *, reason: str | None = None
) -> list[EnrollmentId]:
    """Move the rows of `ids` whose state has an arrow for `signal` and set their reason; returns the ids that moved."""
    arrows = {source.value: target.value for (source, given), target in ENROLLMENT.items() if given is signal}
    if not ids:
        return []
    query = sa.update(enrollments).where(enrollments.c.id.in_(ids), enrollments.c.state.in_(arrows))
    target = sa.case(*((enrollments.c.state == s, t) for s, t in arrows.items()))
    return list(conn.scalars(query.values(state=target, reason=reason).returning(enrollments.c.id)))


def correct(conn: Connection, changed: Sequence[Enrollment]) -> None:
    """Store a corrected anchor, owner and origin; never the state."""
    columns = ("patient_id", "anchor_at", "event_row", "backfill")
    for e in changed:
        values = {name: getattr(e, name) for name in columns}
        conn.execute(sa.update(enrollments).where(enrollments.c.id == e.id).values(values))


def active_after(conn: Connection, last: str, *, limit: int) -> list[EnrollmentId]:
    """The next active enrollments by id, for going through all of them a slice at a time."""
    query = sa.select(enrollments.c.id).where(
        enrollments.c.state == sa.literal_column("'active'"), enrollments.c.id > last
    )
    return list(conn.scalars(query.order_by(enrollments.c.id).limit(limit)))


def finished(conn: Connection, ids: Collection[EnrollmentId]) -> list[EnrollmentId]:
    """Those of `ids` none of whose messages can still move by itself."""
    moving = sa.select(messages.c.id).where(
        messages.c.enrollment_id == enrollments.c.id, messages.c.state.not_in([s.value for s in FINAL])
    )
    return list(conn.scalars(sa.select(enrollments.c.id).where(enrollments.c.id.in_(ids), ~sa.exists(moving))))


def pin(
    conn: Connection,
    now: datetime,
    *,
    protocols: Mapping[str, tuple[str, str]],
    templates: Mapping[str, tuple[str, Mapping[str, str]]],
) -> None:
    """Keep the text of versions in use: version → (key, source) of protocols, version → (ref, files) of templates."""
    put_new(conn, protocol_versions, [
        {"version": v, "key": key, "source": source, "seen_at": now} for v, (key, source) in sorted(protocols.items())
    ])  # fmt: skip
    put_new(conn, template_versions, [
        {"version": v, "ref": ref, "files": dict(files), "seen_at": now}
        for v, (ref, files) in sorted(templates.items())
    ])  # fmt: skip


def kept_versions(conn: Connection, *, protocols: Collection[str], templates: Collection[str]) -> set[str]:
    """Which of these versions of protocols and of templates are kept already."""
    given = {"b_protocols": list(protocols), "b_templates": list(templates)}
    return set(conn.scalars(_KEPT, given)) if protocols or templates else set()


def pinned_protocols(conn: Connection, versions: Collection[str]) -> dict[str, str]:
    """The source text of each protocol version that is kept."""
    query = sa.select(protocol_versions.c.version, protocol_versions.c.source)
    return {r.version: r.source for r in conn.execute(query.where(protocol_versions.c.version.in_(versions)))}


def pinned_templates(conn: Connection, versions: Collection[str]) -> dict[str, tuple[str, dict[str, str]]]:
    """Reference and files of each template version that is kept."""
    query = sa.select(template_versions).where(template_versions.c.version.in_(versions))
    return {r.version: (r.ref, dict(r.files)) for r in conn.execute(query)}


def patients_on(conn: Connection, clinic_id: ClinicId, protocol_key: str) -> list[PatientId]:
    """Patients with a running enrollment of this protocol, in order."""
    running = [EnrollmentState.ACTIVE.value, EnrollmentState.PAUSED.value]
    query = sa.select(enrollments.c.patient_id).distinct()
    query = query.where(enrollments.c.clinic_id == clinic_id, enrollments.c.protocol_key == protocol_key)
    return list(conn.scalars(query.where(enrollments.c.state.in_(running)).order_by(enrollments.c.patient_id)))


def bind(conn: Connection, ids: Collection[EnrollmentId], version: str) -> None:
    """Bind these enrollments to another version of their protocol; planning writes what follows from it."""
    conn.execute(sa.update(enrollments).where(enrollments.c.id.in_(ids)).values(protocol_version=version))
