"""Settles messages by later words: receipts as they come, in whatever order."""

from datetime import timedelta
from typing import Any

from sqlalchemy.engine import Connection

from followup.domain.errors import Forbidden, InvalidInput
from followup.domain.escalation import EscalationKind
from followup.domain.halt import Passage, Proof
from followup.domain.ids import MessageId
from followup.domain.lifecycle import MESSAGE, OPEN, Signal
from followup.domain.message import Channel, Message, MessageClass, MessageState, Reason, Receipt, ReceiptStatus
from followup.domain.outcome import CodeClass, CodeEntry
from followup.ports import HookRequest
from followup.services.context import Context
from followup.services.escalate import raise_to_staff
from followup.services.finish import succeed
from followup.services.outbox.states import tell_states
from followup.services.routing import aftermath, halting
from followup.services.routing.aftermath import Refusal
from followup.services.routing.doubt import no_more_doubt
from followup.services.routing.late import first_question
from followup.services.routing.lineup import named
from followup.storage import attempts, messages, patients, receipts
from followup.storage.routing import halts

_SIGNALS = {
    ReceiptStatus.ACCEPTED: Signal.ACCEPTED,
    ReceiptStatus.DELIVERED: Signal.DELIVERED,
    ReceiptStatus.UNDELIVERED: Signal.UNDELIVERED,
}
#: These are worth a second copy where a provider cannot say that the first did not arrive.
_NEEDED = frozenset({MessageClass.CARE, MessageClass.TRANSACTIONAL})
_MOST_SUCCESSORS = 10


def take_receipt(ctx: Context, request: HookRequest, message_id: MessageId, *, by: str = "") -> bool:
    """Store a receipt and act on it in one transaction; False if it is for no message of ours.

    `by` names the provider, else it is the first choice. Raises Forbidden for a bad signature or a provider without an
    account, and InvalidInput for a call-back that is no receipt; nothing changes then.
    """
    provider = named(ctx, Channel.SMS, by)
    if provider is None or not provider.verify(request):
        raise Forbidden("the call-back's signature is wrong")
    receipt = provider.read_receipt(request, message_id)
    if receipt is None:
        raise InvalidInput("the call-back is no receipt")
    with ctx.db.transaction() as conn:
        return record(ctx, conn, receipt)


def record(ctx: Context, conn: Connection, receipt: Receipt, *, entry: CodeEntry | None = None) -> bool:
    """Store a receipt and act on it in the caller's transaction; False if it is for no message of ours.

    `entry` says what its code means where that is not the provider's own: a bounce is another mail server's word.
    """
    message = messages.get(conn, None, receipt.message_id, lock=True)
    fresh = receipts.add(conn, receipt, ctx.clock.now(), known=message is not None)
    if message is not None and fresh:
        _suspect_a_second(ctx, conn, message, receipt)
        _apply(ctx, conn, message, receipt=receipt, entry=entry)
    return message is not None


def _suspect_a_second(ctx: Context, conn: Connection, message: Message, receipt: Receipt) -> None:
    """A text known by one name of its provider's and now by another was taken twice: that is for a person."""
    same = message.provider_ref in {None, "", receipt.provider_ref} or message.provider != receipt.provider
    if message.channel is not Channel.SMS or same or attempts.has_ref(conn, message.id, receipt.provider_ref):
        return
    raise_to_staff(
        ctx,
        conn,
        clinic_id=message.clinic_id,
        kind=EscalationKind.DRIFT,
        subject=message.id,
        summary="the provider has a text under two names: it may have come twice",
        patient_id=message.patient_id or None,
    )


def _apply(ctx: Context, conn: Connection, message: Message, *, receipt: Receipt, entry: CodeEntry | None) -> None:
    detail = {"status": receipt.provider_status} | ({"code": receipt.error_code} if receipt.error_code else {})
    detail |= _contradiction(message, receipt.status)
    values = _changes(ctx, message, receipt)
    if _of_another(message, receipt):
        return
    reason = Reason.REJECTED.value if receipt.status is ReceiptStatus.UNDELIVERED else None
    moved = messages.apply(
        conn,
        [message.id],
        _SIGNALS[receipt.status],
        ctx.clock.now(),
        detail=detail,
        values=values,
        reason=reason if message.state not in _UNMOVED else None,
    )
    if not moved:
        return
    if MESSAGE[message.state, _SIGNALS[receipt.status]] is not message.state:
        tell_states(ctx, conn, moved)
    no_more_doubt(ctx, conn, message)
    found = entry or _entry_of(ctx, message, receipt)
    if found.kind is CodeClass.WARNING:
        aftermath.act(ctx, conn, Refusal(message, _passage(conn, message), found, late=True))
    if receipt.status is ReceiptStatus.DELIVERED:
        halting.prove(ctx, conn, halts.tried_by(conn, message.id), Proof.DELIVERED)
        _cancel_heirs(ctx, conn, message)
    elif receipt.status is ReceiptStatus.UNDELIVERED and message.state not in _UNMOVED:
        _did_not_arrive(ctx, conn, message, entry=found)


def _of_another(message: Message, receipt: Receipt) -> bool:
    """True if a text was handed over anew since: only an arrival still counts, whichever try it was of."""
    elsewhere = message.provider not in {None, receipt.provider}
    earlier = message.attempt_no > 1 and message.provider_ref not in {None, receipt.provider_ref}
    return message.channel is Channel.SMS and (elsewhere or earlier) and receipt.status is not ReceiptStatus.DELIVERED


