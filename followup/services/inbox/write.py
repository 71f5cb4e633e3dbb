"""Write: a person on staff answers a patient; two of them never answer the same words."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.engine import Connection

from followup.domain.errors import Conflict, InvalidInput, NotFound
from followup.domain.escalation import EscalationKind
from followup.domain.ids import ClinicId, MessageId, PatientId
from followup.domain.inbound import Thread
from followup.domain.lifecycle import EscalationSignal
from followup.domain.message import Channel, Message, MessageClass, MessageState
from followup.services import permit
from followup.services.context import Context
from followup.services.inbox import gather
from followup.storage import audit, escalations, inbound, messages, threads

#: The step of what a person wrote: no pause holds it back.
BY_STAFF = "staff_reply"
OWN_WORDS, CANNED = "system/staff-reply", "canned/"
#: How long somebody has a thread to themselves while they write.
LOCKED_FOR = timedelta(minutes=10)
_LIFE = timedelta(hours=24)
_LONGEST = {Channel.SMS: 1200, Channel.EMAIL: 10_000}


def canned(ctx: Context) -> list[str]:
    """The names of the ready-made answers."""
    return sorted(ref.removeprefix(CANNED) for ref in ctx.templates.refs if ref.startswith(CANNED))


def reply(
    ctx: Context,
    clinic_id: ClinicId,
    name: str,
    *,
    by: str,
    text: str = "",
    ready: str = "",
    again: bool = False,
) -> Message:
    """Answer the newest words of a thread where they came from, in own words or with a ready-made text.

    Raises Conflict while somebody else has the thread, or where these words are answered (unless `again`), and where
    the patient wants no messages there; NotFound and InvalidInput for what cannot be meant. It accepts what staff were
    asked about these words and closes what was no red flag.
    """
    now, ref = ctx.clock.now(), _template(ctx, text, ready)
    with ctx.db.transaction() as conn:
        thread = gather.need(conn, clinic_id, name)
        _check(ctx, conn, thread, by=by, text=text)
        message = _message(ctx, thread, ref=ref)
        if not threads.answered(conn, thread, message_id=message.id, by=by, now=now, again=again):
            first = gather.need(conn, clinic_id, thread.id)  # as whoever came first has left it
            who = f"{first.last_out_by} answered" + (f" at {first.last_out_at:%H:%M} UTC" if first.last_out_at else "")
            raise Conflict(who, cure="read it first: followup inbox show; to write anyway add --again")
        messages.add(conn, [message], now, detail={"by": by, "inbound": thread.last_in})
        if text:
            threads.keep_words(conn, thread, message_id=message.id, text=text, by=by, now=now)
        _settle(ctx, conn, thread, by=by)
        _note(ctx, conn, thread, by=by, message=message)
    return message


def _template(ctx: Context, text: str, ready: str) -> str:
    if bool(text.strip()) == bool(ready):
        raise InvalidInput("an answer is either words or a ready-made text", cure="give TEXT or --canned NAME")
    if ready and ready not in canned(ctx):
        raise NotFound(f"there is no ready-made answer {ready!r}", cure=f"there are: {', '.join(canned(ctx))}")
    return f"{CANNED}{ready}" if ready else OWN_WORDS


def _check(ctx: Context, conn: Connection, thread: Thread, *, by: str, text: str) -> None:
    now = ctx.clock.now()
    if len(text) > _LONGEST[thread.channel]:
        raise InvalidInput(f"over {_LONGEST[thread.channel]} characters", cure="write less, or phone")
    wrote = inbound.get(conn, thread.clinic_id, thread.last_in)
    if wrote is None:
        raise NotFound(f"the words of {thread.id} are gone", cure="phone the patient")
    address = wrote.from_address
    if permit.is_suppressed(ctx, conn, clinic_id=thread.clinic_id, channel=thread.channel, address=address):
        raise Conflict("messages to where this came from are stopped", cure="phone the patient")
    if not threads.lock(conn, thread, by=by, now=now, until=now + LOCKED_FOR):
        raise Conflict(f"{thread.locked_by} is answering", cure="wait, or agree with them")


def _message(ctx: Context, thread: Thread, *, ref: str) -> Message:
    now = ctx.clock.now()
    return Message(
        id=MessageId(ctx.ids.new("msg")),
        clinic_id=thread.clinic_id,
        patient_id=thread.patient_id or PatientId(""),
        enrollment_id=None,
        step_key=BY_STAFF,
        occurrence=1,
        message_class=MessageClass.REPLY,
        channels=(thread.channel,),
        template_ref=ref,
        template_version=ctx.templates.version(ref),
        state=MessageState.SCHEDULED,
        due_at=now,
        planned_for=now,
        expires_at=now + _LIFE,
        context=thread.last_in,
    )


def _settle(ctx: Context, conn: Connection, thread: Thread, *, by: str) -> None:
    """Whoever answers accepts the matter; a red flag stays to be closed expressly."""
    now = ctx.clock.now()
    for one in escalations.about_thread(conn, thread):
        done = one.kind is not EscalationKind.RED_FLAG
        signal = EscalationSignal.CLOSED if done else EscalationSignal.ACKNOWLEDGED
        values = {"closed_by": by, "closed_at": now} if done else {"acknowledged_by": by, "acknowledged_at": now}
        if escalations.apply(conn, thread.clinic_id, one.id, signal, **values):
            _note(ctx, conn, replace(thread, id=one.id), by=by, action=f"escalation.{signal.value}")


def _note(
    ctx: Context,
    conn: Connection,
    thread: Thread,
    *,
    by: str,
    message: Message | None = None,
    action: str = "thread.answered",
) -> None:
    audit.append(
        conn,
        at=ctx.clock.now(),
        clinic_id=thread.clinic_id,
        actor=by,
        action=action,
        subject=thread.id,
        patient_id=thread.patient_id,
        detail={"message": message.id, "template": message.template_ref} if message else {"by": "an answer"},
    )
