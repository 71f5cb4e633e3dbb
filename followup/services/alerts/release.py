"""Release: once a red flag is closed, what was held for it goes on; what was missed follows the `late` of its step."""

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from followup.domain.enrollment import Enrollment
from followup.domain.errors import NotFound
from followup.domain.escalation import Escalation, EscalationKind, EscalationState
from followup.domain.ids import ClinicId, MessageId, PatientId
from followup.domain.lifecycle import Signal
from followup.domain.message import Message, MessageState, Reason
from followup.domain.protocol import LatePolicy, Step
from followup.services import pinned
from followup.services.context import Context
from followup.services.control.withhold import let_on
from followup.storage import enrollments, escalations, messages, patients

_STANDS = (EscalationState.OPEN, EscalationState.ACKNOWLEDGED)


def cause_of(severity: str, inbound_id: str) -> str:
    """Why a patient is held: the red flag that they raised."""
    return f"red flag: {severity}, {inbound_id}"


def let_patients_on(ctx: Context, conn: Connection, closed: Escalation, *, by: str) -> int:
    """End the hold of everybody whom this red flag held and no other holds; returns how many."""
    cause = cause_of(closed.severity or "", closed.subject)
    held = patients.paused_because(conn, closed.clinic_id, cause)
    for patient_id in held:
        other = _another(conn, closed.clinic_id, patient_id)
        if other is not None:
            patients.set_paused(conn, closed.clinic_id, patient_id, cause_of(other.severity or "", other.subject))
            continue
        _skip_missed(ctx, conn, closed.clinic_id, patient_id)
        reason = f"red flag closed: {closed.id}"
        let_on(ctx, conn, clinic_id=closed.clinic_id, patient_id=patient_id, by=by, reason=reason)
    return len(held)


def _another(conn: Connection, clinic_id: ClinicId, patient_id: PatientId) -> Escalation | None:
    standing = escalations.listing(conn, clinic_id, states=_STANDS, patient_id=patient_id)
    return next((one for one in standing if one.kind is EscalationKind.RED_FLAG), None)


def _skip_missed(ctx: Context, conn: Connection, clinic_id: ClinicId, patient_id: PatientId) -> None:
    """End the messages whose time passed meanwhile and whose step is not to be late; the gate decides on the others."""
    begun = {e.id: e for e in enrollments.of(conn, clinic_id, [patient_id])}
    now = ctx.clock.now()
    too_late: list[MessageId] = []
    for message in messages.of_enrollments(conn, list(begun)) if begun else ():
        enrollment = begun.get(message.enrollment_id) if message.enrollment_id else None
        if enrollment is None or message.state is not MessageState.SCHEDULED or message.planned_for >= now:
            continue
        step = _step(ctx, conn, enrollment, message)
        if step is None or step.late is LatePolicy.SKIP or now > step.max_late.after(message.planned_for):
            too_late.append(message.id)
    messages.apply(conn, too_late, Signal.REFUSED, now, reason=Reason.LATE)


def _step(ctx: Context, conn: Connection, enrollment: Enrollment, message: Message) -> Step | None:
    try:
        protocol = pinned.protocol(ctx, conn, enrollment.protocol_key, enrollment.protocol_version)
    except NotFound:
        return None
    steps: Sequence[Step] = protocol.steps
    return next((step for step in steps if step.key == message.step_key), None)
