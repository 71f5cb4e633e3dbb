"""What else waits for a patient: messages that may want the same room under a limit."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId, MessageId, PatientId
from followup.domain.message import MessageClass
from followup.storage.database import many
from followup.storage.tables import messages, patients

Rival = tuple[MessageId, MessageClass, datetime]
_WAITING = sa.select(messages.c.patient_id, messages.c.id, messages.c.message_class, messages.c.due_at).where(
    messages.c.clinic_id == sa.bindparam("b_clinic"),
    messages.c.patient_id.in_(many("b_ids")),
    messages.c.state.in_(["scheduled", "queued"]),
    messages.c.hold.is_(None),
)


def lock_patients(conn: Connection, clinic_id: ClinicId, ids: Sequence[PatientId]) -> None:
    """Let no other transaction count what these patients got until the end of this one.

    On SQLite the transaction holds the whole file already.
    """
    if conn.dialect.name == "sqlite" or not ids:
        return
    query = sa.select(patients.c.id).where(patients.c.clinic_id == clinic_id, patients.c.id.in_(ids))
    conn.execute(query.order_by(patients.c.id).with_for_update(key_share=True)).all()


def waiting(conn: Connection, clinic_id: ClinicId, ids: Sequence[PatientId]) -> dict[PatientId, list[Rival]]:
    """Each patient's messages that wait for their time and are not held: id, class and due time."""
    if not ids:
        return {}
    found: dict[PatientId, list[Rival]] = {}
    for row in conn.execute(_WAITING, {"b_clinic": clinic_id, "b_ids": ids}):
        rival = (MessageId(row.id), MessageClass(row.message_class), row.due_at)
        found.setdefault(PatientId(row.patient_id), []).append(rival)
    return found
