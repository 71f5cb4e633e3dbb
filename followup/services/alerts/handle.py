"""Handle: staff are told of an escalation, a named person takes it over and closes it."""

from collections.abc import Sequence

from followup.domain.clinic import Clinic
from followup.domain.errors import NotFound
from followup.domain.escalation import Escalation, EscalationKind, EscalationState
from followup.domain.ids import ClinicId, EscalationId
from followup.domain.lifecycle import EscalationSignal
from followup.services.alerts.climb import climb
from followup.services.alerts.release import let_patients_on
from followup.services.alerts.send import by_mail
from followup.services.context import Context
from followup.storage import audit, escalations


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


def tell(ctx: Context, ids: Sequence[str]) -> None:
    """Mail each escalation to `alerts_to` and tell the rung that is due; a later sweep tries anew what failed."""
    with ctx.db.reading() as conn:
        waiting = [e for e in escalations.get_many(conn, ids) if e.state is not EscalationState.CLOSED]
    for escalation in waiting:
        clinic = ctx.clinics.need(escalation.clinic_id)
        mailed = escalation.told_at is not None or _mail(ctx, clinic, escalation)
        if mailed and escalation.told_at is None:
            with ctx.db.transaction() as conn:
                escalations.mark_told(conn, [escalation.id], ctx.clock.now())
        climb(ctx, clinic, escalation, mailed=mailed)


def _mail(ctx: Context, clinic: Clinic, escalation: Escalation) -> bool:
    sent = [by_mail(ctx, clinic, escalation, to=to, place=str(place)) for place, to in enumerate(clinic.alerts_to)]
    return all(sent)


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
