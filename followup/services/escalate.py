"""Escalate: put a matter to staff, or take it back once it solved itself."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.engine import Connection

from followup.domain.escalation import Escalation, EscalationKind, EscalationState
from followup.domain.ids import ClinicId, EscalationId, PatientId
from followup.domain.lifecycle import EscalationSignal
from followup.domain.webhook import CallType
from followup.services.context import Context
from followup.services.outbox.put import put
from followup.storage import audit, escalations


def raise_to_staff(
    ctx: Context,
    conn: Connection,
    *,
    clinic_id: ClinicId,
    kind: EscalationKind,
    subject: str,
    summary: str,
    patient_id: PatientId | None = None,
    due_at: datetime | None = None,
    severity: str | None = None,
) -> EscalationId:
    """Open an escalation in the caller's transaction; while one is open for (clinic, kind, subject) return that one.

    A red flag, which has a `severity`, climbs the clinic's ladder from now on until somebody accepts it.
    `summary` must hold no patient's words, name, number or address. Staff are told by the next sweep.
    """
    now = ctx.clock.now()
    new = Escalation(
        id=EscalationId(ctx.ids.new("esc")),
        clinic_id=clinic_id,
        kind=kind,
        patient_id=patient_id,
        subject=subject,
        summary=summary,
        state=EscalationState.OPEN,
        opened_at=now,
        due_at=due_at,
        severity=severity,
        next_rung_at=now if kind is EscalationKind.RED_FLAG else None,
    )
    stands = escalations.open_one(conn, new)
    if stands == new.id:
        audit.append(
            conn,
            at=now,
            clinic_id=clinic_id,
            actor="system",
            action="escalation.opened",
            subject=new.id,
            patient_id=patient_id,
            detail={"kind": kind.value, "about": subject},
        )
        told = {"id": new.id, "kind": kind.value, "about": subject, "patient": {"id": patient_id}, "summary": summary}
        put(ctx, conn, clinic_id, CallType.ESCALATION_OPENED, subject=new.id, data=told)
    return stands


def settle_about(
    ctx: Context, conn: Connection, *, clinic_id: ClinicId, kind: EscalationKind, subjects: Collection[str]
) -> None:
    """Close what stands open of this kind about `subjects`, in the caller's transaction: it solved itself."""
    now = ctx.clock.now()
    for one in escalations.open_about(conn, clinic_id, kind, subjects) if subjects else ():
        escalations.apply(conn, clinic_id, one, EscalationSignal.CLOSED, closed_by="system", closed_at=now)
        audit.append(
            conn, at=now, clinic_id=clinic_id, actor="system", action="escalation.closed", subject=one,
            detail={"note": "solved by later events"},
        )  # fmt: skip
