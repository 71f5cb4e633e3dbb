"""Consents: the ledger of what each person allowed and withdrew. Rows are only ever added, none is changed or deleted.

An entry that turns out to be another person's is taken back by a further row, so that every past day can be read.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from followup.domain.consent import Consent, ConsentKind
from followup.domain.ids import ClinicId, PatientId
from followup.domain.message import Channel, MessageClass
from followup.storage.database import many, put_new
from followup.storage.tables import consents

Entry = tuple[PatientId, Consent]
_EVERY = "all"
_OF = sa.select(consents).where(
    consents.c.clinic_id == sa.bindparam("b_clinic"), consents.c.patient_id.in_(many("b_ids"))
)


def of(
    conn: Connection, clinic_id: ClinicId, patient_ids: Collection[PatientId], *, known_at: datetime | None = None
) -> Mapping[PatientId, tuple[Consent, ...]]:
    """The ledger of each patient, oldest act first; with `known_at` as it stood then."""
    query = _OF if known_at is None else _OF.where(consents.c.entered_at <= known_at)
    found: dict[PatientId, tuple[Consent, ...]] = dict.fromkeys(patient_ids, ())
    rows = conn.execute(query, {"b_clinic": clinic_id, "b_ids": list(patient_ids)})
    for row in sorted(_standing(rows), key=lambda r: (r.recorded_at, r.withdrawn, r.digest)):
        found[PatientId(row.patient_id)] += (_from_row(row),)
    return found


def of_kinds(conn: Connection, clinic_id: ClinicId, kinds: Collection[ConsentKind]) -> set[PatientId]:
    """Whoever has, or had, an entry of one of these kinds."""
    query = sa.select(consents.c.patient_id).where(
        consents.c.clinic_id == clinic_id, consents.c.kind.in_([k.value for k in kinds])
    )
    return {PatientId(who) for who in conn.scalars(query.distinct())}


def add(conn: Connection, clinic_id: ClinicId, entries: Sequence[Entry], *, now: datetime) -> None:
    """Enter these at `now`; one that stands already is left, one that was taken back stands again."""
    turns = _turns(conn, clinic_id, {who for who, _ in entries})
    new = [(who, c, turns.get((who, digest_of(c)), -1)) for who, c in entries]
    _append(conn, clinic_id, [(who, c, turn + 1) for who, c, turn in new if turn % 2], now=now)


def take_back(conn: Connection, clinic_id: ClinicId, entries: Sequence[Entry], *, now: datetime) -> None:
    """Note at `now` that these are not this person's, as when a merge is undone."""
    turns = _turns(conn, clinic_id, {who for who, _ in entries})
    standing = [(who, c, turns.get((who, digest_of(c)), -1)) for who, c in entries]
    _append(conn, clinic_id, [(who, c, turn + 1) for who, c, turn in standing if turn % 2 == 0], now=now)


def digest_of(entry: Consent) -> str:
    """What makes two entries of one person the same."""
    parts = [
        entry.message_class, entry.channel, entry.kind, entry.recorded_at.isoformat(), entry.evidence, entry.withdrawn,
        entry.basis_date.isoformat() if entry.basis_date else None, entry.written, entry.wording, entry.language,
        entry.actor, entry.source,
    ]  # fmt: skip
    return sha256(json.dumps(parts).encode()).hexdigest()[:32]


def _turns(conn: Connection, clinic_id: ClinicId, people: Collection[PatientId]) -> dict[tuple[PatientId, str], int]:
    """The last turn of every entry of these people."""
    if not people:
        return {}
    what = (consents.c.patient_id, consents.c.digest)
    query = sa.select(*what, sa.func.max(consents.c.turn)).where(
        consents.c.clinic_id == clinic_id, consents.c.patient_id.in_(sorted(people))
    )
    return {(PatientId(who), digest): turn for who, digest, turn in conn.execute(query.group_by(*what))}


def _append(
    conn: Connection, clinic_id: ClinicId, entries: Sequence[tuple[PatientId, Consent, int]], *, now: datetime
) -> None:
    put_new(conn, consents, [
        {"clinic_id": clinic_id, "patient_id": who, "message_class": c.message_class or _EVERY,
         "channel": c.channel or _EVERY, "kind": c.kind.value, "recorded_at": c.recorded_at, "evidence": c.evidence,
         "withdrawn": c.withdrawn, "event_row": c.event_row, "digest": digest_of(c), "basis_date": c.basis_date,
         "written": c.written, "wording": c.wording, "language": c.language, "actor": c.actor, "source": c.source,
         "entered_at": now, "turn": turn}
        for who, c, turn in entries
    ])  # fmt: skip


def _standing(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Of each entry its last row, if that one stands."""
    last: dict[tuple[str, str], Row[Any]] = {}
    for row in rows:
        key = (row.patient_id, row.digest)
        if key not in last or row.turn > last[key].turn:
            last[key] = row
    return [row for row in last.values() if row.turn % 2 == 0]


def _from_row(r: Row[Any]) -> Consent:
    return Consent(
        message_class=None if r.message_class == _EVERY else MessageClass(r.message_class),
        channel=None if r.channel == _EVERY else Channel(r.channel),
        kind=ConsentKind(r.kind),
        recorded_at=r.recorded_at,
        evidence=r.evidence,
        withdrawn=r.withdrawn,
        event_row=r.event_row,
        basis_date=r.basis_date,
        written=r.written,
        wording=r.wording,
        language=r.language,
        actor=r.actor,
        source=r.source,
        row_id=r.id,
        entered_at=r.entered_at,
    )
