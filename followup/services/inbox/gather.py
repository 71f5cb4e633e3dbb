"""Gather: the threads of a clinic, and one of them with every word of both sides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from followup.domain.errors import NotFound
from followup.domain.ids import ClinicId, PatientId
from followup.domain.inbound import Thread, ThreadState
from followup.domain.message import Channel, Message, MessageClass, MessageState
from followup.services.context import Context
from followup.storage import audit, escalations, inbound, messages, threads
from followup.storage.inbound import Inbound

_MOST = 1000


@dataclass(frozen=True, slots=True)
class Listed:
    """A thread and where it stands."""

    thread: Thread
    state: ThreadState


@dataclass(frozen=True, slots=True)
class Line:
    """One text or mail of a thread; `words` are patient data, and empty for what a template says."""

    at: datetime
    ours: bool
    channel: Channel
    words: str
    about: str  # the inbound message, or ours
    note: str  # intent and severity, or template and state
    by: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A thread with all its lines, oldest first."""

    listed: Listed
    lines: Sequence[Line]


def threads_of(
    ctx: Context, clinic_id: ClinicId, *, states: Sequence[ThreadState] = (), assigned_to: str = "", limit: int = 100
) -> list[Listed]:
    """The threads in these states (all but closed ones if none is named), the newest words first."""
    now = ctx.clock.now()
    wanted = set(states) or set(ThreadState) - {ThreadState.CLOSED}
    with ctx.db.reading() as conn:
        found = [Listed(t, t.state(now, sent)) for t, sent in threads.listing(conn, clinic_id, limit=_MOST)]
    mine = [x for x in found if x.state in wanted and assigned_to in {"", x.thread.assigned_to}]
    return mine[:limit]


def need(conn: Connection, clinic_id: ClinicId, name: str) -> Thread:
    """The thread of a patient's id, of an inbound message, an escalation or by its own id; raises NotFound."""
    matter = escalations.get(conn, clinic_id, name)
    wrote = inbound.get(conn, clinic_id, matter.subject if matter else name)
    found = threads.of(conn, wrote) if wrote else threads.find(conn, clinic_id, name)
    if found is None and matter is not None and matter.patient_id:
        found = threads.find(conn, clinic_id, matter.patient_id)
    if found is None:
        raise NotFound(f"no thread {name} in clinic {clinic_id}", cure="see `followup inbox threads`")
    return found


def look(ctx: Context, clinic_id: ClinicId, name: str, *, by: str) -> Opened:
    """One thread with its words; the look is audited, and the thread counts as read. Raises NotFound."""
    now = ctx.clock.now()
    with ctx.db.transaction() as conn:
        thread = need(conn, clinic_id, name)
        threads.change(conn, thread, seen_at=now, seen_by=by)
        audit.append(
            conn,
            at=now,
            clinic_id=clinic_id,
            actor=by,
            action="thread.viewed",
            subject=thread.id,
            patient_id=thread.patient_id,
        )
        lines = sorted([*_theirs(conn, thread), *_ours(conn, thread)], key=lambda line: line.at)
        thread = need(conn, clinic_id, thread.id)
        sent = messages.get(conn, clinic_id, thread.last_out) if thread.last_out else None
    return Opened(Listed(thread, thread.state(now, sent.state if sent else None)), lines)


def _theirs(conn: Connection, thread: Thread) -> list[Line]:
    return [
        Line(r.received_at, False, r.channel, r.text, r.id, _meant(r))
        for r in inbound.of_person(conn, thread.clinic_id, patient_id=thread.patient_id, address=thread.address)
    ]


def _meant(row: Inbound) -> str:
    pictures = f", {row.media} attached" if row.media else ""
    urgent = f", {row.severity}" if row.severity and row.severity != "none" else ""
    return f"{row.intent}{urgent}{pictures}"


def _ours(conn: Connection, thread: Thread) -> list[Line]:
    """What went out, what staff wrote, and the answers that wait."""
    if thread.patient_id:
        mine = messages.of_patient(conn, thread.clinic_id, thread.patient_id)
    else:
        mine = messages.of_patient(conn, thread.clinic_id, PatientId(""))
    heard = {line.about for line in _theirs(conn, thread)}
    shown = [m for m in mine if m.context in heard or (thread.patient_id and _went(m))]
    written = threads.words_of(conn, [m.id for m in shown])
    return [_line(m, *written.get(m.id, ("", ""))) for m in shown]


def _line(message: Message, words: str, by: str) -> Line:
    note = f"{message.template_ref}, {message.state}" + (f" ({message.reason})" if message.reason else "")
    return Line(message.due_at, True, message.channel or message.channels[0], words, message.id, note, by)


def _went(message: Message) -> bool:
    waits = {MessageState.SCHEDULED, MessageState.CANCELLED, MessageState.SKIPPED}
    return message.state not in waits or message.message_class is MessageClass.REPLY
