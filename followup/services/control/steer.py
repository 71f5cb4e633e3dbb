"""Steer: a person on staff skips one message, sends it now, or takes either back as long as nothing went out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from followup.domain.enrollment import EnrollmentState
from followup.domain.errors import NotFound, TooLate
from followup.domain.ids import ClinicId, MessageId
from followup.domain.lifecycle import OPEN, EnrollmentSignal, Signal
from followup.domain.message import Message, MessageState, Reason
from followup.services import enroll
from followup.services.context import Context
from followup.services.control.withhold import need_said
from followup.storage import audit, enrollments, messages

_SKIP, _SEND_NOW, _UNDO = "skip", "send_now", "undo"
_ACTIONS = {_SKIP: "message.skipped", _SEND_NOW: "message.urged", _UNDO: "message.restored"}


@dataclass(frozen=True, slots=True)
class Steered:
    """A person's act on one message, and what was before it."""

    message: Message
    by: str
    reason: str
    was: Mapping[str, Any]


def skip(ctx: Context, clinic_id: ClinicId, message_id: MessageId, *, by: str, reason: str) -> None:
    """This one contact is not made; the rest of the plan goes on. Raises NotFound, InvalidInput and TooLate."""
    with ctx.db.transaction() as conn:
        act = _open(conn, clinic_id, message_id, by=by, reason=reason)
        told = _told(act, _SKIP) | {"text": f"{act.by} skipped it: {act.reason}"}
        messages.apply(
            conn, [act.message.id], Signal.CANCELLED, ctx.clock.now(), reason=Reason.STAFF.value, detail=told
        )
        _note(ctx, conn, act, _SKIP)
        _plan_around(ctx, conn, act.message)


def send_now(ctx: Context, clinic_id: ClinicId, message_id: MessageId, *, by: str, reason: str) -> None:
    """It is due now, whatever the clinic's own hours and limits say; the gate keeps to law, consent and holds.

    Raises NotFound, InvalidInput and TooLate.
    """
    with ctx.db.transaction() as conn:
        act, now = _open(conn, clinic_id, message_id, by=by, reason=reason), ctx.clock.now()
        told = _told(act, _SEND_NOW) | {"text": f"{act.by} sends it now: {act.reason}"}
        values = {"due_at": now, "urged": True}
        messages.apply(conn, [act.message.id], Signal.RESCHEDULED, now, detail=told, values=values)
        _note(ctx, conn, act, _SEND_NOW)


def undo(ctx: Context, clinic_id: ClinicId, message_id: MessageId, *, by: str, reason: str) -> None:
    """Take back the last skip or send-now: the message is as it was before. Raises NotFound, InvalidInput, TooLate."""
    with ctx.db.transaction() as conn:
        act = _read(conn, clinic_id, message_id, by=by, reason=reason)
        last = _last_act(conn, act.message)
        told = _told(act, _UNDO) | {"text": f"{act.by} took it back: {act.reason}"}
        values = {
            name: datetime.fromisoformat(value) if isinstance(value, str) else value
            for name, value in last["was"].items()
        }
        signal = Signal.RESTORED if last["act"] == _SKIP else Signal.RESCHEDULED
        messages.apply(conn, [act.message.id], signal, ctx.clock.now(), detail=told, values=values | {"reason": None})
        _note(ctx, conn, act, _UNDO)
        _reopen(conn, act.message)
        _plan_around(ctx, conn, act.message)


def _open(conn: Connection, clinic_id: ClinicId, message_id: MessageId, *, by: str, reason: str) -> Steered:
    act = _read(conn, clinic_id, message_id, by=by, reason=reason)
    if act.message.state not in OPEN:
        raise TooLate(f"message {message_id} is {act.message.state}", cure="only what has not gone out can be changed")
    return act


def _read(conn: Connection, clinic_id: ClinicId, message_id: MessageId, *, by: str, reason: str) -> Steered:
    need_said(by, reason)
    message = messages.get(conn, clinic_id, message_id, lock=True)
    if message is None:
        raise NotFound(f"no message {message_id} in clinic {clinic_id}", cure="see `followup message list`")
    was = {"due_at": message.due_at.isoformat(), "urged": message.urged}
    return Steered(message, by.strip(), reason.strip(), was)


def _last_act(conn: Connection, message: Message) -> Mapping[str, Any]:
    """The detail of the act that can be taken back; raises TooLate where there is none, or it went out."""
    acts = [d for row in messages.history(conn, message.id) if "act" in (d := row["detail"] or {})]
    last = acts[-1] if acts else {}
    ended = message.state is MessageState.CANCELLED and message.reason == Reason.STAFF
    skipped = ended and message.provider_ref is None and last.get("act") == _SKIP
    urged = message.state in OPEN and message.urged and last.get("act") == _SEND_NOW
    if not skipped and not urged:
        what = "went out already" if message.attempt_no else "was neither skipped nor sent now by staff"
        raise TooLate(f"message {message.id} {what}", cure="see `followup message explain`")
    return last


def _told(act: Steered, what: str) -> dict[str, Any]:
    return {"act": what, "by": act.by, "why": act.reason, "was": dict(act.was)}


def _reopen(conn: Connection, message: Message) -> None:
    """An enrollment that ended with its last message goes on."""
    begun = enrollments.get_many(conn, [message.enrollment_id]) if message.enrollment_id else {}
    done = [i for i, one in begun.items() if one.state is EnrollmentState.COMPLETED]
    enrollments.apply(conn, done, EnrollmentSignal.REOPENED)


def _plan_around(ctx: Context, conn: Connection, message: Message) -> None:
    """What the message told of others finds its own way, and a time that changed meanwhile is caught up with."""
    if message.enrollment_id is not None and message.patient_id:
        enroll.replan(ctx, conn, message.clinic_id, message.patient_id)


def _note(ctx: Context, conn: Connection, act: Steered, what: str) -> None:
    audit.append(
        conn,
        at=ctx.clock.now(),
        clinic_id=act.message.clinic_id,
        actor=act.by,
        action=_ACTIONS[what],
        subject=act.message.id,
        patient_id=act.message.patient_id or None,
        detail={"reason": act.reason, **act.was},
    )
