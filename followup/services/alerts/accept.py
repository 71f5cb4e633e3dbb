"""Accept: somebody on staff answers OK to the text about a red flag and thereby takes it over."""

import re
from datetime import datetime
from enum import StrEnum

from sqlalchemy.engine import Connection

from followup.domain.clinic import Clinic, StaffMember
from followup.domain.escalation import Escalation, EscalationKind, number_of
from followup.domain.inbound import normalise
from followup.domain.lifecycle import EscalationSignal
from followup.domain.triage import Severity
from followup.domain.triage.ladder import on_rung
from followup.services.context import Context
from followup.storage import audit, escalations

_TAKES = frozenset({"ok", "okay", "yes", "y", "oui", "o", "ack", "1", "got it", "on it", "i got it", "je m en occupe"})

_SAID = re.compile(r"(?P<word>[a-z][a-z ]*[a-z]|[a-z]|1)?\W*(?P<digits>\d{4})?")


class Taken(StrEnum):
    """What a text of staff about red flags did."""

    DONE = "done"  # one is taken over
    UNCLEAR = "unclear"  # several are open, and it does not say which is meant: none is taken over


def staff_at(clinic: Clinic, number: str) -> StaffMember | None:
    """Who on staff has this number."""
    return next((person for person in clinic.staff if person.sms and person.sms == number), None)


def by_text(ctx: Context, conn: Connection, clinic: Clinic, *, number: str, text: str) -> Taken | None:
    """What became of the text of somebody who was told of a red flag that stands open; None if it takes over none.

    With one open the word is enough; with several the text must name the number of the one that is meant.
    """
    said = _SAID.fullmatch(normalise(text))
    person = staff_at(clinic, number)
    if person is None or said is None or not (said["digits"] or said["word"] in _TAKES):
        return None
    now = ctx.clock.now()
    told = [
        one
        for one in escalations.standing(conn, clinic.id, EscalationKind.RED_FLAG)
        if _was_told(clinic, one, person, now=now)
    ]
    meant = [one for one in told if str(number_of(one.id)) == said["digits"]] if said["digits"] else told
    if not told or (said["digits"] and not said["word"] and not meant):
        return None
    if len(meant) != 1:
        return Taken.UNCLEAR
    _take(conn, clinic, meant[0], person, now=now)
    return Taken.DONE


def _take(conn: Connection, clinic: Clinic, one: Escalation, person: StaffMember, *, now: datetime) -> None:
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


def _was_told(clinic: Clinic, one: Escalation, person: StaffMember, *, now: datetime) -> bool:
    """On a rung that was told, or on the one that is being told right now."""
    severity = Severity(one.severity or Severity.NONE)
    begun = one.next_rung_at is not None and one.next_rung_at <= now
    return any(person in on_rung(clinic, severity, rung) for rung in range(one.rung + begun))
