"""Withhold: staff pause, resume or stop what a patient is sent; a patient's own pause ends by itself."""

from datetime import datetime

from sqlalchemy.engine import Connection

from followup.domain.errors import InvalidInput, NotFound
from followup.domain.ids import ClinicId, EnrollmentId, PatientId
from followup.domain.lifecycle import OPEN, EnrollmentSignal, Signal
from followup.domain.message import Hold, Reason
from followup.domain.patient import Patient
from followup.services.context import Context
from followup.storage import audit, enrollments, messages, patients

_PAUSES_A_TICK = 200


def need_said(by: str, reason: str) -> None:
    """Raises InvalidInput where an act of staff is without a name or a reason."""
    if not by.strip() or not reason.strip():
        raise InvalidInput("an act of staff needs a name and a reason", cure="say who does it, and why")


def pause(ctx: Context, clinic_id: ClinicId, patient_id: PatientId, *, by: str, reason: str) -> int:
    """Hold every open message of a patient, and those planned later, until `resume`; returns how many are held."""
    need_said(by, reason)
    with ctx.db.transaction() as conn:
        return hold_back(ctx, conn, clinic_id=clinic_id, patient_id=patient_id, by=by, reason=reason)


def hold_back(
    ctx: Context, conn: Connection, *, clinic_id: ClinicId, patient_id: PatientId, by: str, reason: str
) -> int:
    """`pause` in the caller's transaction."""
    _need(conn, clinic_id, patient_id)
    patients.set_paused(conn, clinic_id, patient_id, reason or "staff")
    held = _hold(conn, clinic_id, patient_id)
    _note(ctx, conn, clinic_id, patient_id, action="patient.paused", by=by, detail={"reason": reason, "held": held})
    return held


def resume(ctx: Context, clinic_id: ClinicId, patient_id: PatientId, *, by: str, reason: str) -> int:
    """End the pause of staff; the gate looks at each message anew. Returns how many were released.

    A pause that the patient asked for goes on until its end.
    """
    need_said(by, reason)
    with ctx.db.transaction() as conn:
        return let_on(ctx, conn, clinic_id=clinic_id, patient_id=patient_id, by=by, reason=reason)


def let_on(ctx: Context, conn: Connection, *, clinic_id: ClinicId, patient_id: PatientId, by: str, reason: str) -> int:
    """`resume` in the caller's transaction."""
    patient = _need(conn, clinic_id, patient_id)
    patients.set_paused(conn, clinic_id, patient_id, None)
    freed = _release(conn, clinic_id, patient_id) if patient.paused_until is None else 0
    detail: dict[str, object] = {"reason": reason, "released": freed}
    _note(ctx, conn, clinic_id, patient_id, action="patient.resumed", by=by, detail=detail)
    return freed


def stop(ctx: Context, clinic_id: ClinicId, patient_id: PatientId, *, by: str, reason: str) -> int:
    """End all running follow-up for good; later treatments are followed up again. Returns how many messages ended."""
    need_said(by, reason)
    with ctx.db.transaction() as conn:
        _need(conn, clinic_id, patient_id)
        begun = _begun(conn, clinic_id, patient_id)
        waiting = [m.id for m in messages.of_enrollments(conn, begun) if m.state in OPEN] if begun else []
        ended = messages.apply(conn, waiting, Signal.CANCELLED, ctx.clock.now(), reason=Reason.STAFF)
        enrollments.apply(conn, begun, EnrollmentSignal.STOPPED, reason=Reason.STAFF)
        detail = {"reason": reason, "cancelled": len(ended)}
        _note(ctx, conn, clinic_id, patient_id, action="patient.stopped", by=by, detail=detail)
        return len(ended)


# A patient's own pause ---------------------------------------------------------------------------------------------
def own_pause(ctx: Context, conn: Connection, patient: Patient, *, until: datetime) -> int:
    """The patient wants nothing until then: hold every open message; returns how many are held."""
    patients.set_paused_until(conn, patient.clinic_id, patient.id, until)
    held = _hold(conn, patient.clinic_id, patient.id)
    detail: dict[str, object] = {"until": until.isoformat(), "held": held}
    _note(ctx, conn, patient.clinic_id, patient.id, action="patient.paused", by="patient", detail=detail)
    return held


def end_own_pause(ctx: Context, conn: Connection, patient: Patient, *, by: str) -> int:
    """End the patient's own pause; returns how many were released. What staff paused stays held."""
    if not patients.set_paused_until(conn, patient.clinic_id, patient.id, None):
        return 0
    freed = _release(conn, patient.clinic_id, patient.id) if patient.paused is None else 0
    _note(
        ctx, conn, patient.clinic_id, patient.id, action="patient.resumed", by=by, detail={"released": freed}
    )  # fmt: skip
    return freed


def end_pauses(ctx: Context) -> int:
    """A tick: end the pauses of patients whose time is over; returns how many."""
    with ctx.db.reading() as conn:
        over = patients.pauses_over(conn, ctx.clock.now(), limit=_PAUSES_A_TICK)
    if not over:
        return 0
    with ctx.db.transaction() as conn:
        for clinic_id, patient_id in over:
            patient = patients.get(conn, clinic_id, patient_id)
            if patient is not None and patient.paused_until is not None and patient.paused_until <= ctx.clock.now():
                end_own_pause(ctx, conn, patient, by="system")
    return len(over)


def _hold(conn: Connection, clinic_id: ClinicId, patient_id: PatientId) -> int:
    enrollments.apply(conn, _begun(conn, clinic_id, patient_id), EnrollmentSignal.PAUSED, reason=Hold.PATIENT_PAUSED)
    return messages.hold(conn, Hold.PATIENT_PAUSED, clinic_id=clinic_id, patient_id=patient_id)


def _release(conn: Connection, clinic_id: ClinicId, patient_id: PatientId) -> int:
    theirs = [e.id for e in enrollments.of(conn, clinic_id, [patient_id]) if not e.is_paused_alone]
    enrollments.apply(conn, theirs, EnrollmentSignal.RESUMED)
    return messages.release(conn, Hold.PATIENT_PAUSED, clinic_id=clinic_id, patient_id=patient_id)


def _need(conn: Connection, clinic_id: ClinicId, patient_id: PatientId) -> Patient:
    found = patients.get(conn, clinic_id, patient_id)
    if found is None:
        raise NotFound(f"no such patient in clinic {clinic_id}", cure="give the clinic's own id of the patient")
    return found


def _begun(conn: Connection, clinic_id: ClinicId, patient_id: PatientId) -> list[EnrollmentId]:
    return [e.id for e in enrollments.of(conn, clinic_id, [patient_id])]


def _note(
    ctx: Context,
    conn: Connection,
    clinic_id: ClinicId,
    patient_id: PatientId,
    *,
    action: str,
    by: str,
    detail: dict[str, object],
) -> None:
    audit.append(
        conn,
        at=ctx.clock.now(),
        clinic_id=clinic_id,
        actor=by,
        action=action,
        subject=patient_id,
        patient_id=patient_id,
        detail=detail,
    )
