"""Held: while a person is to look at a patient's symptom first, no answer of theirs sets a visit."""

from collections.abc import Iterable

from sqlalchemy.engine import Connection

from followup.domain.escalation import EscalationKind, EscalationState
from followup.domain.patient import Patient
from followup.storage import escalations

_STANDS = (EscalationState.OPEN, EscalationState.ACKNOWLEDGED)


def is_held(conn: Connection, people: Iterable[Patient]) -> bool:
    """True if one of them is paused by us or has a red flag that nobody has closed."""
    return any(one.paused is not None or _has_flag(conn, one) for one in people)


def _has_flag(conn: Connection, patient: Patient) -> bool:
    standing = escalations.listing(conn, patient.clinic_id, states=_STANDS, patient_id=patient.id)
    return any(one.kind is EscalationKind.RED_FLAG for one in standing)
