"""The first of an attempt's three steps: one transaction with the gate, the rendered text and the written start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, assert_never

from sqlalchemy.engine import Connection

from followup.content.merged import Block
from followup.domain.caps import RANK, Sent
from followup.domain.channels.sms import segments
from followup.domain.errors import NotFound, TemplateFault
from followup.domain.escalation import EscalationKind
from followup.domain.gate import Decision, Defer, GateFacts, Held, Send, Skip, closing, decide
from followup.domain.halt import Halt
from followup.domain.ids import AttemptId, ClinicId, MessageId, PatientId
from followup.domain.lifecycle import Signal
from followup.domain.message import Channel, Hold, Message, MessageClass, MessageState, Reason
from followup.domain.pace import rate_of
from followup.domain.window import to_local
from followup.ports import Outbound, Provider, Turn
from followup.services import compose
from followup.services.context import Context
from followup.services.escalate import raise_to_staff
from followup.services.merging import blocks
from followup.services.outbox.states import tell_states
from followup.services.routing.chooser import Chooser
from followup.services.weigh import Weighed, weigh
from followup.storage import attempts, audit, claims, messages

#: Twilio takes 1–36000 seconds (facts 3.3).
_LONGEST, _SHORTEST = timedelta(hours=10), timedelta(seconds=1)

#: Seconds that a start may wait for its turn; a person's answer and a safety text go before what is in line.
_PATIENCE, _ANSWER_PATIENCE = 1.0, 5.0
_ANSWERS = frozenset({MessageClass.REPLY, MessageClass.COMPLIANCE, MessageClass.TRANSACTIONAL})


@dataclass(frozen=True, slots=True)
class Started:
    """An attempt that was written as started and whose call may now be made, until `lease_until` (real time)."""

    message: Message
    attempt_id: AttemptId
    outbound: Outbound
    provider: str
    lease_until: datetime
    delay: float = 0.0  # seconds until its turn, at most one
    probe: bool = False  # it tries the provider's circuit
    tries: tuple[Halt, ...] = ()  # halts that it tries
    consent: int | None = None  # the ledger's row that allows it
    place: Mapping[str, Any] = field(default_factory=dict)  # the zone it was sent by, and how that was chosen


def begin(ctx: Context, ids: Sequence[MessageId]) -> list[Started]:
    """Run the gate on these queued messages and write the start of those that may go; the others get their verdict."""
    with ctx.db.transaction() as conn:
        batch = messages.get_many(conn, ids, state=MessageState.QUEUED)
        weighed = weigh(ctx, conn, batch, lock=True)
        mine = claims.lock_queued(conn, [m.id for m in batch])
        decided = _decide([m for m in batch if m.id in mine and m.id in weighed], weighed, ctx.clock.now())
        audit.append_many(conn, [_entry(ctx, m, d) for m, d in decided])
        choose = Chooser(ctx, conn, [m for m, _ in decided])
        carried = blocks.carried(conn, [m for m, d in decided if isinstance(d.verdict, Send)])
        started = []
        for message, decision in decided:
            known = replace(weighed[message.id], carries=tuple(carried.get(message.id, ())))
            ready = _settle_verdict(ctx, conn, message, decision=decision, weighed=known, choose=choose)
            if ready is not None:
                started.append(replace(ready, place={**ready.place, **_said(decision)}))
        return _write(ctx, conn, started)


def _decide(batch: Sequence[Message], weighed: Mapping[str, Weighed], now: datetime) -> list[tuple[Message, Decision]]:
    """Who ranks higher is looked at first, and what a patient gets from this batch counts for what comes after."""
    said: dict[MessageId, Decision] = {}
    gone: dict[tuple[ClinicId, PatientId], list[Sent]] = {}
    for message in sorted(batch, key=lambda m: RANK[m.message_class]):
        known, whom = weighed[message.id], (message.clinic_id, message.patient_id)
        left = tuple((kind, due) for i, kind, due in known.rivals if i not in said)
        facts = replace(known.facts, sent=(*known.facts.sent, *gone.get(whom, ())), rivals=left)
        said[message.id] = decide(facts, now)
        if isinstance(said[message.id].verdict, Send) and message.patient_id:
            gone.setdefault(whom, []).append((message.message_class, now))
    return [(message, said[message.id]) for message in batch]


def _entry(ctx: Context, message: Message, decision: Decision) -> dict[str, Any]:
    last = decision.checks[-1]
    verdict = type(decision.verdict).__name__.lower()
    return {
        "at": ctx.clock.now(),
        "clinic_id": message.clinic_id,
        "actor": "gate",
        "action": f"gate.{verdict}",
        "subject": message.id,
        "patient_id": message.patient_id or None,
        "detail": {"rule": last.rule},
    }


def _settle_verdict(
    ctx: Context, conn: Connection, message: Message, *, decision: Decision, weighed: Weighed, choose: Chooser
) -> Started | None:
    verdict, now = decision.verdict, ctx.clock.now()
    detail = {} if isinstance(verdict, Send) else _detail(weighed.facts, decision, now)
    match verdict:
        case Send():
            return _prepare(ctx, conn, message, verdict=verdict, weighed=weighed, choose=choose)
        case Defer():
            messages.apply(
                conn,
                [message.id],
                Signal.DEFERRED,
                now,
                reason=verdict.reason,
                detail=detail,
                values={"due_at": verdict.until},
            )
        case Held():
            messages.apply(
                conn,
                [message.id],
                Signal.HELD,
                now,
                reason=verdict.cause.value,
                detail=detail,
                values={"hold": verdict.cause.value},
            )
        case Skip():
            messages.apply(conn, [message.id], Signal.REFUSED, now, reason=verdict.reason.value, detail=detail)
            tell_states(ctx, conn, [message.id])
            _tell_if_unreachable(ctx, conn, message, verdict)
        case _:
            assert_never(verdict)
    return None


def _detail(facts: GateFacts, decision: Decision, now: datetime) -> dict[str, Any]:
    """What the history keeps of a verdict that sent nothing: why, every check, and by which zone."""
    failed = [c for c in decision.checks if not c.passed]
    return {
        "rule": decision.checks[-1].rule,
        "text": "; ".join(c.text for c in failed),
        "source": failed[0].source,
        **_said(decision),
        **_place(facts, "", now),
    }


def _said(decision: Decision) -> dict[str, Any]:
    """What every check said, and why ways were passed over."""
    checks = [[c.rule, c.passed, c.text, c.source] for c in decision.checks]
    over = [[o.channel.value, o.why.rule, o.why.text, o.why.source] for o in decision.over]
    return {"checks": checks, "over": over} if over else {"checks": checks}


def _place(facts: GateFacts, address: str, now: datetime) -> dict[str, Any]:
    """The zone that was used, how it was chosen, and the time it was there."""
    way = next((c for c in facts.candidates if c.address == address), None)
    way = way or next(iter(facts.candidates), None)
    if way is None:
        return {"zone": facts.zone, "local": f"{to_local(now, facts.zone):%Y-%m-%d %H:%M}"}
    further = {"further_zones": list(way.further)} if way.further else {}
    terms = {"hours_of": way.terms.name} if way.terms else {}
    local = f"{to_local(now, facts.zone):%Y-%m-%d %H:%M}"
    return {"zone": facts.zone, "zone_by": facts.choice(way).value, **further, **terms, "local": local}


def _tell_if_unreachable(ctx: Context, conn: Connection, message: Message, verdict: Skip) -> None:
    if verdict.reason is Reason.UNREACHABLE and message.campaign_id is None:  # a campaign's results tell of it
        raise_to_staff(
            ctx,
            conn,
            clinic_id=message.clinic_id,
            kind=EscalationKind.UNREACHABLE,
            subject=message.patient_id,
            summary="no usable number or e-mail address: a message could not be sent",
            patient_id=message.patient_id,
        )


def _prepare(
    ctx: Context, conn: Connection, message: Message, *, verdict: Send, weighed: Weighed, choose: Chooser
) -> Started | None:
    attempt = AttemptId(ctx.ids.new("att"))
    numbered = replace(message, attempt_no=message.attempt_no + 1, channel=verdict.channel)
    free = weighed.roads[(verdict.channel, verdict.address)].free
    chosen = choose.among(free, message, clinic=weighed.facts.clinic)
    outbound = _outbound(ctx, conn, numbered, verdict=verdict, weighed=weighed, attempt=attempt, provider=chosen.to)
    turn = _turn(ctx, outbound, chosen.to.name) if outbound is not None else None
    if outbound is None or turn is None:
        return None
    if not turn.taken:
        _wait_in_line(ctx, conn, message, seconds=turn.wait)
        return None
    carried = {"carries": [m.id for m in weighed.carries]} if weighed.carries else {}
    return Started(
        numbered,
        attempt,
        outbound,
        chosen.to.name,
        ctx.ops.now() + ctx.settings.lease,
        turn.wait,
        probe=chosen.probe and choose.take(chosen.to, outbound.sender, attempt),
        tries=weighed.tries,
        consent=verdict.consent,
        place={**_place(weighed.facts, verdict.address, ctx.clock.now()), **carried},
    )


def _outbound(
    ctx: Context,
    conn: Connection,
    message: Message,
    *,
    verdict: Send,
    weighed: Weighed,
    attempt: AttemptId,
    provider: Provider,
) -> Outbound | None:
    """The words in their envelope; None, and the message is held, where a text cannot be rendered."""
    try:
        made = compose.outbound(
            ctx,
            conn,
            message,
            address=verdict.address,
            attempt_id=attempt,
            weighed=weighed,
            provider=provider,
            blocks=_blocks(ctx, conn, message, weighed),
        )
    except (TemplateFault, NotFound) as fault:
        _hold_for_template(ctx, conn, message, fault)
        return None
    if verdict.channel is not Channel.SMS:
        return made
    return replace(made, validity=_validity(weighed.facts, verdict.address, ctx.clock.now()))


def _blocks(ctx: Context, conn: Connection, message: Message, weighed: Weighed) -> Sequence[Block]:
    if not weighed.carries:
        return ()
    return blocks.blocks(ctx, conn, weighed.facts.clinic, carrier=message, others=weighed.carries)


def _turn(ctx: Context, outbound: Outbound, provider: str) -> Turn:
    """A sender of texts keeps its rate before the start: only what can be on the wire within a second is started."""
    if outbound.channel is not Channel.SMS:
        return Turn(True, 0.0)
    rate = rate_of(outbound.sender, ctx.settings.sender_rate)
    patience = _ANSWER_PATIENCE if outbound.message_class in _ANSWERS else _PATIENCE
    cost = segments(outbound.text).segments
    return ctx.pacer.turn(f"{provider}:{outbound.sender}", cost, rate=rate, patience=patience)


def _wait_in_line(ctx: Context, conn: Connection, message: Message, *, seconds: float) -> None:
    messages.apply(
        conn,
        [message.id],
        Signal.DEFERRED,
        ctx.clock.now(),
        detail={"rule": "pace", "text": "the sender's rate: it waits in line"},
        values={"not_before": ctx.ops.now() + timedelta(seconds=seconds)},
    )


def _validity(facts: GateFacts, address: str, now: datetime) -> timedelta:
    """How long a carrier may keep the text: never past the end of the send window nor past its own deadline."""
    ends = [now + _LONGEST]
    ends += [end for end in (closing(facts, address, now), facts.message.expires_at) if end is not None]
    return max(min(ends) - now, _SHORTEST)


def _hold_for_template(ctx: Context, conn: Connection, message: Message, fault: TemplateFault | NotFound) -> None:
    """It waits for a mended text; a campaign's does not, for its text was approved as it is."""
    detail = {"rule": "template", "text": fault.message}
    if message.campaign_id is not None:
        messages.apply(conn, [message.id], Signal.REFUSED, ctx.clock.now(), reason=Reason.TEMPLATE.value, detail=detail)
        tell_states(ctx, conn, [message.id])
        return
    messages.apply(
        conn,
        [message.id],
        Signal.HELD,
        ctx.clock.now(),
        reason=Hold.TEMPLATE.value,
        detail=detail,
        values={"hold": Hold.TEMPLATE.value},
    )
    raise_to_staff(
        ctx,
        conn,
        clinic_id=message.clinic_id,
        kind=EscalationKind.TEMPLATE,
        subject=fault.file.partition(":")[0] if isinstance(fault, TemplateFault) else message.template_ref,
        summary=f"{fault.message}: messages with this text are held until it is mended",
        patient_id=message.patient_id or None,
    )


