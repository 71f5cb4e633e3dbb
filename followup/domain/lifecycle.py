"""The transition tables: every arrow a message, enrollment, booking or escalation may take.

Rules: a signal that is not in the table raises `IllegalSignal` and changes nothing. A receipt is legal everywhere,
for the network's word wins: a `delivered` after a `failed` means that our own knowledge was wrong.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from followup.domain.booking import BookingState as B
from followup.domain.enrollment import EnrollmentState as E
from followup.domain.errors import IllegalSignal
from followup.domain.escalation import EscalationState as X
from followup.domain.message import MessageState as M


class Signal(StrEnum):
    """An input to the message table, in the past tense."""

    CLAIMED = "claimed"  # a sweep took the due row and rang an actor
    RESCHEDULED = "rescheduled"  # the plan gave it another time
    REFUSED = "refused"  # the gate said Skip
    CANCELLED = "cancelled"  # the plan, an event or a person no longer wants it
    RESTORED = "restored"  # a person takes back what a person cancelled
    STARTED = "started"  # the gate said Send, the attempt row is written
    DEFERRED = "deferred"  # the gate said Defer
    HELD = "held"  # the gate said Hold
    LAPSED = "lapsed"  # its lease ran out
    ACCEPTED = "accepted"  # the provider took it
    RETRIED = "retried"  # proven not accepted, again later
    REJECTED = "rejected"  # the provider refused it
    LOST = "lost"  # the outcome of the call is unknown
    ABSENT = "absent"  # the provider was asked and does not have it
    ABANDONED = "abandoned"  # nobody can know; staff were told
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"


S = Signal

#: Receipts reach every state but the two that stand for themselves.
_RECEIPTS = {
    (state, signal): target
    for state in (M.SCHEDULED, M.QUEUED, M.SENDING, M.UNCONFIRMED, M.SENT)
    for signal, target in ((S.DELIVERED, M.DELIVERED), (S.UNDELIVERED, M.UNDELIVERED))
}

MESSAGE: Mapping[tuple[M, Signal], M] = {
    (M.SCHEDULED, S.CLAIMED): M.QUEUED,
    (M.SCHEDULED, S.RESCHEDULED): M.SCHEDULED,
    (M.SCHEDULED, S.REFUSED): M.SKIPPED,
    (M.SCHEDULED, S.CANCELLED): M.CANCELLED,
    (M.SCHEDULED, S.ACCEPTED): M.SENT,  # a receipt of an attempt we thought absent
    (M.QUEUED, S.STARTED): M.SENDING,
    (M.QUEUED, S.DEFERRED): M.SCHEDULED,
    (M.QUEUED, S.HELD): M.SCHEDULED,
    (M.QUEUED, S.REFUSED): M.SKIPPED,
    (M.QUEUED, S.LAPSED): M.SCHEDULED,  # the bell was lost: ring again
    (M.QUEUED, S.CANCELLED): M.CANCELLED,
    (M.QUEUED, S.RESCHEDULED): M.SCHEDULED,  # the plan moved it between claim and start
    (M.QUEUED, S.ACCEPTED): M.SENT,
    (M.SENDING, S.ACCEPTED): M.SENT,
    (M.SENDING, S.RETRIED): M.SCHEDULED,
    (M.SENDING, S.REJECTED): M.FAILED,
    (M.SENDING, S.LOST): M.UNCONFIRMED,
    (M.SENDING, S.LAPSED): M.UNCONFIRMED,  # the process died between start and outcome
    (M.UNCONFIRMED, S.ACCEPTED): M.SENT,
    (M.UNCONFIRMED, S.ABSENT): M.SCHEDULED,
    (M.UNCONFIRMED, S.ABANDONED): M.FAILED,
    (M.SENT, S.ACCEPTED): M.SENT,  # `queued`, `sent` receipts after the acceptance
    **_RECEIPTS,
    (M.DELIVERED, S.DELIVERED): M.DELIVERED,  # repeated receipts
    (M.DELIVERED, S.UNDELIVERED): M.DELIVERED,  # a contradiction: stored, not applied
    (M.DELIVERED, S.ACCEPTED): M.DELIVERED,  # `sent` after `delivered`
    (M.UNDELIVERED, S.DELIVERED): M.DELIVERED,  # the carrier corrected itself
    (M.UNDELIVERED, S.UNDELIVERED): M.UNDELIVERED,
    (M.UNDELIVERED, S.ACCEPTED): M.UNDELIVERED,
    (M.UNDELIVERED, S.CANCELLED): M.UNDELIVERED,
    (M.FAILED, S.DELIVERED): M.DELIVERED,  # abandoned, and yet it arrived
    (M.FAILED, S.UNDELIVERED): M.FAILED,
    (M.FAILED, S.ACCEPTED): M.FAILED,
    (M.FAILED, S.CANCELLED): M.FAILED,
    (M.SKIPPED, S.DELIVERED): M.DELIVERED,
    (M.SKIPPED, S.UNDELIVERED): M.SKIPPED,
    (M.SKIPPED, S.ACCEPTED): M.SKIPPED,
    (M.SKIPPED, S.CANCELLED): M.SKIPPED,
    (M.CANCELLED, S.DELIVERED): M.DELIVERED,
    (M.CANCELLED, S.UNDELIVERED): M.CANCELLED,
    (M.CANCELLED, S.ACCEPTED): M.CANCELLED,
    (M.CANCELLED, S.CANCELLED): M.CANCELLED,
    (M.CANCELLED, S.RESTORED): M.SCHEDULED,  # staff skipped it, and think better of it
}

#: States that nothing leaves but the network's late word, and staff who take back that they skipped it.
FINAL = frozenset({M.DELIVERED, M.UNDELIVERED, M.FAILED, M.SKIPPED, M.CANCELLED})
#: States in which the plan may still change a message.
OPEN = frozenset({M.SCHEDULED, M.QUEUED})


class EnrollmentSignal(StrEnum):
    """An input to the enrollment table."""

    PAUSED = "paused"
    RESUMED = "resumed"
    STOPPED = "stopped"
    COMPLETED = "completed"
    REOPENED = "reopened"  # an out-of-order event shows that it goes on


ENROLLMENT: Mapping[tuple[E, EnrollmentSignal], E] = {
    (E.ACTIVE, EnrollmentSignal.PAUSED): E.PAUSED,
    (E.PAUSED, EnrollmentSignal.RESUMED): E.ACTIVE,
    (E.ACTIVE, EnrollmentSignal.STOPPED): E.STOPPED,
    (E.PAUSED, EnrollmentSignal.STOPPED): E.STOPPED,
    (E.ACTIVE, EnrollmentSignal.COMPLETED): E.COMPLETED,
    (E.STOPPED, EnrollmentSignal.REOPENED): E.ACTIVE,
    (E.COMPLETED, EnrollmentSignal.REOPENED): E.ACTIVE,
}


class BookingSignal(StrEnum):
    """An input to the booking table."""

    OFFERED = "offered"
    MADE = "made"
    MOVED = "moved"
    CONFIRMED = "confirmed"
    CHANGE_ASKED = "change_asked"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    MISSED = "missed"


Z = BookingSignal
BOOKING: Mapping[tuple[B | None, BookingSignal], B] = {
    (None, Z.OFFERED): B.OFFERED,
    (None, Z.MADE): B.BOOKED,
    (B.OFFERED, Z.OFFERED): B.OFFERED,
    (B.OFFERED, Z.MADE): B.BOOKED,
    (B.OFFERED, Z.MOVED): B.OFFERED,
    (B.OFFERED, Z.CONFIRMED): B.BOOKED,
    (B.OFFERED, Z.CHANGE_ASKED): B.CHANGE_ASKED,
    (B.OFFERED, Z.DECLINED): B.DECLINED,
    (B.OFFERED, Z.EXPIRED): B.EXPIRED,
    (B.OFFERED, Z.CANCELLED): B.CANCELLED,
    (B.CHANGE_ASKED, Z.OFFERED): B.OFFERED,
    (B.CHANGE_ASKED, Z.MADE): B.BOOKED,
    (B.CHANGE_ASKED, Z.MOVED): B.BOOKED,
    (B.CHANGE_ASKED, Z.CANCELLED): B.CANCELLED,
    (B.BOOKED, Z.MADE): B.BOOKED,
    (B.BOOKED, Z.MOVED): B.BOOKED,
    (B.BOOKED, Z.CONFIRMED): B.BOOKED,
    (B.BOOKED, Z.OFFERED): B.OFFERED,
    (B.BOOKED, Z.CHANGE_ASKED): B.CHANGE_ASKED,
    (B.BOOKED, Z.CANCELLED): B.CANCELLED,
    (B.BOOKED, Z.ATTENDED): B.ATTENDED,
    (B.BOOKED, Z.MISSED): B.MISSED,
}


class EscalationSignal(StrEnum):
    """An input to the escalation table."""

    ACKNOWLEDGED = "acknowledged"
    NEXT_RUNG = "next_rung"
    CLOSED = "closed"


ESCALATION: Mapping[tuple[X, EscalationSignal], X] = {
    (X.OPEN, EscalationSignal.NEXT_RUNG): X.OPEN,
    (X.OPEN, EscalationSignal.ACKNOWLEDGED): X.ACKNOWLEDGED,
    (X.OPEN, EscalationSignal.CLOSED): X.CLOSED,
    (X.ACKNOWLEDGED, EscalationSignal.CLOSED): X.CLOSED,
}

K = TypeVar("K", bound=StrEnum | None)
V = TypeVar("V", bound=StrEnum)
G = TypeVar("G", bound=StrEnum)


def next_state(table: Mapping[tuple[K, G], V], state: K, signal: G, *, subject: str = "message") -> V:
    """The state after `signal`; raises `IllegalSignal` where the table has no arrow."""
    try:
        return table[(state, signal)]
    except KeyError:
        raise IllegalSignal(subject, str(state), signal.value) from None
