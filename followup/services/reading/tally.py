"""Counts what went out and how every message ended, for shows, simulations and reports."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from followup.domain.ids import ClinicId, MessageId, PatientId
from followup.domain.message import Channel, MessageState
from followup.services.context import Context
from followup.storage import tallies

_WAITING = frozenset({MessageState.SCHEDULED, MessageState.QUEUED, MessageState.SENDING, MessageState.UNCONFIRMED})
_OUT = frozenset({MessageState.SENT, MessageState.DELIVERED, MessageState.UNDELIVERED})


@dataclass(frozen=True, slots=True)
class Contact:
    """A message that a provider took. `address` and `text` are patient data: for the screen, never for a log."""

    message_id: MessageId
    patient_id: PatientId
    step_key: str
    message_class: str
    channel: Channel
    language: str
    state: MessageState
    at: datetime  # patients' time of its start
    address: str
    text: str
    provider_ref: str | None


@dataclass(frozen=True, slots=True)
class Ending:
    """How many messages of one patient ended or wait in one way."""

    patient_id: PatientId
    state: MessageState
    channel: Channel | None
    reason: str | None
    number: int

    @property
    def went_out(self) -> bool:
        """True if a provider took them."""
        return self.state in _OUT

    @property
    def waits(self) -> bool:
        """True if they are still to come."""
        return self.state in _WAITING


def contacts(ctx: Context, clinic_id: ClinicId, *, since: datetime | None = None) -> list[Contact]:
    """Everything a provider took, in the order of its start, from `since` (patients' time) on."""
    with ctx.db.reading() as conn:
        rows = tallies.contacts(conn, clinic_id, since=since)
    return [
        Contact(
            message_id=MessageId(row["id"]), patient_id=PatientId(row["patient_id"]), step_key=row["step_key"],
            message_class=row["message_class"], channel=Channel(row["channel"]), language=row["language"],
            state=MessageState(row["state"]), at=row["started_at"], address=row["address"], text=row["text"],
            provider_ref=row["provider_ref"],
        )
        for row in rows
    ]  # fmt: skip


def in_doubt(ctx: Context, clinic_id: ClinicId) -> frozenset[MessageId]:
    """Messages of which nobody knows whether a provider took them, or never found out; staff were told of each."""
    with ctx.db.reading() as conn:
        return frozenset(tallies.in_doubt(conn, clinic_id))


def endings(ctx: Context, clinic_id: ClinicId) -> list[Ending]:
    """Each patient's messages by state, channel and reason."""
    with ctx.db.reading() as conn:
        rows = tallies.endings(conn, clinic_id)
    return [
        Ending(
            PatientId(row["patient_id"]), MessageState(row["state"]),
            Channel(row["channel"]) if row["channel"] else None, row["reason"], int(row["number"]),
        )
        for row in rows
    ]  # fmt: skip


def every(ctx: Context, clinic_id: ClinicId) -> list[dict[str, Any]]:
    """Every message as it stands: whose, which step of what and class, state, reason, hold, times, since when."""
    with ctx.db.reading() as conn:
        return tallies.every(conn, clinic_id)


def totals(ctx: Context, clinic_id: ClinicId) -> Mapping[str, int]:
    """The clinic's events, enrollments, messages by state, attempts, answers and escalations in numbers."""
    with ctx.db.reading() as conn:
        counted = dict(tallies.totals(conn, clinic_id))
    states = Counter[str]()
    for ending in endings(ctx, clinic_id):
        states[ending.state.value] += ending.number
    return {**counted, **states}
