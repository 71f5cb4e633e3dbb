"""Later words: receipts as they come, and the look-up of what is unconfirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, assert_never

from sqlalchemy.engine import Connection

from followup.domain.consent import SuppressionReason
from followup.domain.errors import Forbidden, InvalidInput
from followup.domain.escalation import EscalationKind
from followup.domain.ids import MessageId
from followup.domain.lifecycle import OPEN, Signal
from followup.domain.message import Channel, Message, MessageClass, MessageState, Reason, Receipt, ReceiptStatus
from followup.domain.outcome import CodeClass, CodeEntry
from followup.ports import Absent, HookRequest, Look, Seen, Sighting, Undecidable
from followup.services import permit
from followup.services.context import Context
from followup.services.escalate import raise_to_staff
from followup.services.finish import succeed
from followup.storage import addresses, attempts, claims, messages, receipts

_SIGNALS = {
    ReceiptStatus.ACCEPTED: Signal.ACCEPTED,
    ReceiptStatus.DELIVERED: Signal.DELIVERED,
    ReceiptStatus.UNDELIVERED: Signal.UNDELIVERED,
}
#: An e-mail in doubt of these classes goes again, once, under the same Message-ID.
_WORTH_REPEATING = frozenset({MessageClass.CARE, MessageClass.TRANSACTIONAL, MessageClass.CHECKIN})
_DAY = timedelta(days=1)


def take_receipt(ctx: Context, request: HookRequest, message_id: MessageId) -> bool:
    """Store a provider's receipt and act on it in one transaction; False if it is for no message of ours.

    Raises Forbidden for a bad signature and InvalidInput for a call-back that is no receipt; nothing changes then.
    """
    provider = ctx.providers[Channel.SMS]
    if not provider.verify(request):
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
    message = messages.get(conn, None, receipt.message_id)
    fresh = receipts.add(conn, receipt, ctx.clock.now(), known=message is not None)
    if message is not None and fresh:
        _apply(ctx, conn, message, receipt=receipt, entry=entry)
    return message is not None


def _apply(ctx: Context, conn: Connection, message: Message, *, receipt: Receipt, entry: CodeEntry | None) -> None:
    detail = {"status": receipt.provider_status} | ({"code": receipt.error_code} if receipt.error_code else {})
    values: dict[str, Any] = (
        {} if message.provider_ref else {"provider_ref": receipt.provider_ref, "provider": receipt.provider}
    )
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
    if receipt.status is ReceiptStatus.DELIVERED:
        _cancel_heirs(ctx, conn, message)
    elif receipt.status is ReceiptStatus.UNDELIVERED and message.state not in _UNMOVED:
        channel = message.channel or Channel.SMS
        _did_not_arrive(ctx, conn, message, entry=entry or ctx.providers[channel].classify(receipt.error_code or ""))


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
    waiting = [h.id for h in messages.heirs(conn, message.id) if h.state in OPEN]
    messages.apply(
        conn,
        waiting,
        Signal.CANCELLED,
        ctx.clock.now(),
        reason=Reason.DUPLICATE.value,
        detail={"text": "the first one arrived after all"},
    )


def _did_not_arrive(ctx: Context, conn: Connection, message: Message, *, entry: CodeEntry) -> None:
    channel = message.channel or Channel.SMS
    last = attempts.latest(conn, [message.id]).get(message.id)
    address = str(last["address"]) if last else ""
    match entry.kind:
        case CodeClass.SUPPRESS if address:
            permit.suppress(
                ctx,
                conn,
                clinic_id=message.clinic_id,
                channel=channel,
                address=address,
                reason=SuppressionReason.CARRIER_BLOCK,
                source=f"code {entry.code}",
            )
        case CodeClass.BAD_NUMBER if address:
            addresses.flag(
                conn,
                clinic_id=message.clinic_id,
                channel=channel,
                address=address,
                what="bad_number",
                note=entry.detail,
                now=ctx.clock.now(),
            )
        case _:
            pass
    if not _carry_on(ctx, conn, message, entry=entry):
        told_once = entry.kind in {CodeClass.UNKNOWN, CodeClass.CONFIG}
        raise_to_staff(
            ctx,
            conn,
            clinic_id=message.clinic_id,
            kind=EscalationKind.FAILED,
            subject=f"code {entry.code}" if told_once else message.id,
            summary=f"a message did not arrive: {entry.detail}",
            patient_id=message.patient_id or None,
        )


def _carry_on(ctx: Context, conn: Connection, message: Message, *, entry: CodeEntry) -> bool:
    """Another try after the code's delay, else the next channel; False if neither is left."""
    channel = message.channel or Channel.SMS
    tries = chain_length(conn, message)
    if entry.kind in {CodeClass.LATER, CodeClass.RETRY} and tries < len(entry.delays):
        return succeed(ctx, conn, message, now_over=channel, after=entry.delays[tries]) is not None
    if entry.kind in {CodeClass.CONTENT, CodeClass.CONFIG}:
        return False
    return succeed(ctx, conn, message, now_over=channel) is not None


