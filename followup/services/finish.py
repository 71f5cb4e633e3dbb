"""The last of an attempt's three steps: what the provider said becomes rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, assert_never

from sqlalchemy.engine import Connection

from followup.domain.breaker import Mark, mark_of
from followup.domain.escalation import EscalationKind
from followup.domain.halt import Passage, Proof
from followup.domain.ids import ClinicId, MessageId
from followup.domain.lifecycle import Signal
from followup.domain.message import Channel, Message, MessageState, Reason
from followup.domain.outcome import (
    Accepted,
    CodeClass,
    CodeEntry,
    Outcome,
    Rejected,
    Scope,
    Transient,
    Unknown,
    retry_after,
)
from followup.services.begin import Started
from followup.services.context import Context
from followup.services.escalate import raise_to_staff, settle_about
from followup.services.outbox.states import tell_states
from followup.services.routing import aftermath, circuits, halting
from followup.services.routing.aftermath import Refusal
from followup.services.routing.late import first_question
from followup.services.routing.lineup import named
from followup.storage import attempts, messages
from followup.storage.campaigns import recipients

Landed = tuple[Started, Outcome]
#: The address is at fault, or was tried often enough: the next channel of the step takes over.
_OTHER_CHANNEL = frozenset({CodeClass.SUPPRESS, CodeClass.BAD_NUMBER, CodeClass.LATER, CodeClass.WARNING})


def finish(ctx: Context, landed: Sequence[Landed]) -> None:
    """Store the outcomes of attempts in one transaction, also of an attempt whose message moved on meanwhile."""
    if not landed:
        return
    with ctx.db.transaction() as conn:
        attempts.finish(conn, [_row(ctx, started, outcome) for started, outcome in landed])
        _accepted(ctx, conn, [(s, o) for s, o in landed if isinstance(o, Accepted)])
        for started, outcome in landed:
            _other(ctx, conn, started, outcome=outcome)
        _look_at_circuits(ctx, conn, landed)
        tell_states(ctx, conn, [s.message.id for s, _ in landed])


def _row(ctx: Context, started: Started, outcome: Outcome) -> Mapping[str, Any]:
    accepted = isinstance(outcome, Accepted)
    return {
        "b_id": started.attempt_id,
        "outcome": _word(outcome),
        "finished_at": ctx.ops.now(),
        "code": None if isinstance(outcome, Accepted) else outcome.code,
        "detail": None if isinstance(outcome, Accepted) else outcome.detail,
        "provider_ref": outcome.ref if accepted and isinstance(outcome, Accepted) else None,
    }


def _accepted(ctx: Context, conn: Connection, taken: Sequence[tuple[Started, Accepted]]) -> None:
    """Whichever attempt it was: an acceptance is true of the message, and ends every further try."""
    groups: dict[tuple[int, Channel, str], list[Started]] = {}
    for started, _ in taken:
        groups.setdefault((started.message.attempt_no, started.outbound.channel, started.provider), []).append(started)
    for (number, channel, provider), group in groups.items():
        messages.apply(
            conn,
            [s.message.id for s in group],
            Signal.ACCEPTED,
            ctx.clock.now(),
            detail={"attempt": number},
            values={"not_before": first_question(ctx, channel, provider)},
        )
    messages.set_refs(conn, [(s.message.id, o.ref) for s, o in taken])
    for started, _ in taken:
        if started.tries:
            halting.prove(ctx, conn, started.tries, Proof.ACCEPTED)
    for clinic_id, late in _in_doubt_meanwhile(ctx, [s for s, _ in taken]).items():
        settle_about(ctx, conn, clinic_id=clinic_id, kind=EscalationKind.UNCONFIRMED, subjects=late)


def _in_doubt_meanwhile(ctx: Context, taken: Sequence[Started]) -> dict[ClinicId, list[str]]:
    """The messages whose lease ran out before their outcome came: staff may have been asked about them."""
    late: dict[ClinicId, list[str]] = {}
    for started in taken:
        if started.lease_until <= ctx.ops.now():
            late.setdefault(started.message.clinic_id, []).append(started.message.id)
    return late


def _look_at_circuits(ctx: Context, conn: Connection, landed: Sequence[Landed]) -> None:
    """Probes close or reopen their circuit, failures may open one; what went well costs nothing."""
    failed: dict[tuple[str, str], Started] = {}
    for started, outcome in landed:
        mark = mark_of(_word(outcome), None if isinstance(outcome, Accepted) else outcome.code)
        key = (started.provider, started.outbound.sender)
        if started.probe:
            circuits.note(ctx, conn, key, attempt=started.attempt_id, mark=mark, probe=True)
        elif mark is Mark.FAILED:
            failed[key] = started
    for key, started in failed.items():
        circuits.note(ctx, conn, key, attempt=started.attempt_id, mark=Mark.FAILED, probe=False)


def _word(outcome: Outcome) -> str:
    return type(outcome).__name__.lower()


def _other(ctx: Context, conn: Connection, started: Started, *, outcome: Outcome) -> None:
    match outcome:
        case Accepted():
            return
        case Transient():
            if outcome.unlisted:
                aftermath.tell_unlisted(ctx, conn, started.message, provider=started.provider, code=outcome.code)
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


def _again(ctx: Context, conn: Connection, started: Started, *, outcome: Transient | Rejected) -> None:
    """Proven not accepted: scheduled again after a pause; the gate keeps it inside its window and deadline."""
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
    """What the code means for others is written first; then the message waits, is tried again, goes on, or ends."""
    refusal = Refusal(started.message, _passage(started), _entry_of(ctx, started, outcome))
    aftermath.act(ctx, conn, refusal)
    pause = _pause(ctx, conn, started, refusal.entry)
    if refusal.waits:  # the gate knows what it waits for, or who else can take it
        _move(ctx, conn, started, signal=Signal.RETRIED, outcome=outcome)
    elif outcome.kind is CodeClass.RETRY:
        _again(ctx, conn, started, outcome=outcome)
    elif pause is not None:  # a stated delay is patients' time
        due = {"due_at": ctx.clock.now() + pause}
        _move(ctx, conn, started, signal=Signal.RETRIED, outcome=outcome, values=due)
    elif _move(ctx, conn, started, signal=Signal.REJECTED, outcome=outcome, reason=Reason.REJECTED.value):
        _after_refusal(ctx, conn, started, outcome=outcome)


def _entry_of(ctx: Context, started: Started, outcome: Rejected) -> CodeEntry:
    """The provider's table, unless the outcome knew better: one code may speak of us or of the recipient."""
    provider = named(ctx, started.outbound.channel, started.provider)
    entry = provider.classify(outcome.code) if provider is not None else None
    if entry is not None and entry.kind is outcome.kind:
        return replace(entry, detail=outcome.detail)
    ours = outcome.kind is CodeClass.CONFIG
    return CodeEntry(outcome.code, outcome.kind, outcome.detail, scope=Scope.ACCOUNT if ours else Scope.MESSAGE)


