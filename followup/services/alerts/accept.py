"""Accept: somebody on staff answers OK to the text about a red flag and thereby takes it over."""

from datetime import datetime

from sqlalchemy.engine import Connection

from followup.domain.clinic import Clinic, StaffMember
from followup.domain.escalation import Escalation, EscalationKind
from followup.domain.inbound import normalise
from followup.domain.lifecycle import EscalationSignal
from followup.domain.triage import Severity
from followup.domain.triage.ladder import on_rung
from followup.services.context import Context
from followup.storage import audit, escalations

_TAKES = frozenset({"ok", "okay", "yes", "y", "oui", "o", "ack", "1", "got it", "on it", "i got it", "je m en occupe"})


def staff_at(clinic: Clinic, number: str) -> StaffMember | None:
    """Who on staff has this number."""
    return next((person for person in clinic.staff if person.sms and person.sms == number), None)


def by_text(ctx: Context, conn: Connection, clinic: Clinic, *, number: str, text: str) -> bool:
    """True if the sender was told of a red flag that stands open and takes over all of these with this text."""
    person = staff_at(clinic, number)
    if person is None or normalise(text) not in _TAKES:
        return False
    now = ctx.clock.now()
    told = [
        one
        for one in escalations.standing(conn, clinic.id, EscalationKind.RED_FLAG)
        if _was_told(clinic, one, person, now=now)
    ]
    for one in told:
        values = {"acknowledged_by": person.name, "acknowledged_at": now}
        if escalations.apply(conn, clinic.id, one.id, EscalationSignal.ACKNOWLEDGED, **values):
            audit.append(
                conn,
                at=now,
                clinic_id=clinic.id,
                actor=person.name,
                action="escalation.acknowledged",
                subject=one.id,
                patient_id=one.patient_id,
                detail={"by": "text"},
            )
    return bool(told)


def _was_told(clinic: Clinic, one: Escalation, person: StaffMember, *, now: datetime) -> bool:
    """On a rung that was told, or on the one that is being told right now."""
    severity = Severity(one.severity or Severity.NONE)
    begun = one.next_rung_at is not None and one.next_rung_at <= now
    return any(person in on_rung(clinic, severity, rung) for rung in range(one.rung + begun))
