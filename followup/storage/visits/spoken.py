"""Messages that speak of a booking."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import BookingId, ClinicId, MessageId, PatientId
from followup.domain.message import Message, MessageState
from followup.storage.database import many
from followup.storage.messages import from_row
from followup.storage.tables import bookings, events, inbound, messages

_WENT = (
    MessageState.SENDING, MessageState.UNCONFIRMED, MessageState.SENT, MessageState.DELIVERED, MessageState.UNDELIVERED,
)  # fmt: skip
_ABOUT = (
    sa.select(messages)
    .where(messages.c.clinic_id == sa.bindparam("b_clinic"), messages.c.booking_id.in_(many("b_ids")))
    .order_by(messages.c.planned_for, messages.c.id)
)


def about(
    conn: Connection, clinic_id: ClinicId, booking_ids: Collection[BookingId]
) -> dict[BookingId, tuple[Message, ...]]:
    """All messages about each of these bookings, oldest first."""
    found: dict[BookingId, tuple[Message, ...]] = dict.fromkeys(booking_ids, ())
    for row in conn.execute(_ABOUT, {"b_clinic": clinic_id, "b_ids": list(booking_ids)}) if booking_ids else ():
        found[BookingId(row.booking_id)] += (from_row(row),)
    return found


def last_word_at(conn: Connection, clinic_id: ClinicId, booking_id: BookingId) -> datetime | None:
    """The time of the newest event about a booking."""
    query = sa.select(sa.func.max(events.c.time)).where(
        events.c.clinic_id == clinic_id, events.c.booking_key == booking_id
    )
    found: datetime | None = conn.scalar(query)
    return found


def overdue(conn: Connection, now: datetime, *, limit: int) -> list[tuple[ClinicId, BookingId]]:
    """Offers of all clinics whose time for an answer is over."""
    late = sa.or_(bookings.c.starts_at <= now, bookings.c.answer_by <= now)
    query = sa.select(bookings.c.clinic_id, bookings.c.id).where(
        bookings.c.state == sa.literal_column("'offered'"), late
    )
    rows = conn.execute(query.order_by(bookings.c.starts_at, bookings.c.id).limit(limit))
    return [(ClinicId(row.clinic_id), BookingId(row.id)) for row in rows]


def to_patients(conn: Connection, clinic_id: ClinicId, patient_ids: Collection[PatientId]) -> list[Message]:
    """What these patients got, or may have got, about visits; oldest first."""
    query = sa.select(messages).where(
        messages.c.clinic_id == clinic_id,
        messages.c.patient_id.in_(patient_ids),
        messages.c.booking_id.is_not(None),
        messages.c.state.in_([s.value for s in _WENT]),
    )
    return [from_row(row) for row in conn.execute(query.order_by(messages.c.due_at, messages.c.id))]


def bind(conn: Connection, inbound_id: str, question: MessageId, patient_id: PatientId) -> None:
    """Note which question of ours something that a patient wrote has answered, and who of those on the number it is."""
    change = {"context": question, "patient_id": patient_id}
    conn.execute(sa.update(inbound).where(inbound.c.id == inbound_id).values(change))
