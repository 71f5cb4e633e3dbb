"""Uploaded lists as rows: staged while they are checked, then the people of an audience."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from followup.domain.ids import ClinicId, PatientId
from followup.domain.message import Channel
from followup.domain.patient import Patient, PatientStatus
from followup.domain.sheet import CellFault
from followup.domain.upload import Upload, UploadState
from followup.storage import patients as people
from followup.storage.tables import contact_points, patients, upload_rows, uploads

_FIELDS = tuple(Upload.__slots__)
_FAULT = ("column", "reason", "cure")
Pair = tuple[Channel, str]


@dataclass(frozen=True, slots=True)
class Staged:
    """A row as it was read: whom it means, or what is wrong; `cells` are kept of new people and of faulty rows."""

    row: int
    person: str | None
    cells: Any = None
    faults: tuple[CellFault, ...] = ()


def add(conn: Connection, upload: Upload) -> None:
    """Insert a list."""
    conn.execute(uploads.insert().values(_values(upload)))


def put(conn: Connection, upload: Upload) -> None:
    """Store what has changed of a list."""
    conn.execute(sa.update(uploads).where(uploads.c.id == upload.id).values(_values(upload)))


def _values(upload: Upload) -> dict[str, Any]:
    return {name: getattr(upload, name) for name in _FIELDS} | {
        "state": upload.state.value,
        "header": list(upload.header),
    }


def get(conn: Connection, clinic_id: ClinicId, upload_id: str, *, lock: bool = False) -> Upload | None:
    """One list of this clinic; with `lock` nobody else takes it further until the transaction ends."""
    query = sa.select(uploads).where(uploads.c.clinic_id == clinic_id, uploads.c.id == upload_id)
    row = conn.execute(query.with_for_update() if lock else query).first()
    return _from_row(row) if row else None


def listing(conn: Connection, clinic_id: ClinicId, *, limit: int) -> list[Upload]:
    """A clinic's lists, newest first."""
    query = (
        sa.select(uploads).where(uploads.c.clinic_id == clinic_id).order_by(uploads.c.at.desc(), uploads.c.id.desc())
    )
    return [_from_row(row) for row in conn.execute(query.limit(limit))]


def _from_row(row: Row[Any]) -> Upload:
    data = {name: row._mapping[name] for name in _FIELDS}
    return Upload(**data | {"state": UploadState(row.state), "header": tuple(row.header)})


def delete(conn: Connection, upload_id: str) -> None:
    """Remove a list and all its rows."""
    conn.execute(sa.delete(upload_rows).where(upload_rows.c.upload_id == upload_id))
    conn.execute(sa.delete(uploads).where(uploads.c.id == upload_id))


def stage(conn: Connection, upload: Upload, rows: Sequence[Staged]) -> None:
    """Write down rows as they were read."""
    if rows:
        conn.execute(upload_rows.insert(), [
            {"upload_id": upload.id, "row": r.row, "clinic_id": upload.clinic_id, "person": r.person, "cells": r.cells,
             "faults": [[getattr(f, name) for name in _FAULT] for f in r.faults] or None}
            for r in rows
        ])  # fmt: skip


def rows_of(conn: Connection, upload_id: str, persons: Collection[str]) -> dict[str, int]:
    """In which rows of a list these persons stand already."""
    query = sa.select(upload_rows.c.person, upload_rows.c.row).where(
        upload_rows.c.upload_id == upload_id, upload_rows.c.person.in_(persons)
    )
    return {row.person: row.row for row in conn.execute(query)} if persons else {}


def waiting(conn: Connection, upload_id: str, *, after: int, limit: int) -> list[Staged]:
    """The next sound rows behind `after` whose people were not taken over yet."""
    r = upload_rows.c
    query = sa.select(upload_rows).where(
        r.upload_id == upload_id, r.row > after, r.person.is_not(None), r.patient_id.is_(None)
    )
    found = conn.execute(query.order_by(upload_rows.c.row).limit(limit))
    return [Staged(row.row, row.person, row.cells) for row in found]


def take_over(conn: Connection, upload_id: str, taken: Sequence[tuple[int, PatientId]]) -> None:
    """Note who stands in these rows; what the rows said is forgotten."""
    if taken:
        change = sa.update(upload_rows).where(
            upload_rows.c.upload_id == upload_id, upload_rows.c.row == sa.bindparam("b_row")
        )
        conn.execute(
            change.values(patient_id=sa.bindparam("b_patient"), cells=sa.null()),
            [{"b_row": row, "b_patient": who} for row, who in taken],
        )


def faulty(conn: Connection, upload_id: str, *, after: int = 0, limit: int = 500) -> list[Staged]:
    """The next faulty rows in the order of the file."""
    query = sa.select(upload_rows).where(
        upload_rows.c.upload_id == upload_id, upload_rows.c.person.is_(None), upload_rows.c.row > after
    )
    return [
        Staged(row.row, None, row.cells, tuple(CellFault(row.row, *fault) for fault in row.faults or ()))
        for row in conn.execute(query.order_by(upload_rows.c.row).limit(limit))
    ]


def all_faulty(conn: Connection, upload_id: str) -> Iterator[Staged]:
    """Every faulty row, a page at a time in memory."""
    last = 0
    while page := faulty(conn, upload_id, after=last):
        yield from page
        last = page[-1].row


def owners(conn: Connection, clinic_id: ClinicId, pairs: Collection[Pair]) -> Mapping[Pair, Sequence[Patient]]:
    """Who has each of these addresses, but for records that were merged into others."""
    values = sorted({value for _, value in pairs})
    query = (
        sa.select(contact_points.c.channel, contact_points.c.value, contact_points.c.patient_id)
        .join(patients, sa.and_(patients.c.clinic_id == contact_points.c.clinic_id,
                                patients.c.id == contact_points.c.patient_id))
        .where(contact_points.c.channel.in_([c.value for c in Channel]), contact_points.c.value.in_(values),
               contact_points.c.clinic_id == clinic_id, patients.c.status != PatientStatus.MERGED.value)
    )  # fmt: skip
    rows = conn.execute(query).all() if values else []
    known = people.get_many(conn, clinic_id, {PatientId(row.patient_id) for row in rows}) if rows else {}
    found: dict[Pair, list[Patient]] = {}
    for row in rows:
        found.setdefault((Channel(row.channel), row.value), []).append(known[PatientId(row.patient_id)])
    return found