def _write(ctx: Context, conn: Connection, ready: Sequence[Started]) -> list[Started]:
    if not ready:
        return []
    now, ops = ctx.clock.now(), ctx.ops.now()
    moved = set(
        messages.start(
            conn,
            [(s.message.id, s.message.channel, s.provider, s.message.attempt_no) for s in ready],
            now,
            lease_until=ops + ctx.settings.lease,
            places={s.message.id: s.place for s in ready},
        )
    )
    going = [s for s in ready if s.message.id in moved]
    compose.make_alive(ctx, conn, [s.message for s in going])
    attempts.start(
        conn,
        [
            {
                "id": s.attempt_id,
                "message_id": s.message.id,
                "number": s.message.attempt_no,
                "channel": s.outbound.channel.value,
                "provider": s.provider,
                "sender": s.outbound.sender,
                "address": s.outbound.to,
                "text": s.outbound.text,
                "language": s.outbound.language,
                "consent_id": s.consent,
                "started_at": now,
                "started_ops": ops,
                "lease_until": s.lease_until,
            }
            for s in going
        ],
    )
    return going


def set_aside(ctx: Context, message_id: MessageId, *, cause: str) -> None:
    """Hold a message that cannot be prepared because of a bug of ours, and tell staff; `cause` is the error's type."""
    with ctx.db.transaction() as conn:
        message = messages.get(conn, None, message_id)
        detail = {"rule": "bug", "text": f"it could not be prepared: {cause}"}
        held = messages.apply(
            conn,
            [message_id],
            Signal.HELD,
            ctx.clock.now(),
            reason=Hold.FAULT.value,
            detail=detail,
            values={"hold": Hold.FAULT.value},
        )
        if message is not None and held:
            raise_to_staff(
                ctx,
                conn,
                clinic_id=message.clinic_id,
                kind=EscalationKind.FAILED,
                subject=message.id,
                summary=f"a message is held because of a fault of the software ({cause})",
                patient_id=message.patient_id or None,
            )
