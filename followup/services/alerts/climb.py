"""Climb: whoever stands on the rung that is due is told by text and mail, and the next rung gets its time."""

from followup.domain.clinic import Clinic, StaffMember
from followup.domain.escalation import Escalation, EscalationState
from followup.domain.holidays import clinic_calendar
from followup.domain.lifecycle import EscalationSignal
from followup.domain.triage import Severity
from followup.domain.triage.ladder import next_rung_at, on_rung
from followup.services.alerts import send
from followup.services.context import Context
from followup.storage import audit, escalations


def climb(ctx: Context, clinic: Clinic, escalation: Escalation, *, mailed: bool) -> None:
    """Tell the rung that is due, if one is. Where nobody could be told it stays due, and a later sweep tries again.

    `mailed`: nothing else is left to tell, so that the next rung may be claimed as soon as it is due.
    """
    now, severity = ctx.clock.now(), Severity(escalation.severity or Severity.NONE)
    due = escalation.next_rung_at
    if escalation.state is not EscalationState.OPEN or due is None or due > now:
        return
    people = on_rung(clinic, severity, escalation.rung)
    told = [person.name for person in people if _tell(ctx, clinic, escalation, person)]
    if people and not told:
        return
    after = next_rung_at(clinic, severity, rung=escalation.rung, now=now, calendar=clinic_calendar(clinic))
    with ctx.db.transaction() as conn:
        moved = escalations.apply(
            conn,
            escalation.clinic_id,
            escalation.id,
            EscalationSignal.NEXT_RUNG,
            rung=escalation.rung + 1,
            next_rung_at=after,
            **({"tell_after": None, "tell_tries": 0} if mailed else {}),
        )
        audit.append(
            conn,
            at=now,
            clinic_id=escalation.clinic_id,
            actor="system",
            action="escalation.told",
            subject=escalation.id,
            patient_id=escalation.patient_id,
            detail={"rung": escalation.rung + 1, "staff": told, "last": after is None, "still_open": moved},
        )


def _tell(ctx: Context, clinic: Clinic, escalation: Escalation, person: StaffMember) -> bool:
    """By every way there is; True if one of them worked. The mail to `alerts_to` is not doubled."""
    place = f"rung{escalation.rung + 1}-{clinic.staff.index(person)}"
    texted = bool(person.sms) and send.by_text(ctx, clinic, escalation, to=person.sms, place=f"{place}-sms")
    has_mail = escalation.rung == 0 and person.email in clinic.alerts_to
    mailed = bool(person.email) and (
        has_mail or send.by_mail(ctx, clinic, escalation, to=person.email, place=f"{place}-mail")
    )
    return texted or mailed
