"""Numbered choices: which visits an answer could mean, until a number says which one was meant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import BookingId, ClinicId, MessageId, PatientId
from followup.domain.message import Channel
from followup.storage.tables import choices


@dataclass(frozen=True, slots=True)
class Option:
    """One visit of a choice, as it stood when the choice was given."""

    clinic_id: ClinicId
    patient_id: PatientId
    booking_id: BookingId
    visit_at: datetime
    name: str = ""  # shown where the visits are of several people


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked: the answer that is waiting for its visit, and the visits in the order of their numbers."""

    id: MessageId  # the message that asks
    clinic_id: ClinicId
    channel: Channel
    address: str
    answer: str
    options: tuple[Option, ...]
    asked_at: datetime


def add(conn: Connection, new: Choice) -> None:
    """Keep a choice; an older one of that address is closed by it."""
    close(conn, new.channel, new.address, now=new.asked_at)
    visits = [
        [o.clinic_id, o.patient_id, o.booking_id, o.visit_at.isoformat(), o.name]
        for o in new.options
    ]  # fmt: skip
    plain = {"id": new.id, "clinic_id": new.clinic_id, "channel": new.channel.value, "address": new.address}
    conn.execute(choices.insert().values(**plain, answer=new.answer, visits=visits, asked_at=new.asked_at))


def close(conn: Connection, channel: Channel, address: str, *, now: datetime) -> None:
    """No number of this address means anything any more."""
    where = (choices.c.channel == channel.value, choices.c.address == address, choices.c.closed_at.is_(None))
    conn.execute(sa.update(choices).where(*where).values(closed_at=now))


def open_of(conn: Connection, channel: Channel, address: str, *, since: datetime) -> Choice | None:
    """The choice that this address was given since then and has not answered."""
    query = sa.select(choices).where(
        choices.c.channel == channel.value,
        choices.c.address == address,
        choices.c.closed_at.is_(None),
        choices.c.asked_at >= since,
    )
    row = conn.execute(query.order_by(choices.c.asked_at.desc()).limit(1)).mappings().first()
    return _from_row(dict(row)) if row else None


def get(conn: Connection, message_id: MessageId) -> Choice | None:
    """The choice that a message asks for."""
    row = conn.execute(sa.select(choices).where(choices.c.id == message_id)).mappings().first()
    return _from_row(dict(row)) if row else None


def _from_row(row: dict[str, Any]) -> Choice:
    return Choice(
        id=MessageId(row["id"]),
        clinic_id=ClinicId(row["clinic_id"]),
        channel=Channel(row["channel"]),
        address=row["address"],
        answer=row["answer"],
        options=tuple(
            Option(ClinicId(c), PatientId(p), BookingId(b), datetime.fromisoformat(at), name)
            for c, p, b, at, name in row["visits"]
        ),
        asked_at=row["asked_at"],
    )
