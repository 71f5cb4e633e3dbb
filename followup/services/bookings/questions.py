"""Questions: which visits some patients were asked about, and which of those an answer can mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from followup.domain.booking import Answer, Booking, BookingState
from followup.domain.clinic import Clinic
from followup.domain.message import Message
from followup.domain.patient import Patient
from followup.domain.visit.plan import QUESTIONS, text_of
from followup.services.bookings.respond import can_answer
from followup.storage import bookings
from followup.storage.visits import spoken


@dataclass(frozen=True, slots=True)
class Question:
    """The newest question that went out about a booking, and the booking as it is now."""

    message: Message
    booking: Booking

    @property
    def visit_at(self) -> datetime:
        """The time that was asked about."""
        return self.message.visit_at or self.booking.starts_at

    def is_open(self, answer: Answer, *, now: datetime) -> bool:
        """True if an answer to it was not given yet and can still be."""
        if self.visit_at != self.booking.starts_at or not can_answer(self.booking, answer, now=now):
            return False
        confirmed = self.booking.confirmed_at
        return confirmed is None or confirmed < self.message.due_at


def asked(conn: Connection, clinic: Clinic, people: Sequence[Patient]) -> list[Question]:
    """The newest question about each booking of these people, in the order in which they were asked."""
    ids = [p.id for p in people]
    if not ids:
        return []
    newest: dict[str, Message] = {}
    for message in spoken.to_patients(conn, clinic.id, ids):
        if message.booking_id is not None and (message.enrollment_id is not None or text_of(message) in QUESTIONS):
            newest[message.booking_id] = message
    visits = {b.id: b for some in bookings.of(conn, clinic.id, ids).values() for b in some}
    found = [Question(message, visits[i]) for i, message in newest.items() if i in visits]  # type: ignore[index]
    return sorted(found, key=lambda q: (q.message.due_at, q.message.id))


def meant(questions: Sequence[Question], answer: Answer, *, now: datetime) -> list[Question]:
    """Those that this answer can mean: open ones; for a change of mind else what was said yes to; else the newest."""
    open_now = [q for q in questions if q.is_open(answer, now=now)]
    if open_now:
        return open_now
    said_yes = [q for q in questions if q.booking.state is BookingState.BOOKED and q.booking.starts_at > now]
    if said_yes and answer is not Answer.CONFIRM:
        return said_yes
    return list(questions[-1:])
