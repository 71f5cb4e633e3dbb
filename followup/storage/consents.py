"""Consents: the ledger of what each person allowed and withdrew; entries are only ever added."""

import json
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.consent import Consent, ConsentKind
from followup.domain.ids import ClinicId, PatientId
from followup.domain.message import Channel, MessageClass
from followup.storage.database import put_new
from followup.storage.tables import consents


def of(
    conn: Connection, clinic_id: ClinicId, patient_ids: Collection[PatientId]
) -> Mapping[PatientId, tuple[Consent, ...]]:
    """The ledger of each patient, oldest entry first."""
    query = sa.select(consents).where(consents.c.clinic_id == clinic_id, consents.c.patient_id.in_(patient_ids))
    found: dict[PatientId, tuple[Consent, ...]] = dict.fromkeys(patient_ids, ())
    for r in conn.execute(query.order_by(consents.c.recorded_at, consents.c.withdrawn, consents.c.digest)):
        entry = Consent(
            MessageClass(r.message_class), Channel(r.channel), ConsentKind(r.kind), r.recorded_at, r.evidence,
            withdrawn=r.withdrawn, event_row=r.event_row,
        )  # fmt: skip
        found[PatientId(r.patient_id)] += (entry,)
    return found


def add(conn: Connection, clinic_id: ClinicId, entries: Sequence[tuple[PatientId, Consent]]) -> None:
    """Add ledger entries; one that is there already (same person, class, channel, kind, time and evidence) is left."""
    put_new(conn, consents, [
        {"clinic_id": clinic_id, "patient_id": patient_id, "message_class": c.message_class.value,
         "channel": c.channel.value, "kind": c.kind.value, "recorded_at": c.recorded_at, "evidence": c.evidence,
         "withdrawn": c.withdrawn, "event_row": c.event_row, "digest": digest_of(c)}
        for patient_id, c in entries
    ])  # fmt: skip


def remove(conn: Connection, clinic_id: ClinicId, entries: Sequence[tuple[PatientId, Consent]]) -> None:
    """Take out entries that turned out to be another person's, when a merge is undone."""
    for patient_id, entry in entries:
        conn.execute(
            sa.delete(consents).where(
                consents.c.clinic_id == clinic_id,
                consents.c.patient_id == patient_id,
                consents.c.digest == digest_of(entry),
            )
        )


def digest_of(entry: Consent) -> str:
    """What makes two entries of one person the same."""
    parts = [
        entry.message_class,
        entry.channel,
        entry.kind,
        entry.recorded_at.isoformat(),
        entry.evidence,
        entry.withdrawn,
    ]
    return sha256(json.dumps(parts).encode()).hexdigest()[:32]
