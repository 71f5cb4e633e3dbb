"""Audience: the patients that a filter chooses, streamed in the order of their ids."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.audience import Audience
from followup.domain.ids import ClinicId, PatientId
from followup.domain.patient import PatientStatus
from followup.services.context import Context
from followup.storage.tables import patients

_PAGE = 1000


def chosen(
    ctx: Context, conn: Connection, clinic_id: ClinicId, audience: Audience, *, after: PatientId | None = None
) -> Iterator[PatientId]:
    """The patients of this audience by their ids, those behind `after` if it is given; a page at a time in memory."""
    while True:
        query = sa.select(patients.c.id).where(
            patients.c.clinic_id == clinic_id, patients.c.status == PatientStatus.ACTIVE.value
        )
        if audience.patients is not None:
            query = query.where(patients.c.id.in_(audience.patients))
        if after is not None:
            query = query.where(patients.c.id > after)
        page = [PatientId(name) for name in conn.scalars(query.order_by(patients.c.id).limit(_PAGE))]
        yield from page
        if len(page) < _PAGE:
            return
        after = page[-1]