def _entry_of(ctx: Context, message: Message, receipt: Receipt) -> CodeEntry:
    if not receipt.error_code:
        return CodeEntry("", CodeClass.UNKNOWN, "no reason was given")
    provider = named(ctx, message.channel or Channel.SMS, receipt.provider) or ctx.providers[Channel.SMS]
    return provider.classify(receipt.error_code or "")


def _changes(ctx: Context, message: Message, receipt: Receipt) -> dict[str, Any]:
    """Other columns that a receipt sets: whose message it is, and when to ask about it if no more is told."""
    values: dict[str, Any] = {}
    if not message.provider_ref:
        values |= {"provider_ref": receipt.provider_ref, "provider": receipt.provider}
    if receipt.status is ReceiptStatus.ACCEPTED and message.state is not MessageState.SENT:
        values["not_before"] = first_question(ctx, message.channel or Channel.SMS, receipt.provider)
    if receipt.status is ReceiptStatus.DELIVERED and message.reason in _NOT_ARRIVED:
        values["reason"] = None
    return values


def _contradiction(message: Message, status: ReceiptStatus) -> dict[str, str]:
    """What history says of two final words that do not agree: the better one stays."""
    if (message.state, status) == (MessageState.DELIVERED, ReceiptStatus.UNDELIVERED):
        return {"text": "contradicts an earlier receipt: not applied"}
    if (message.state, status) == (MessageState.UNDELIVERED, ReceiptStatus.DELIVERED):
        return {"text": "contradicts an earlier receipt: it arrived after all"}
    return {}


#: Reasons that an arrival proves wrong.
_NOT_ARRIVED = frozenset({Reason.UNCONFIRMED, Reason.REJECTED, Reason.ABANDONED})
#: An `undelivered` changes nothing here: the message was delivered, or its end is known already.
_UNMOVED = frozenset(
    {
        MessageState.DELIVERED,
        MessageState.UNDELIVERED,
        MessageState.FAILED,
        MessageState.SKIPPED,
        MessageState.CANCELLED,
    }
)


def _cancel_heirs(ctx: Context, conn: Connection, message: Message) -> None:
    line = [message.id]
    for one in line:
        line += [heir.id for heir in messages.heirs(conn, one)]
    if len(line) == 1:
        return
    messages.apply(
        conn,
        [m.id for m in messages.get_many(conn, line[1:]) if m.state in OPEN],
        Signal.CANCELLED,
        ctx.clock.now(),
        reason=Reason.DUPLICATE.value,
        detail={"text": "the first one arrived after all"},
    )


def _did_not_arrive(ctx: Context, conn: Connection, message: Message, *, entry: CodeEntry) -> None:
    refusal = Refusal(message, _passage(conn, message), entry, late=True)
    aftermath.act(ctx, conn, refusal)
    told_once = entry.kind is CodeClass.CONFIG or (entry.kind is CodeClass.UNKNOWN and bool(entry.code))
    if _carry_on(ctx, conn, refusal) or told_once:
        return  # staff were told once for the code
    if message.campaign_id is not None:  # its results tell of each, its brake of many
        return
    raise_to_staff(
        ctx,
        conn,
        clinic_id=message.clinic_id,
        kind=EscalationKind.FAILED,
        subject=message.id,
        summary=f"a message did not arrive: {entry.detail}",
        patient_id=message.patient_id or None,
    )


def _passage(conn: Connection, message: Message) -> Passage:
    last = attempts.latest(conn, [message.id]).get(message.id, {})
    return Passage(
        message_id=message.id,
        provider=str(last.get("provider") or message.provider or ""),
        channel=message.channel or Channel.SMS,
        sender=str(last.get("sender") or ""),
        address=str(last.get("address") or ""),
        text=f"{message.template_ref}@{message.template_version}",
    )


def _carry_on(ctx: Context, conn: Connection, refusal: Refusal) -> bool:
    """Another try after the code's delay, else the next channel; False if neither is left."""
    message, entry, channel = refusal.message, refusal.entry, refusal.passage.channel
    tries = chain_length(conn, message)
    if refusal.waits:  # its successor meets the halt at the gate, or a provider that is free
        return tries < _MOST_SUCCESSORS and _succeed(ctx, conn, refusal, timedelta(0))
    again = entry.kind in {CodeClass.LATER, CodeClass.RETRY} and tries < len(entry.delays)
    fit = not entry.needed_only or message.message_class in _NEEDED
    if again and fit and _succeed(ctx, conn, refusal, entry.delays[tries]):
        return True
    if entry.kind in {CodeClass.CONTENT, CodeClass.CONFIG} or not _has_other_way(conn, message, channel):
        return False
    return succeed(ctx, conn, message, now_over=channel) is not None


def _has_other_way(conn: Connection, message: Message, channel: Channel) -> bool:
    """True if the person has an address for a channel behind this one; else its successor would blame them for it."""
    person = patients.get(conn, message.clinic_id, message.patient_id) if message.patient_id else None
    behind = (
        message.channels[message.channels.index(channel) + 1 :] if channel in message.channels else message.channels
    )
    return person is not None and any(point.valid and point.channel in behind for point in person.contact_points)


def _succeed(ctx: Context, conn: Connection, refusal: Refusal, after: timedelta) -> bool:
    return succeed(ctx, conn, refusal.message, now_over=refusal.passage.channel, after=after) is not None


def chain_length(conn: Connection, message: Message) -> int:
    """How many messages over the same channel this one follows."""
    count, current = 0, message
    while current.follows is not None and count < _MOST_SUCCESSORS:
        before = messages.get(conn, message.clinic_id, current.follows)
        if before is None or before.channel is not message.channel:
            break
        count, current = count + 1, before
    return count
