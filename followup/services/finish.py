"""The last of an attempt's three steps: what the provider said becomes rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, assert_never

from sqlalchemy.engine import Connection

from followup.domain.consent import SuppressionReason
from followup.domain.escalation import EscalationKind
from followup.domain.ids import MessageId
from followup.domain.lifecycle import Signal
from followup.domain.message import Channel, Hold, Message, MessageState, Reason
from followup.domain.outcome import Accepted, CodeClass, Outcome, Rejected, Transient, Unknown, retry_after
from followup.services import permit
from followup.services.begin import Started
from followup.services.context import Context
from followup.services.escalate import raise_to_staff
from followup.storage import addresses, attempts, holds, messages

Landed = tuple[Started, Outcome]


def finish(ctx: Context, landed: Sequence[Landed]) -> None:
    """Store the outcomes of attempts in one transaction, also of an attempt whose message moved on meanwhile."""
    if not landed:
        return
    with ctx.db.transaction() as conn:
        attempts.finish(conn, [_row(ctx, started, outcome) for started, outcome in landed])
        _accepted(ctx, conn, [(s, o) for s, o in landed if isinstance(o, Accepted)])
        for started, outcome in landed:
            _other(ctx, conn, started, outcome=outcome)


def _row(ctx: Context, started: Started, outcome: Outcome) -> Mapping[str, Any]:
    accepted = isinstance(outcome, Accepted)
    return {
        "b_id": started.attempt_id,
        "outcome": type(outcome).__name__.lower(),
        "finished_at": ctx.ops.now(),
        "code": None if isinstance(outcome, Accepted) else outcome.code,
        "detail": None if isinstance(outcome, Accepted) else outcome.detail,
        "provider_ref": outcome.ref if accepted and isinstance(outcome, Accepted) else None,
    }


def _accepted(ctx: Context, conn: Connection, taken: Sequence[tuple[Started, Accepted]]) -> None:
    by_number: dict[int, list[tuple[Started, Accepted]]] = {}
    for started, outcome in taken:
        by_number.setdefault(started.message.attempt_no, []).append((started, outcome))
    for number, group in by_number.items():
        messages.apply(
            conn,
            [s.message.id for s, _ in group],
            Signal.ACCEPTED,
            ctx.clock.now(),
            detail={"attempt": number},
            attempt_no=number,
        )
    messages.set_refs(conn, [(s.message.id, o.ref) for s, o in taken])


def _other(ctx: Context, conn: Connection, started: Started, *, outcome: Outcome) -> None:
    match outcome:
        case Accepted():
            return
        case Transient():
            _again(ctx, conn, started, outcome=outcome)
        case Unknown():
            _lost(ctx, conn, started, outcome=outcome)
        case Rejected():
            _refused(ctx, conn, started, outcome=outcome)
        case _:
            assert_never(outcome)


def _move(
    ctx: Context,
    conn: Connection,
    started: Started,
    *,
    signal: Signal,
    outcome: Transient | Unknown | Rejected,
    reason: str | None = None,
    values: Mapping[str, Any] | None = None,
) -> bool:
    """True if the message was still at this attempt and moved."""
    number = started.message.attempt_no
    detail = {"attempt": number, "code": outcome.code, "text": outcome.detail}
    return bool(
        messages.apply(
            conn,
            [started.message.id],
            signal,
            ctx.clock.now(),
            reason=reason,
            detail=detail,
            values=values,
            attempt_no=number,
        )
    )


def _again(
    ctx: Context, conn: Connection, started: Started, *, outcome: Transient | Rejected, pause: timedelta | None = None
) -> None:
    """Proven not accepted: scheduled again after a pause; the gate keeps it inside its window and deadline."""
    if pause is not None:  # a stated delay is patients' time
        _move(ctx, conn, started, signal=Signal.RETRIED, outcome=outcome, values={"due_at": ctx.clock.now() + pause})
        return
    tries = attempts.counts(conn, [started.message.id], outcome="transient").get(started.message.id, 0)
    wait = retry_after(tries, ctx.rng.random())
    if isinstance(outcome, Transient) and outcome.retry_after is not None:
        wait = max(wait, outcome.retry_after)
    _move(ctx, conn, started, signal=Signal.RETRIED, outcome=outcome, values={"not_before": ctx.ops.now() + wait})


def _lost(ctx: Context, conn: Connection, started: Started, *, outcome: Unknown) -> None:
    """Nobody knows: look it up soon, believe in absence only after the settle time."""
    _move(
        ctx,
        conn,
        started,
        signal=Signal.LOST,
        outcome=outcome,
        values={"not_before": ctx.ops.now() + ctx.settings.settle / 10},
    )


def _refused(ctx: Context, conn: Connection, started: Started, *, outcome: Rejected) -> None:
    message, address = started.message, started.outbound.to
    entry = ctx.providers[started.outbound.channel].classify(outcome.code)
    match outcome.kind:
        case CodeClass.RETRY | CodeClass.LATER:  # refused this time, and certainly not accepted
            _again(ctx, conn, started, outcome=outcome, pause=entry.delays[0] if entry.delays else None)
            return
        case CodeClass.CONFIG:
            _halt(ctx, conn, started, outcome=outcome)
            return
        case CodeClass.SUPPRESS:
            permit.suppress(
                ctx,
                conn,
                clinic_id=message.clinic_id,
                channel=started.outbound.channel,
                address=address,
                reason=SuppressionReason.CARRIER_BLOCK,
                source=f"code {outcome.code}",
            )
        case CodeClass.BAD_NUMBER:
            addresses.flag(
                conn,
                clinic_id=message.clinic_id,
                channel=started.outbound.channel,
                address=address,
                what="bad_number",
                note=outcome.detail,
                now=ctx.clock.now(),
            )
        case CodeClass.CONTENT | CodeClass.DOUBT | CodeClass.UNKNOWN:
            pass
    if _move(ctx, conn, started, signal=Signal.REJECTED, outcome=outcome, reason=Reason.REJECTED.value):
        _after_refusal(ctx, conn, started, outcome=outcome)


def _after_refusal(ctx: Context, conn: Connection, started: Started, *, outcome: Rejected) -> None:
    """Another channel takes over where the step has one; else a person is told."""
    if outcome.kind in {CodeClass.SUPPRESS, CodeClass.BAD_NUMBER} and succeed(
        ctx, conn, started.message, now_over=started.outbound.channel
    ):
        return
    if outcome.kind is CodeClass.SUPPRESS:
        return
    subject = f"code {outcome.code}" if outcome.kind is CodeClass.UNKNOWN else started.message.id
    raise_to_staff(
        ctx,
        conn,
        clinic_id=started.message.clinic_id,
        kind=EscalationKind.FAILED,
        subject=subject,
        summary=f"a message was refused: {outcome.detail}",
        patient_id=started.message.patient_id or None,
    )


def succeed(
    ctx: Context, conn: Connection, message: Message, *, now_over: Channel, after: timedelta | None = None
) -> Message | None:
    """Make the successor of a message that ended on a channel: same step, own gate, the channels behind it.

    With `after` it is another try over the same channels, that much later (patients' time). None if there is no channel
    left, the message answers a keyword, or another try would come after its deadline.
    """
    place = message.channels.index(now_over) if now_over in message.channels else len(message.channels)
    rest = message.channels[place + (1 if after is None else 0) :]
    now = ctx.clock.now() + (after or timedelta(0))
    if not rest or not message.patient_id or (message.expires_at is not None and now >= message.expires_at):
        return None
    taken = messages.last_occurrence(conn, message) if message.enrollment_id else message.occurrence
    heir = replace(
        message,
        id=MessageId(ctx.ids.new("msg")),
        occurrence=taken + 1,
        channels=rest,
        follows=message.id,
        state=MessageState.SCHEDULED,
        due_at=now,
        reason=None,
        channel=None,
        attempt_no=0,
        provider=None,
        provider_ref=None,
        not_before=None,
        lease_until=None,
        hold=None,
    )
    messages.add(conn, [heir], ctx.clock.now(), detail={"follows": message.id, "was": now_over.value})
    return heir


def _halt(ctx: Context, conn: Connection, started: Started, *, outcome: Rejected) -> None:
    """Account or sender is at fault, not the patient: keep the message, hold the clinic's others, tell staff once."""
    clinic_id, provider = started.message.clinic_id, started.provider
    _move(ctx, conn, started, signal=Signal.RETRIED, outcome=outcome, values={"hold": Hold.ACCOUNT_HALTED.value})
    holds.put(
        conn,
        clinic_id=clinic_id,
        scope="account",
        key=provider,
        cause=Hold.ACCOUNT_HALTED.value,
        now=ctx.clock.now(),
        by="system",
    )
    raise_to_staff(
        ctx,
        conn,
        clinic_id=clinic_id,
        kind=EscalationKind.PROVIDER,
        subject=f"{provider} {outcome.code}",
        summary=f"sending is halted: {outcome.detail}",
    )


def note_lapsed(ctx: Context, conn: Connection, ids: Sequence[MessageId]) -> None:
    """The process died between start and outcome: what it was sending is unconfirmed, to be looked up."""
    messages.apply(
        conn,
        ids,
        Signal.LAPSED,
        ctx.clock.now(),
        detail={"text": "the process died while sending"},
        values={"not_before": ctx.ops.now()},
    )
