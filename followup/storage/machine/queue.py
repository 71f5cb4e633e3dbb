"""Queries over all rows that wait: what is in hand now, and when the next falls due. Crosses clinics."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.booking import BookingState
from followup.domain.escalation import EscalationState
from followup.domain.event import EventState
from followup.domain.message import MessageState
from followup.storage.tables import bookings, calls, endpoints, escalations, events, messages, patients


@dataclass(frozen=True, slots=True)
class InHand:
    """How many rows somebody must still act on before patients' time may move."""

    events: int
    due: int
    queued: int
    sending: int
    backing_off: int
    untold: int
    unanswered: int = 0  # offers whose time for an answer is over
    calls: int = 0  # webhooks that are due
    pauses: int = 0  # of patients, that are over
    campaigns: int = 0  # that go on now

    @property
    def moving(self) -> int:
        """What a running worker and scheduler take up at once."""
        return (
            self.events
            + self.due
            + self.queued
            + self.sending
            + self.untold
            + self.unanswered
            + self.calls
            + self.pauses
            + self.campaigns
        )

    def __str__(self) -> str:
        named = ((name, getattr(self, name)) for name in self.__slots__)
        return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in named if count) or "nothing"


def exists(conn: Connection) -> bool:
    """True once the schema is there."""
    return sa.inspect(conn).has_table(messages.name)


def in_hand(conn: Connection, *, now: datetime, ops: datetime) -> InHand:
    """Count what is due by patients' time `now` or already claimed; `ops` is real time."""
    message, event, escalation = messages.c, events.c, escalations.c
    due = sa.and_(_is(message.state, MessageState.SCHEDULED), message.hold.is_(None), message.due_at <= now)
    ready = sa.or_(message.not_before.is_(None), message.not_before <= ops)
    fresh = sa.and_(_is(event.state, EventState.RECEIVED), sa.or_(event.not_before.is_(None), event.not_before <= ops))
    offered = bookings.c.state == sa.literal_column("'offered'")
    row = conn.execute(
        sa.select(
            _count(events, sa.or_(fresh, _is(event.state, EventState.QUEUED))),
            _count(messages, sa.and_(due, ready)),
            _count(messages, _is(message.state, MessageState.QUEUED)),
            _count(messages, _is(message.state, MessageState.SENDING)),
            _count(messages, sa.and_(due, sa.not_(ready))),
            _count(escalations, sa.or_(
                sa.and_(escalation.told_at.is_(None), escalation.tell_tries == 0,
                        escalation.state != EscalationState.CLOSED.value),
                sa.and_(escalation.next_rung_at.is_not(None), escalation.next_rung_at <= now,
                        escalation.tell_tries <= 1, escalation.state == EscalationState.OPEN.value))),
            _count(bookings, sa.and_(offered, sa.or_(bookings.c.starts_at <= now, bookings.c.answer_by <= now))),
            _count(calls, sa.and_(calls.c.state == sa.literal_column("'waiting'"), calls.c.due_at <= now,
                                  sa.not_(_is_off()))),
            _count(patients, patients.c.paused_until <= now),
        )
    ).one()  # fmt: skip
    return InHand(*row)


def next_due(conn: Connection, now: datetime) -> datetime | None:
    """The earliest instant after `now` at which a message, a booking's answer or an escalation falls due, or a
    patient's pause ends."""
    moments = (
        (messages.c.due_at, sa.and_(_is(messages.c.state, MessageState.SCHEDULED), messages.c.hold.is_(None))),
        (bookings.c.answer_by, bookings.c.state == BookingState.OFFERED.value),
        (bookings.c.starts_at, bookings.c.state == BookingState.OFFERED.value),
        (escalations.c.due_at, escalations.c.state == EscalationState.OPEN.value),
        (escalations.c.next_rung_at, escalations.c.state == EscalationState.OPEN.value),
        (patients.c.paused_until, patients.c.paused_until.is_not(None)),
    )
    found = [
        conn.scalar(sa.select(column).where(waits, column > now).order_by(column).limit(1)) for column, waits in moments
    ]
    return min((moment for moment in found if moment is not None), default=None)


def _is_off() -> sa.ColumnElement[bool]:
    return sa.exists().where(
        endpoints.c.clinic_id == calls.c.clinic_id, endpoints.c.url == calls.c.url, endpoints.c.state == "off"
    )


_EARLIEST = (
    sa.select(messages.c.due_at)
    .where(messages.c.state == sa.literal_column("'scheduled'"), messages.c.hold.is_(None))
    .order_by(messages.c.due_at)
    .limit(1)
)


def earliest(conn: Connection) -> datetime | None:
    """When the first message falls due that waits for nothing else."""
    due: datetime | None = conn.scalar(_EARLIEST)
    return due


def in_doubt(conn: Connection) -> bool:
    """True while nobody knows of some text whether a provider took it."""
    doubted = sa.and_(_is(messages.c.state, MessageState.UNCONFIRMED), messages.c.channel == "sms")
    return conn.execute(sa.select(messages.c.id).where(doubted).limit(1)).first() is not None


def _is(column: "sa.Column[str]", state: MessageState | EventState) -> sa.ColumnElement[bool]:
    return column == sa.literal_column(f"'{state.value}'")  # a literal lets the partial indexes serve


def _count(table: sa.Table, condition: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(table).where(condition).scalar_subquery()
