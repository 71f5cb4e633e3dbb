"""Tell: a person is asked to read what somebody wrote, by when its severity wants."""

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from followup.domain.escalation import EscalationKind
from followup.domain.holidays import clinic_calendar
from followup.domain.message import Channel
from followup.domain.patient import Patient
from followup.domain.triage import Severity
from followup.domain.triage.deadline import due_by
from followup.services.context import Context
from followup.services.escalate import raise_to_staff
from followup.storage.inbound import Inbound

_ASKS = {
    Severity.EMERGENCY: "EMERGENCY, phone at once: ",
    Severity.URGENT: "urgent, a clinician must see it today: ",
    Severity.ROUTINE: "routine: ",
    Severity.NONE: "",
}


def ask_to_read(ctx: Context, conn: Connection, row: Inbound, *, summary: str) -> None:
    """Open the escalation about an inbound message; the summary gets its severity, never a word of it."""
    _open(ctx, conn, row, summary=summary, kind=EscalationKind.REPLY)


def raise_red_flag(ctx: Context, conn: Connection, row: Inbound, *, summary: str) -> None:
    """Open the escalation that climbs the ladder until a named person accepts it."""
    _open(ctx, conn, row, summary=summary, kind=EscalationKind.RED_FLAG)


def _open(ctx: Context, conn: Connection, row: Inbound, *, summary: str, kind: EscalationKind) -> None:
    severity = Severity(row.severity or Severity.NONE)
    clinic = ctx.clinics.need(row.clinic_id)
    raise_to_staff(
        ctx,
        conn,
        clinic_id=row.clinic_id,
        kind=kind,
        subject=row.id,
        summary=_ASKS[severity] + summary,
        patient_id=row.patient_id,
        due_at=due_by(severity, ctx.clock.now(), clinic.time_zone, calendar=clinic_calendar(clinic)),
        severity=severity.value,
    )


def who_sent_what(row: Inbound, people: Sequence[Patient]) -> str:
    """Whom it came from and how, without names, numbers or words."""
    by_mail = row.channel is Channel.EMAIL
    if not people:
        return f"somebody whose {'mailbox' if by_mail else 'number'} is not known wrote to the clinic"
    shared = f"somebody with a {'mailbox' if by_mail else 'number'} that several patients share"
    who = "a patient" if len(people) == 1 else shared
    what, extra = ("an e-mail", "an attachment") if by_mail else ("a text", "a picture")
    return f"{who} sent {what}{f' with {extra}' if row.media else ''}"
