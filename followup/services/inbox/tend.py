"""Tend: a thread is given to somebody, put off, taken for writing, or closed; every act has a name."""

from datetime import datetime

from sqlalchemy.engine import Connection

from followup.domain.errors import Conflict
from followup.domain.escalation import EscalationKind, EscalationState
from followup.domain.ids import ClinicId
from followup.domain.inbound import Thread
from followup.domain.lifecycle import EscalationSignal
from followup.services.context import Context
from followup.services.inbox.gather import need
from followup.services.inbox.write import LOCKED_FOR
from followup.storage import audit, escalations, threads


def assign(ctx: Context, clinic_id: ClinicId, name: str, *, to: str, by: str) -> Thread:
    """Give a thread to a person (nobody, if `to` is empty)."""
    return _change(ctx, clinic_id, name, by=by, action="assigned", detail={"to": to}, assigned_to=to or None)


def snooze(ctx: Context, clinic_id: ClinicId, name: str, *, until: datetime, by: str) -> Thread:
    """Put a thread off until then, or until the patient writes again."""
    detail: dict[str, object] = {"until": until.isoformat()}
    return _change(ctx, clinic_id, name, by=by, action="snoozed", detail=detail, snoozed_until=until)


def take(ctx: Context, clinic_id: ClinicId, name: str, *, by: str) -> Thread:
    """Keep a thread to oneself for the minutes one writes in. Raises Conflict while somebody else has it."""
    now = ctx.clock.now()
    with ctx.db.transaction() as conn:
        thread = need(conn, clinic_id, name)
        if not threads.lock(conn, thread, by=by, now=now, until=now + LOCKED_FOR):
            raise Conflict(f"{thread.locked_by} is answering", cure="wait, or agree with them")
        threads.change(conn, thread, seen_at=now, seen_by=by)
        _note(ctx, conn, thread, by=by, action="taken", detail={})
        return need(conn, clinic_id, thread.id)


def close(ctx: Context, clinic_id: ClinicId, name: str, *, by: str, note: str = "") -> Thread:
    """Nothing is left to answer: what staff were asked is closed too. Raises Conflict while a red flag stands."""
    now = ctx.clock.now()
    with ctx.db.transaction() as conn:
        thread = need(conn, clinic_id, name)
        matters = escalations.about_thread(conn, thread)
        flag = next((one for one in matters if one.kind is EscalationKind.RED_FLAG), None)
        if flag is not None and flag.state is not EscalationState.CLOSED:
            raise Conflict(f"the red flag {flag.id} stands open", cure=f"followup inbox close {flag.id} --by NAME")
        for one in matters:
            values = {"closed_by": by, "closed_at": now}
            escalations.apply(conn, clinic_id, one.id, EscalationSignal.CLOSED, **values)
        threads.change(conn, thread, closed_at=now, seen_at=now, seen_by=by)
        _note(ctx, conn, thread, by=by, action="closed", detail={"note": note} if note else {})
        return need(conn, clinic_id, thread.id)


def _change(
    ctx: Context, clinic_id: ClinicId, name: str, *, by: str, action: str, detail: dict[str, object], **values: object
) -> Thread:
    with ctx.db.transaction() as conn:
        thread = need(conn, clinic_id, name)
        threads.change(conn, thread, **values)
        _note(ctx, conn, thread, by=by, action=action, detail=detail)
        return need(conn, clinic_id, thread.id)


def _note(ctx: Context, conn: Connection, thread: Thread, *, by: str, action: str, detail: dict[str, object]) -> None:
    audit.append(
        conn,
        at=ctx.clock.now(),
        clinic_id=thread.clinic_id,
        actor=by,
        action=f"thread.{action}",
        subject=thread.id,
        patient_id=thread.patient_id,
        detail=detail,
    )
