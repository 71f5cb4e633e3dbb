"""Control: a person on staff pauses, resumes or stops what a patient is sent; every act is audited with its reason."""

from sqlalchemy.engine import Connection

from followup.domain.errors import NotFound
from followup.domain.ids import ClinicId, EnrollmentId, PatientId
from followup.domain.lifecycle import OPEN, EnrollmentSignal, Signal
from followup.domain.message import Hold, Reason
from followup.services.context import Context
from followup.storage import audit, enrollments, messages, patients


def pause(ctx: Context, clinic_id: ClinicId, patient_id: PatientId, *, by: str, reason: str) -> int:
    """Hold every open message of a patient, and those planned later, until `resume`; returns how many are held."""
    with ctx.db.transaction() as conn:
        return hold_back(ctx, conn, clinic_id=clinic_id, patient_id=patient_id, by=by, reason=reason)


def hold_back(
    ctx: Context, conn: Connection, *, clinic_id: ClinicId, patient_id: PatientId, by: str, reason: str
) -> int:
    """`pause` in the caller's transaction."""
    _need(conn, clinic_id, patient_id)
    patients.set_paused(conn, clinic_id, patient_id, reason or "staff")
    enrollments.apply(conn, _begun(conn, clinic_id, patient_id), EnrollmentSignal.PAUSED, reason=Hold.PATIENT_PAUSED)
    held = messages.hold(conn, Hold.PATIENT_PAUSED, clinic_id=clinic_id, patient_id=patient_id)
    _note(ctx, conn, clinic_id, patient_id, action="patient.paused", by=by, detail={"reason": reason, "held": held})
    return held


def let_on(ctx: Context, conn: Connection, *, clinic_id: ClinicId, patient_id: PatientId, by: str, reason: str) -> int:
    """`resume` in the caller's transaction."""
    _need(conn, clinic_id, patient_id)
    patients.set_paused(conn, clinic_id, patient_id, None)
    enrollments.apply(conn, _begun(conn, clinic_id, patient_id), EnrollmentSignal.RESUMED)
    freed = messages.release(conn, Hold.PATIENT_PAUSED, clinic_id=clinic_id, patient_id=patient_id)
    detail = {"reason": reason, "released": freed}
    _note(ctx, conn, clinic_id, patient_id, action="patient.resumed", by=by, detail=detail)
    return freed


def resume(ctx: Context, clinic_id: ClinicId, patient_id: PatientId, *, by: str, reason: str) -> int:
    """End the pause; the gate looks at each message anew. Returns how many were released."""
    with ctx.db.transaction() as conn:
        return let_on(ctx, conn, clinic_id=clinic_id, patient_id=patient_id, by=by, reason=reason)


def stop(ctx: Context, clinic_id: ClinicId, patient_id: PatientId, *, by: str, reason: str) -> int:
    """End all running follow-up for good; later treatments are followed up again. Returns how many messages ended."""
    with ctx.db.transaction() as conn:
        _need(conn, clinic_id, patient_id)
        begun = _begun(conn, clinic_id, patient_id)
        waiting = [m.id for m in messages.of_enrollments(conn, begun) if m.state in OPEN] if begun else []
        ended = messages.apply(conn, waiting, Signal.CANCELLED, ctx.clock.now(), reason=Reason.STAFF)
        enrollments.apply(conn, begun, EnrollmentSignal.STOPPED, reason=Reason.STAFF)
        detail = {"reason": reason, "cancelled": len(ended)}
        _note(ctx, conn, clinic_id, patient_id, action="patient.stopped", by=by, detail=detail)
        return len(ended)


def _need(conn: Connection, clinic_id: ClinicId, patient_id: PatientId) -> None:
    if patients.get(conn, clinic_id, patient_id) is None:
        raise NotFound(f"no such patient in clinic {clinic_id}", cure="give the clinic's own id of the patient")


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
