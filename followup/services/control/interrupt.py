"""Interrupt: staff pause the follow-up of one treatment or visit, and let it go on; the patient's other plans run."""

from sqlalchemy.engine import Connection

from followup.domain.enrollment import Enrollment, EnrollmentState
from followup.domain.errors import NotFound, TooLate
from followup.domain.ids import ClinicId, EnrollmentId, MessageId
from followup.domain.lifecycle import OPEN, EnrollmentSignal
from followup.domain.message import Hold
from followup.services.context import Context
from followup.services.control.withhold import need_said
from followup.storage import audit, enrollments, messages, patients

_CURE = "see `followup patient show`"


def pause_one(ctx: Context, clinic_id: ClinicId, enrollment_id: EnrollmentId, *, by: str, reason: str) -> int:
    """Hold every open message of one enrollment, and those planned later; returns how many are held.

    Raises NotFound, InvalidInput, and TooLate where it has ended or is paused already. What a message tells for
    another treatment of the day waits with it.
    """
    need_said(by, reason)
    with ctx.db.transaction() as conn:
        one = _need(conn, clinic_id, enrollment_id)
        if one.state not in {EnrollmentState.ACTIVE, EnrollmentState.PAUSED} or one.is_paused_alone:
            raise TooLate(f"enrollment {enrollment_id} is {one.state}", cure=_CURE)
        enrollments.apply(conn, [one.id], EnrollmentSignal.RESUMED)  # from the patient's pause, if they have one
        enrollments.apply(conn, [one.id], EnrollmentSignal.PAUSED, reason=Hold.ENROLLMENT_PAUSED)
        waiting = _waiting(conn, one)
        messages.release(conn, Hold.PATIENT_PAUSED, clinic_id=clinic_id, ids=waiting)
        held = messages.hold(conn, Hold.ENROLLMENT_PAUSED, clinic_id=clinic_id, ids=waiting)
        _note(ctx, conn, one, action="enrollment.paused", by=by, detail={"reason": reason, "held": held})
        return held


def resume_one(ctx: Context, clinic_id: ClinicId, enrollment_id: EnrollmentId, *, by: str, reason: str) -> int:
    """End the pause of one enrollment; returns how many messages were released to meet the gate anew.

    Where the patient is paused too they stay held for that. Raises NotFound, InvalidInput, and TooLate where nobody
    paused it.
    """
    need_said(by, reason)
    with ctx.db.transaction() as conn:
        one = _need(conn, clinic_id, enrollment_id)
        if not one.is_paused_alone:
            raise TooLate(f"enrollment {enrollment_id} is {one.state}, and was not paused by itself", cure=_CURE)
        enrollments.apply(conn, [one.id], EnrollmentSignal.RESUMED)
        freed = messages.release(conn, Hold.ENROLLMENT_PAUSED, clinic_id=clinic_id, ids=_waiting(conn, one))
        patient = patients.get(conn, clinic_id, one.patient_id)
        if patient is not None and (patient.paused is not None or patient.paused_until is not None):
            enrollments.apply(conn, [one.id], EnrollmentSignal.PAUSED, reason=Hold.PATIENT_PAUSED)
            messages.hold(conn, Hold.PATIENT_PAUSED, clinic_id=clinic_id, ids=_waiting(conn, one))
            freed = 0
        _note(ctx, conn, one, action="enrollment.resumed", by=by, detail={"reason": reason, "released": freed})
        return freed


def _need(conn: Connection, clinic_id: ClinicId, enrollment_id: EnrollmentId) -> Enrollment:
    found = enrollments.get(conn, clinic_id, enrollment_id)
    if found is None:
        raise NotFound(f"no enrollment {enrollment_id} in clinic {clinic_id}", cure=_CURE)
    return found


def _waiting(conn: Connection, one: Enrollment) -> list[MessageId]:
    return [m.id for m in messages.of_enrollments(conn, [one.id]) if m.state in OPEN]


def _note(ctx: Context, conn: Connection, one: Enrollment, *, action: str, by: str, detail: dict[str, object]) -> None:
    audit.append(
        conn,
        at=ctx.clock.now(),
        clinic_id=one.clinic_id,
        actor=by.strip(),
        action=action,
        subject=one.id,
        patient_id=one.patient_id,
        detail=detail,
    )
