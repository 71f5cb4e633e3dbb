"""Halting: a code of a provider keeps what it speaks of, a probe or a person sets it free again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from followup.domain.breaker import back_off
from followup.domain.errors import NotFound
from followup.domain.escalation import EscalationKind
from followup.domain.halt import Halt, HaltScope, Passage, Proof, key_of, scope_of
from followup.domain.ids import ClinicId, MessageId
from followup.domain.message import Channel
from followup.domain.outcome import CodeEntry
from followup.services.context import Context
from followup.services.escalate import raise_to_staff, settle_about
from followup.services.routing import circuits, lineup
from followup.storage import audit, messages
from followup.storage.routing import halts


def halt(
    ctx: Context,
    conn: Connection,
    clinic_id: ClinicId,
    *,
    passage: Passage,
    entry: CodeEntry,
    proof: Proof = Proof.ACCEPTED,
    until: datetime | None = None,
) -> bool:
    """Keep what a code speaks of and tell staff once; False if it speaks of one message alone."""
    scope = scope_of(entry.scope)
    if scope is None:
        return False
    put(
        ctx,
        conn,
        Halt(
            clinic_id=clinic_id,
            scope=scope,
            key=key_of(scope, passage),
            since=ctx.clock.now(),
            code=entry.code,
            why=entry.detail,
            until=until,
            next_try=ctx.ops.now() + back_off(0),
            proof=proof,
        ),
    )
    what = "sending waits for a limit of the provider" if until is not None else "sending is halted"
    raise_to_staff(
        ctx,
        conn,
        clinic_id=clinic_id,
        kind=EscalationKind.PROVIDER,
        subject=f"{passage.provider} {entry.code}",
        summary=f"{what}: {entry.detail}",
    )
    return True


def put(ctx: Context, conn: Connection, new: Halt) -> None:
    """Put a halt and say so in the audit trail, if it does not stand already."""
    if halts.put(conn, new, now=ctx.clock.now()):
        _note(ctx, conn, new, action="halt.put", by="system")


def prove(ctx: Context, conn: Connection, tried: Sequence[Halt], proof: Proof) -> None:
    """A message that tried these halts brought `proof`: those that asked for no more are over."""
    for one in tried:
        if one.proof is proof or proof is Proof.DELIVERED:
            free(ctx, conn, one, by="system")


def free(ctx: Context, conn: Connection, one: Halt, *, by: str) -> int:
    """End a halt; what it kept may be claimed again and meets the gate anew. Returns how many messages."""
    if not halts.end(conn, one):
        return 0
    _note(ctx, conn, one, action="halt.ended", by=by)
    provider = one.key.partition(" ")[0]
    settle_about(ctx, conn, clinic_id=one.clinic_id, kind=EscalationKind.PROVIDER, subjects={f"{provider} {one.code}"})
    return messages.release(conn, one.cause, clinic_id=one.clinic_id)


def release(ctx: Context, name: str, *, by: str) -> int:
    """A person says go: end every halt and close every circuit of a provider, or let a paused text go.

    `name` is a provider or the reference of a text. Returns how many messages are free; raises NotFound for a name that
    is neither.
    """
    with ctx.db.transaction() as conn:
        every = halts.standing(conn)
        if all(one.name != name for one in lineup.everyone(ctx)) and not any(_is_named(one, name) for one in every):
            raise NotFound(f"{name} is neither a provider nor a paused text", cure="see `followup doctor`")
        freed = sum(free(ctx, conn, one, by=by) for one in every if _is_named(one, name))
        circuits.close_all(ctx, conn, name, by=by)
    return freed


def _is_named(one: Halt, name: str) -> bool:
    return one.key.partition("@" if one.scope is HaltScope.TEMPLATE else " ")[0] == name


def try_again(ctx: Context, one: Halt) -> int:
    """Try a halt whose time has come: let one message past it, or end it if nothing waits. Returns how many were freed.

    An account is first asked for its credentials; while those are refused no message is spent on it.
    """
    if one.until is not None and one.until <= ctx.clock.now():
        with ctx.db.transaction() as conn:
            return free(ctx, conn, one, by="system")
    if one.scope is HaltScope.TEMPLATE or one.next_try is None or one.next_try > ctx.ops.now():
        return 0
    fault = one.scope is HaltScope.ACCOUNT and _fault_of(ctx, one.key)
    with ctx.db.transaction() as conn:
        line = [] if fault else halts.waiting(conn, one)
        if not fault and not line:
            return free(ctx, conn, one, by="system")
        probe = line[one.tries % len(line)] if line else None
        halts.note_try(conn, one, next_try=ctx.ops.now() + back_off(one.tries + 1), probe=probe)
        return _let_past(ctx, conn, one, probe) if probe else 0


def _let_past(ctx: Context, conn: Connection, one: Halt, probe: MessageId) -> int:
    _note(ctx, conn, one, action="halt.tried", by="system")
    return messages.release(conn, one.cause, clinic_id=one.clinic_id, ids=[probe])


def _fault_of(ctx: Context, name: str) -> str:
    asked = [one for one in lineup.everyone(ctx) if one.name == name and one.name != "echo"]
    limit = (ctx.settings.provider_timeout + timedelta(seconds=5)).total_seconds()
    try:
        return next(filter(None, (ctx.network.submit(one.check()).result(timeout=limit) for one in asked)), "")
    except TimeoutError:
        return "no answer in time"


def _note(ctx: Context, conn: Connection, one: Halt, *, action: str, by: str) -> None:
    subject = one.key if one.scope in {HaltScope.ACCOUNT, HaltScope.TEMPLATE} else f"{one.scope} {one.code}"
    audit.append(conn, at=ctx.clock.now(), clinic_id=one.clinic_id, actor=by, action=action, subject=subject,
                 detail={"scope": one.scope.value, "code": one.code})  # fmt: skip


def paused_text(ctx: Context, conn: Connection, clinic_id: ClinicId, *, passage: Passage, entry: CodeEntry) -> None:
    """Pause a text that carriers filter, until it is changed or a person says go; e-mail with it goes on."""
    new = Halt(
        clinic_id=clinic_id,
        scope=HaltScope.TEMPLATE,
        key=key_of(HaltScope.TEMPLATE, passage),
        since=ctx.clock.now(),
        code=entry.code,
        why=entry.detail,
    )
    assert passage.channel is Channel.SMS
    put(ctx, conn, new)
    raise_to_staff(
        ctx,
        conn,
        clinic_id=clinic_id,
        kind=EscalationKind.TEMPLATE,
        subject=passage.text.partition("@")[0],
        summary="carriers filter a text: its texts are paused until it is changed",
    )