def _passage(started: Started) -> Passage:
    message, outbound = started.message, started.outbound
    text = f"{message.template_ref}@{message.template_version}"
    return Passage(message.id, started.provider, outbound.channel, outbound.sender, outbound.to, text)


def _pause(ctx: Context, conn: Connection, started: Started, entry: CodeEntry) -> timedelta | None:
    """How long a LATER code asks to wait this time; None if it was tried often enough or its time would be over."""
    message = started.message
    tries = attempts.counts(conn, [message.id], outcome="rejected").get(message.id, 1) - 1
    if entry.kind is not CodeClass.LATER or tries >= len(entry.delays):
        return None
    pause = entry.delays[tries]
    too_late = message.expires_at is not None and ctx.clock.now() + pause >= message.expires_at
    return None if too_late else pause


def _after_refusal(ctx: Context, conn: Connection, started: Started, *, outcome: Rejected) -> None:
    """Another channel takes over where the step has one; else a person is told."""
    kind = outcome.kind
    if kind in _OTHER_CHANNEL and succeed(ctx, conn, started.message, now_over=started.outbound.channel):
        return
    if kind in {CodeClass.SUPPRESS, CodeClass.UNKNOWN, CodeClass.CONFIG}:  # a wish, or told already
        return
    if started.message.campaign_id is not None:  # its results tell of each, its brake of many
        return
    raise_to_staff(
        ctx,
        conn,
        clinic_id=started.message.clinic_id,
        kind=EscalationKind.FAILED,
        subject=started.message.id,
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
    if message.campaign_id is not None:
        recipients.follow(conn, message.id, heir.id)
    return heir


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