def chain_length(conn: Connection, message: Message) -> int:
    """How many messages this one follows, on the same channel chain."""
    count, current = 0, message
    while current.follows is not None and count < 10:
        before = messages.get(conn, message.clinic_id, current.follows)
        if before is None:
            break
        count, current = count + 1, before
    return count


@dataclass(frozen=True, slots=True)
class _Case:
    """An unconfirmed message, its last attempt and what the provider said about it."""

    message: Message
    attempt: dict[str, Any]
    look: Look


def resolve(ctx: Context, ids: Sequence[str]) -> None:
    """Ask the providers about these unconfirmed messages, with no transaction open, and act on the answers."""
    with ctx.db.reading() as conn:
        batch = messages.get_many(conn, [MessageId(i) for i in ids], state=MessageState.UNCONFIRMED)
        last = attempts.latest(conn, [m.id for m in batch])
    asked = [
        (
            m,
            last[m.id],
            ctx.network.submit(ctx.providers[m.channel or Channel.SMS].look_up(_sighting(ctx, m, last[m.id]))),
        )
        for m in batch
        if m.id in last
    ]
    for message, attempt, answer in asked:
        case = _Case(message, attempt, answer.result())
        with ctx.db.transaction() as conn:
            _conclude(ctx, conn, case)


def _sighting(ctx: Context, message: Message, attempt: dict[str, Any]) -> Sighting:
    begun: datetime = attempt["started_ops"]
    return Sighting(
        message_id=message.id,
        to=attempt["address"],
        sender=attempt["sender"],
        text=attempt["text"],
        since=begun - timedelta(minutes=2),
        until=begun + ctx.settings.lease + timedelta(minutes=2),
    )


def _conclude(ctx: Context, conn: Connection, case: _Case) -> None:
    match case.look:
        case Seen(ref=ref):
            _seen(ctx, conn, case, ref=ref)
        case Absent():
            _absent(ctx, conn, case)
        case Undecidable(again=again):
            _undecidable(ctx, conn, case, again=again)
        case _:
            assert_never(case.look)


def _move(
    ctx: Context,
    conn: Connection,
    case: _Case,
    *,
    signal: Signal,
    text: str,
    values: dict[str, Any] | None = None,
    reason: str | None = None,
) -> None:
    messages.apply(
        conn,
        [case.message.id],
        signal,
        ctx.clock.now(),
        detail={"text": text},
        values=values,
        reason=reason,
        attempt_no=case.message.attempt_no,
    )


def _seen(ctx: Context, conn: Connection, case: _Case, *, ref: str) -> None:
    if attempts.ref_of_another(conn, ref, but=case.message.id) or _has_twin(conn, case):
        _undecidable(ctx, conn, case, again=False)
        return
    _move(ctx, conn, case, signal=Signal.ACCEPTED, text="found at the provider", values={"provider_ref": ref})


def _has_twin(conn: Connection, case: _Case) -> bool:
    """True if an equal text went to the same address about then and its outcome is not known either."""
    a = case.attempt
    return (
        attempts.equal_bodies(
            conn,
            channel=a["channel"],
            address=a["address"],
            text=a["text"],
            since=a["started_ops"] - _DAY,
            but=case.message.id,
        )
        > 0
    )


def _absent(ctx: Context, conn: Connection, case: _Case) -> None:
    settled = case.attempt["started_ops"] + ctx.settings.settle
    if ctx.ops.now() < settled:
        claims.look_again_at(conn, case.message.id, settled)
    elif messages.count_signals(conn, case.message.id, Signal.ABSENT) == 0:
        _move(
            ctx,
            conn,
            case,
            signal=Signal.ABSENT,
            text="the provider does not have it: once more",
            values={"not_before": None},
        )
    else:
        _move(
            ctx,
            conn,
            case,
            signal=Signal.ABANDONED,
            text="the provider does not have it for the second time",
            reason=Reason.ABANDONED.value,
        )
        _tell(ctx, conn, case, "a message could not be handed over twice; nobody else will try")


def _undecidable(ctx: Context, conn: Connection, case: _Case, *, again: bool) -> None:
    message = case.message
    if again:
        claims.look_again_at(conn, message.id, ctx.ops.now() + max(ctx.settings.settle / 10, timedelta(seconds=1)))
    elif (
        message.channel is Channel.EMAIL
        and message.message_class in _WORTH_REPEATING
        and messages.count_signals(conn, message.id, Signal.ABSENT) == 0
    ):
        _move(
            ctx,
            conn,
            case,
            signal=Signal.ABSENT,
            text="in doubt: once more under the same Message-ID",
            values={"not_before": None},
        )
    else:
        claims.look_again_at(conn, message.id, ctx.ops.now() + _DAY)
        _tell(ctx, conn, case, "nobody can tell whether a message went out; a person must decide")


def _tell(ctx: Context, conn: Connection, case: _Case, summary: str) -> None:
    raise_to_staff(
        ctx,
        conn,
        clinic_id=case.message.clinic_id,
        kind=EscalationKind.UNCONFIRMED,
        subject=case.message.id,
        summary=summary,
        patient_id=case.message.patient_id or None,
    )
