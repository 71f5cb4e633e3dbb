"""Answer: what a patient writes is stored once, and what follows from it follows in the same transaction."""

from dataclasses import replace

from sqlalchemy.engine import Connection

from followup.domain.errors import Forbidden
from followup.domain.inbound import InboundMessage, KeywordHit
from followup.domain.message import Channel
from followup.domain.webhook import CallType
from followup.ports import HookRequest
from followup.services.alerts import accept
from followup.services.context import Context
from followup.services.outbox.put import put
from followup.services.replies import alarm, obey, shared, speak, tell
from followup.services.replies.arrived import Arrived, as_row, by_mail, by_sms
from followup.services.replies.follow import follow
from followup.services.replies.reply import Reply
from followup.services.routing.lineup import named
from followup.storage import inbound, threads
from followup.storage.inbound import Inbound


def take_inbound(ctx: Context, request: HookRequest, *, by: str = "") -> None:
    """Store a provider's inbound message and act on it in one transaction; delivered again it changes nothing.

    `by` names the provider, else it is the first choice. Raises Forbidden for a bad signature or a provider without an
    account; nothing changes then.
    """
    provider = named(ctx, Channel.SMS, by)
    if provider is None or not provider.verify(request):
        raise Forbidden("the call-back's signature is wrong")
    message = provider.read_inbound(request, ctx.clock.now())
    if message is None:
        return
    service = next((value for name, value in request.form if name == "MessagingServiceSid"), "")
    with ctx.db.transaction() as conn:
        if inbound.known(conn, message):
            return
        arrived = by_sms(ctx, conn, message, service=service)
        if arrived.hit is not None and not provider.answers_keywords:
            arrived = replace(arrived, hit=replace(arrived.hit, carrier_answers=False))
        row = as_row(ctx, arrived)
        if inbound.add(conn, row):
            _tell_system(ctx, conn, row)
            _act(ctx, conn, arrived, row=row)
            if arrived.from_patient and arrived.elsewhere:
                for copy in shared.show_to_others(ctx, conn, arrived, row=row):
                    _tell_system(ctx, conn, copy)


def _tell_system(ctx: Context, conn: Connection, row: Inbound) -> None:
    told = {
        "id": row.id,
        "patient": {"id": row.patient_id},
        "channel": row.channel.value,
        "intent": row.intent,
        "severity": row.severity,
    }
    put(ctx, conn, row.clinic_id, CallType.REPLY_RECEIVED, subject=row.id, data=told)


def take_letter(
    ctx: Context, conn: Connection, letter: InboundMessage, *, hit: KeywordHit | None, reads: bool
) -> str | None:
    """Store what somebody wrote by e-mail and act on it in the caller's transaction; its id, or None if it came before.

    A `hit` stops mail to its sender; `reads` asks a person to read it. No machine ever answers a mail.
    """
    if inbound.known(conn, letter):
        return None
    arrived = by_mail(ctx, conn, letter, hit=hit)
    row = as_row(ctx, arrived)
    if not inbound.add(conn, row):
        return None
    _tell_system(ctx, conn, row)
    threads.touch(conn, ctx.ids.new("thr"), row)
    if hit is not None:
        obey.stop(ctx, conn, arrived, row=row)
    if arrived.is_alarm:
        alarm.raise_alarm(ctx, conn, arrived, row=row)
    elif reads:
        tell.ask_to_read(ctx, conn, row, summary=tell.who_sent_what(row, arrived.people))
    return row.id


def _act(ctx: Context, conn: Connection, arrived: Arrived, *, row: Inbound) -> None:
    """The symptom first, then the wish about messages, then what is left; nothing answers a machine or ourselves."""
    taken = accept.by_text(ctx, conn, arrived.clinic, number=row.from_address, text=row.text)
    if taken is not None:
        if taken is accept.Taken.UNCLEAR:
            speak.answer(ctx, conn, row, what=speak.WHICH_FLAG, language=arrived.clinic.languages[0].partition("-")[0])
        return
    thread = threads.touch(conn, ctx.ids.new("thr"), row)
    if not arrived.from_patient:
        return
    if arrived.is_alarm:
        alarm.raise_alarm(ctx, conn, arrived, row=row)
    if arrived.misdial is not None:
        obey.let_go(ctx, conn, arrived, row=row)
    elif arrived.hit is not None:
        obey.obey(ctx, conn, arrived, row=row)
    elif not arrived.is_alarm:
        reply = Reply(row, arrived.clinic, arrived.people, arrived.understood, arrived.language)
        follow(ctx, conn, reply, thread)
