"""Resolves what is unconfirmed: asks the provider that took the attempt, and tells a person where nobody can know."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, assert_never

from sqlalchemy.engine import Connection

from followup.domain.breaker import CircuitState, may_probe
from followup.domain.escalation import EscalationKind
from followup.domain.ids import MessageId
from followup.domain.lifecycle import Signal
from followup.domain.message import Channel, Message, MessageClass, MessageState, Reason
from followup.ports import Absent, Look, Seen, Sighting, Undecidable
from followup.services import enroll
from followup.services.context import Context
from followup.services.escalate import raise_to_staff
from followup.services.routing import circuits
from followup.services.routing.doubt import no_more_doubt
from followup.services.routing.late import first_question
from followup.services.routing.lineup import named
from followup.storage import attempts, claims, messages
from followup.storage.proof import twins
from followup.storage.routing import circuits as rows

#: An e-mail in doubt of these classes goes again, once, under the same Message-ID.
_WORTH_REPEATING = frozenset({MessageClass.CARE, MessageClass.TRANSACTIONAL})
_DAY = timedelta(days=1)
#: A provider that cannot be asked for this long is a matter for a person; it is asked on all the same.
_LONG = timedelta(hours=2)
#: Where no new message tried a failing provider for so long after it could have, one in doubt does.
_NOBODY_ELSE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class _Case:
    """An unconfirmed message, its last attempt and what the provider said about it."""

    message: Message
    attempt: dict[str, Any]
    look: Look
    asked: datetime  # real time


def resolve(ctx: Context, ids: Sequence[str]) -> None:
    """Ask the providers about these unconfirmed messages, with no transaction open, and act on the answers."""
    with ctx.db.reading() as conn:
        batch = messages.get_many(conn, [MessageId(i) for i in ids], state=MessageState.UNCONFIRMED)
        last = attempts.latest(conn, [m.id for m in batch])
        others = {name: twins.known_refs(conn, attempt) for name, attempt in last.items()}
    now = ctx.ops.now()
    asked = [(m, ctx.network.submit(_look_up(ctx, last[m.id], others=others[m.id]))) for m in batch if m.id in last]
    for message, answer in asked:
        case = _Case(message, last[message.id], answer.result(), now)
        with ctx.db.transaction() as conn:
            _conclude(ctx, conn, case)
    _plan_anew(ctx, [m.id for m in batch if m.enrollment_id])


def _plan_anew(ctx: Context, ids: Sequence[MessageId]) -> None:
    """What was told while an outcome was unknown was planned as if the text had gone: planned again if it has not.

    Transactions of their own: planning locks a person before their messages.
    """
    with ctx.db.reading() as conn:
        back = messages.get_many(conn, ids, state=MessageState.SCHEDULED)
    for clinic_id, patient_id in sorted({(m.clinic_id, m.patient_id) for m in back}):
        with ctx.db.transaction() as conn:
            enroll.replan(ctx, conn, clinic_id, patient_id)


async def _look_up(ctx: Context, attempt: dict[str, Any], *, others: frozenset[str]) -> Look:
    """Ask the provider that took the attempt, and no other; one that fails in its own code is asked again."""
    provider = named(ctx, Channel(attempt["channel"]), attempt["provider"])
    if provider is None:
        return Undecidable(f"The account at {attempt['provider']} is no longer set up.")
    try:
        return await provider.look_up(_sighting(ctx, attempt, others=others))
    except Exception as error:  # noqa: BLE001 -- whatever it was, it proves nothing, and the others go on
        return Undecidable(f"the provider's code failed: {type(error).__name__}", again=True)


def _sighting(ctx: Context, attempt: dict[str, Any], *, others: frozenset[str]) -> Sighting:
    begun: datetime = attempt["started_ops"]
    return Sighting(
        message_id=MessageId(attempt["message_id"]),
        to=attempt["address"],
        sender=attempt["sender"],
        text=attempt["text"],
        since=begun - timedelta(minutes=2),
        until=begun + ctx.settings.lease + timedelta(minutes=2),
        others=others,
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
    moved = messages.apply(
        conn,
        [case.message.id],
        signal,
        ctx.clock.now(),
        detail={"text": text},
        values=values,
        reason=reason,
        attempt_no=case.message.attempt_no,
    )
    if moved:
        no_more_doubt(ctx, conn, case.message)


def _seen(ctx: Context, conn: Connection, case: _Case, *, ref: str) -> None:
    """It went out, unless what was seen is, or may be, another message of ours with the same words."""
    if attempts.ref_of_another(conn, ref, but=case.message.id) or twins.is_doubtful(conn, case.attempt):
        _undecidable(ctx, conn, case, again=False)
        return
    asked_next = first_question(ctx, case.message.channel or Channel.SMS, case.message.provider)
    values = {"provider_ref": ref, "not_before": asked_next}
    _move(ctx, conn, case, signal=Signal.ACCEPTED, text="found at the provider", values=values)


def _settled(ctx: Context, attempt: dict[str, Any]) -> datetime:
    """From when on absence proves something (real time): counted from the last moment when a call was on the wire.

    A worker that stands still may make its call as late as its lease ends.
    """
    last: datetime = attempt["finished_at"] or attempt["lease_until"] + ctx.settings.call_limit
    return last + ctx.settings.settle


def _absent(ctx: Context, conn: Connection, case: _Case) -> None:
    settled = _settled(ctx, case.attempt)
    if case.asked < settled:
        claims.look_again_at(conn, case.message.id, settled)
    elif _must_wait(ctx, conn, case):
        _look_again_soon(ctx, conn, case)
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


def _must_wait(ctx: Context, conn: Connection, case: _Case) -> bool:
    """True while its provider fails: the one further try would be spent for nothing. Not beyond the message's time."""
    key = (case.attempt["provider"], case.attempt["sender"])
    circuit = circuits.of(rows.standing(conn), key, ctx)
    if circuit.state is CircuitState.CLOSED or _is_late(ctx, case.message):
        return False
    long_ago = case.asked - min(_NOBODY_ELSE, ctx.settings.settle)
    # One alone: the time from which the next may go is counted anew.
    alone = may_probe(circuit, long_ago) and rows.change(
        conn, key, before=circuit, after=replace(circuit, until=case.asked)
    )
    return not alone


def _is_late(ctx: Context, message: Message) -> bool:
    return message.expires_at is not None and message.expires_at <= ctx.clock.now()


def _look_again_soon(ctx: Context, conn: Connection, case: _Case) -> None:
    pause = max(ctx.settings.settle / 10, timedelta(seconds=1))
    claims.look_again_at(conn, case.message.id, ctx.ops.now() + pause)


def _undecidable(ctx: Context, conn: Connection, case: _Case, *, again: bool) -> None:
    message = case.message
    if again:
        _look_again_soon(ctx, conn, case)
        if _is_late(ctx, message) or case.asked >= _settled(ctx, case.attempt) + _LONG:
            _tell(ctx, conn, case, "a message is in doubt and its provider cannot be asked; check the account")
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
