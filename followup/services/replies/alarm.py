"""Alarm: a red flag asks for a person, stops what is automatic for the patient, and is answered by one fixed text."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.engine import Connection

from followup.domain.message import Channel
from followup.domain.patient import Patient
from followup.services import control
from followup.services.alerts.release import cause_of
from followup.services.context import Context
from followup.services.replies import speak, tell
from followup.services.replies.arrived import Arrived
from followup.storage import inbound
from followup.storage.inbound import Inbound

#: The same safety text goes to a number once within this time; the next one up always goes.
_ONCE_WITHIN = timedelta(hours=12)


def raise_alarm(ctx: Context, conn: Connection, arrived: Arrived, *, row: Inbound, speaks: bool = True) -> None:
    """A person first, then nothing automatic but one safety text, unless another clinic speaks for this one."""
    tell.raise_red_flag(ctx, conn, row, summary=tell.who_sent_what(row, arrived.people))
    _stand_back(ctx, conn, row, people=arrived.people)
    kind = _safety_text(conn, row) if speaks else None
    if kind is not None:
        speak.answer(ctx, conn, row, what=kind, language=arrived.language)


def _stand_back(ctx: Context, conn: Connection, row: Inbound, *, people: Sequence[Patient]) -> None:
    """Pause automation for everybody the message may be of, until staff close the matter or resume it."""
    for patient in people:
        if not patient.paused:
            reason = cause_of(row.severity or "", row.id)
            control.hold_back(ctx, conn, clinic_id=patient.clinic_id, patient_id=patient.id, by="system", reason=reason)


def _safety_text(conn: Connection, row: Inbound) -> str | None:
    """The kind of safety text that answers, or None where it was sent a short while ago or no text may answer."""
    if row.channel is not Channel.SMS:
        return None
    kind = _kind(row.severity or "", row.rule)
    since = row.received_at - _ONCE_WITHIN
    before = inbound.alarms_since(conn, row.clinic_id, row.from_address, since=since, but=row.id)
    return None if kind in {_kind(severity, rule) for severity, rule in before} else kind


def _kind(severity: str, rule: str) -> str:
    return speak.SELF_HARM if rule.startswith("self-harm") else f"safety_{severity}"
