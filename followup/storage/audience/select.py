"""Select: whom an audience chooses, in the order of their ids, a page at a time."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.audience import Audience, Setting, matches, needs
from followup.domain.ids import ClinicId, PatientId
from followup.domain.patient import PatientStatus
from followup.storage.audience import people
from followup.storage.audience.conditions import bounds
from followup.storage.tables import patients

PAGE = 500


def chosen(
    conn: Connection,
    clinic_id: ClinicId,
    audience: Audience,
    *,
    setting: Setting,
    after: PatientId | None = None,
    page: int = PAGE,
) -> Iterator[PatientId]:
    """The patients of the audience, by id from behind `after`; holds a page in memory, however many they are.

    SQL decides where it can; of the rest the pure rule is asked, so that the two never differ. Who is deceased,
    archived or merged into another record is left out.
    """
    said, wanted = bounds(audience.root, setting), needs(audience)
    sure = sa.literal(1) if said.is_exact else sa.case((said.must, 1), else_=0)
    query = _base(clinic_id).where(said.may).add_columns(sure.label("sure")).order_by(patients.c.id).limit(page)
    last = after
    while True:
        rows = conn.execute(query if last is None else query.where(patients.c.id > last)).all()
        unsure = [PatientId(r.id) for r in rows if not r.sure]
        known = people.of(conn, clinic_id, unsure, wanted=wanted) if unsure else {}
        for row in rows:
            if row.sure or matches(audience, known[PatientId(row.id)], setting).chosen:
                yield PatientId(row.id)
        if len(rows) < page:
            return
        last = PatientId(rows[-1].id)


def count(conn: Connection, clinic_id: ClinicId, audience: Audience, *, setting: Setting) -> int:
    """How many an audience chooses now."""
    said = bounds(audience.root, setting)
    if not said.is_exact:
        return sum(1 for _ in chosen(conn, clinic_id, audience, setting=setting))
    inner = _base(clinic_id).where(said.must).subquery()
    return int(conn.scalar(sa.select(sa.func.count()).select_from(inner)) or 0)


def _base(clinic_id: ClinicId) -> "sa.Select[tuple[str]]":
    return sa.select(patients.c.id).where(
        patients.c.clinic_id == clinic_id, patients.c.status == PatientStatus.ACTIVE.value
    )
