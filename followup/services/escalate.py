"""Escalations: open one, tell staff, acknowledge and close it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.engine import Connection

from followup.domain.clinic import Clinic
from followup.domain.errors import NotFound
from followup.domain.escalation import Escalation, EscalationKind, EscalationState
from followup.domain.ids import ClinicId, EscalationId, PatientId
from followup.domain.lifecycle import EscalationSignal
from followup.services.alerts.climb import climb
from followup.services.alerts.release import let_patients_on
from followup.services.alerts.send import by_mail
from followup.services.context import Context
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
    return stands


def acknowledge(ctx: Context, clinic_id: ClinicId, escalation_id: EscalationId, *, by: str) -> Escalation:
    """A named person takes it over; raises NotFound. Acknowledging again changes nothing."""
    now = ctx.clock.now()
    return _move(
        ctx,
        clinic_id,
        escalation_id,
        EscalationSignal.ACKNOWLEDGED,
        by=by,
        values={"acknowledged_by": by, "acknowledged_at": now},
    )


def close(ctx: Context, clinic_id: ClinicId, escalation_id: EscalationId, *, by: str, note: str = "") -> Escalation:
    """A named person is done with it; raises NotFound. Closing again changes nothing. The note goes to the audit."""
    now = ctx.clock.now()
    return _move(
        ctx,
        clinic_id,
        escalation_id,
        EscalationSignal.CLOSED,
        by=by,
        values={"closed_by": by, "closed_at": now},
        note=note,
    )


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


def _move(
    ctx: Context,
    clinic_id: ClinicId,
    escalation_id: EscalationId,
    signal: EscalationSignal,
    *,
    by: str,
    values: dict[str, object],
    note: str = "",
) -> Escalation:
    with ctx.db.transaction() as conn:
        before = escalations.get(conn, clinic_id, escalation_id)
        if before is None:
            raise NotFound(f"no escalation {escalation_id} in clinic {clinic_id}", cure="see `followup inbox list`")
        if escalations.apply(conn, clinic_id, escalation_id, signal, **values):
            audit.append(
                conn,
                at=ctx.clock.now(),
                clinic_id=clinic_id,
                actor=by,
                action=f"escalation.{signal.value}",
                subject=escalation_id,
                patient_id=before.patient_id,
                detail={"note": note} if note else {},
            )
            if signal is EscalationSignal.CLOSED and before.kind is EscalationKind.RED_FLAG:
                let_patients_on(ctx, conn, before, by=by)
        return escalations.get(conn, clinic_id, escalation_id) or before


def tell(ctx: Context, ids: Sequence[str]) -> None:
    """Mail each escalation to `alerts_to` and tell the rung that is due; a later sweep tries anew what failed."""
    with ctx.db.reading() as conn:
        waiting = [e for e in escalations.get_many(conn, ids) if e.state is not EscalationState.CLOSED]
    for escalation in waiting:
        clinic = ctx.clinics.need(escalation.clinic_id)
        climb(ctx, clinic, escalation)
        if escalation.told_at is None and _mail(ctx, clinic, escalation):
            with ctx.db.transaction() as conn:
                escalations.mark_told(conn, [escalation.id], ctx.clock.now())


def _mail(ctx: Context, clinic: Clinic, escalation: Escalation) -> bool:
    sent = [by_mail(ctx, clinic, escalation, to=to, place=str(place)) for place, to in enumerate(clinic.alerts_to)]
    return all(sent)
