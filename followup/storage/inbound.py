"""What patients wrote, stored once per id of the provider."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from followup.domain.ids import ClinicId, PatientId
from followup.domain.inbound import InboundMessage
from followup.domain.message import Channel
from followup.storage.database import insert
from followup.storage.tables import inbound

#: Intents of what a keyword may answer.
_KEYWORDS = ("stop", "start", "help", "wrong_number")


@dataclass(frozen=True, slots=True)
class Inbound:
    """A stored InboundMessage; `text` and addresses are patient data and never leave the database."""

    id: str
    clinic_id: ClinicId
    provider: str
    provider_ref: str
    channel: Channel
    from_address: str
    to_address: str
    text: str
    media: int
    received_at: datetime
    patient_id: PatientId | None  # None where the address belongs to nobody or to several
    intent: str
    rule: str  # what recognised the intent
    severity: str | None = None
    context: str | None = None


def _from_row(row: Row[Any]) -> Inbound:
    data = dict(row._mapping)
    data["channel"] = Channel(data["channel"])
    return Inbound(**data)


def add(conn: Connection, new: Inbound) -> bool:
    """Store it; False if the provider handed it over before."""
    values = {name: getattr(new, name) for name in Inbound.__slots__}
    statement = insert(conn, inbound).values(values).on_conflict_do_nothing().returning(inbound.c.id)
    return conn.execute(statement).first() is not None


def get(conn: Connection, clinic_id: ClinicId, inbound_id: str) -> Inbound | None:
    """One inbound message of this clinic."""
    query = sa.select(inbound).where(inbound.c.clinic_id == clinic_id, inbound.c.id == inbound_id)
    row = conn.execute(query).first()
    return _from_row(row) if row else None


def known(conn: Connection, message: InboundMessage) -> bool:
    """True if the provider handed it over before."""
    query = sa.select(inbound.c.id).where(
        inbound.c.provider == message.provider, inbound.c.provider_ref == message.provider_ref
    )
    return conn.execute(query).first() is not None


def of_patient(conn: Connection, clinic_id: ClinicId, patient_id: PatientId) -> list[Inbound]:
    """What a patient wrote, oldest first."""
    query = sa.select(inbound).where(inbound.c.clinic_id == clinic_id, inbound.c.patient_id == patient_id)
    return [_from_row(r) for r in conn.execute(query.order_by(inbound.c.received_at, inbound.c.id))]


def of_person(conn: Connection, clinic_id: ClinicId, *, patient_id: PatientId | None, address: str) -> list[Inbound]:
    """What a patient wrote, or whoever has this address and is no patient; oldest first."""
    if patient_id:
        return of_patient(conn, clinic_id, patient_id)
    query = sa.select(inbound).where(
        inbound.c.clinic_id == clinic_id, inbound.c.patient_id.is_(None), inbound.c.from_address == address
    )
    return [_from_row(r) for r in conn.execute(query.order_by(inbound.c.received_at, inbound.c.id))]


def keywords_since(conn: Connection, clinic_id: ClinicId, address: str, since: datetime) -> int:
    """How many keywords came from this address since then: two machines that answer each other must stop."""
    query = sa.select(sa.func.count()).where(
        inbound.c.clinic_id == clinic_id,
        inbound.c.from_address == address,
        inbound.c.received_at >= since,
        inbound.c.intent.in_(_KEYWORDS),
    )
    return int(conn.scalar(query) or 0)


def alarms_since(
    conn: Connection, clinic_id: ClinicId, address: str, *, since: datetime, but: str
) -> list[tuple[str, str]]:
    """Severity and rule of the red flags that came from this address since then, without the row `but`."""
    query = sa.select(inbound.c.severity, inbound.c.rule).where(
        inbound.c.clinic_id == clinic_id,
        inbound.c.from_address == address,
        inbound.c.received_at >= since,
        inbound.c.severity.in_(("urgent", "emergency")),
        inbound.c.id != but,
    )
    return [(str(severity), str(rule)) for severity, rule in conn.execute(query)]
