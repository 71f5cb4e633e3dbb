"""The sweep: claims what is due and rings for it. The only place that hands ids to actors."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from followup.domain.errors import Unavailable
from followup.domain.escalation import EscalationKind
from followup.domain.ids import MessageId
from followup.domain.lifecycle import Signal
from followup.domain.message import MessageState
from followup.log import get_logger
from followup.services import own
from followup.services.context import Context
from followup.services.finish import note_lapsed
from followup.storage import claims, escalations, events, messages
from followup.storage.machine.glance import glance
from followup.storage.outbox import calls

_log = get_logger("dispatch")

#: One ring carries this many messages: a ring costs as much for fifty as for one (measured, see docs/decisions).
BATCH = 50
CLAIM = 500
#: Claimed and not yet started, over all workers; what waits longer stays in the rows.
MOST_QUEUED = 2000
_EVENTS_A_RING, _LOOK_UPS_A_SWEEP, _TELL_A_SWEEP = 25, 100, 50
_CALLS_A_SWEEP, _CALLS_A_RING = 200, 20


@dataclass(frozen=True, slots=True)
class Swept:
    """How many of each were handed out by one sweep."""

    events: int = 0
    messages: int = 0
    lapsed: int = 0
    look_ups: int = 0
    told: int = 0
    calls: int = 0

    def __bool__(self) -> bool:
        return any((self.events, self.messages, self.lapsed, self.look_ups, self.told, self.calls))


def sweep(ctx: Context) -> Swept:
    """One sweep. Several may run at once; a broker that is away loses nothing, the rows are rung for again."""
    with ctx.db.reading() as conn:
        may_send = own.standing(ctx, conn).may_send
        seen = glance(conn, now=ctx.clock.now(), ops=ctx.ops.now())
    lapsed = _return_lapsed(ctx) if seen.lapsed else 0
    return Swept(
        events=_events(ctx) if seen.events else 0,
        messages=_messages(ctx) if may_send and (seen.messages or lapsed) else 0,
        lapsed=lapsed,
        look_ups=_look_ups(ctx) if may_send and (seen.look_ups or lapsed) else 0,
        calls=_calls(ctx) if may_send and seen.calls else 0,
        told=_untold(ctx, only=None if may_send else EscalationKind.INSTANCE) if seen.untold or lapsed else 0,
    )


def _return_lapsed(ctx: Context) -> int:
    ops, now = ctx.ops.now(), ctx.clock.now()
    with ctx.db.reading() as conn:
        queued = claims.lapsed(conn, state=MessageState.QUEUED, ops=ops, limit=CLAIM)
        sending = claims.lapsed(conn, state=MessageState.SENDING, ops=ops, limit=CLAIM)
    if queued or sending:
        with ctx.db.transaction() as conn:
            messages.apply(conn, queued, Signal.LAPSED, now)
            note_lapsed(ctx, conn, sending)
    return len(queued) + len(sending)


def _events(ctx: Context) -> int:
    with ctx.db.transaction() as conn:
        claimed = events.claim(conn, now=ctx.ops.now(), lease_until=ctx.ops.now() + ctx.settings.lease, limit=CLAIM)
    _ring(ctx, "process_events", claimed, size=_EVENTS_A_RING)
    return len(claimed)


def _messages(ctx: Context) -> int:
    total = 0
    while True:
        ops = ctx.ops.now()
        with ctx.db.transaction() as conn:
            room = min(CLAIM, MOST_QUEUED - claims.count_queued(conn, at_most=MOST_QUEUED))
            claimed = (
                claims.claim_due(conn, now=ctx.clock.now(), ops=ops, lease_until=ops + ctx.settings.lease, limit=room)
                if room > 0
                else []
            )
        if not _ring(ctx, "deliver_messages", claimed, size=BATCH, give_back=_give_back):
            return total
        total += len(claimed)
        if len(claimed) < CLAIM:
            return total


def _give_back(ctx: Context, ids: Sequence[str]) -> None:
    """The bell is broken: these go back to wait, rather than sit out their lease."""
    with ctx.db.transaction() as conn:
        messages.apply(conn, [MessageId(i) for i in ids], Signal.LAPSED, ctx.clock.now())


def _look_ups(ctx: Context) -> int:
    ops = ctx.ops.now()
    with ctx.db.transaction() as conn:
        claimed = claims.claim_unconfirmed(conn, ops=ops, again_at=ops + ctx.settings.lease, limit=_LOOK_UPS_A_SWEEP)
    _ring(ctx, "resolve_unconfirmed", claimed, size=BATCH)
    return len(claimed)


def _calls(ctx: Context) -> int:
    ops = ctx.ops.now()
    with ctx.db.transaction() as conn:
        claimed = calls.claim(
            conn, now=ctx.clock.now(), ops=ops, lease_until=ops + ctx.settings.lease, limit=_CALLS_A_SWEEP
        )
    _ring(ctx, "call_systems", claimed, size=_CALLS_A_RING)
    return len(claimed)


def _untold(ctx: Context, *, only: EscalationKind | None) -> int:
    """A copy that is held tells of nothing else: of the rest the original tells."""
    ops = ctx.ops.now()
    again_at = ops + ctx.settings.lease
    with ctx.db.transaction() as conn:
        claimed = escalations.claim_untold(
            conn, now=ctx.clock.now(), ops=ops, again_at=again_at, limit=_TELL_A_SWEEP, only=only
        )
    _ring(ctx, "tell_staff", claimed, size=BATCH)
    return len(claimed)


def _ring(
    ctx: Context,
    actor: str,
    ids: Sequence[str],
    *,
    size: int,
    give_back: Callable[[Context, Sequence[str]], None] | None = None,
) -> bool:
    """Ring for these ids in batches; False if the broker is away, what was not rung for is then given back."""
    batches = list(_batches(ids, size))
    for place, batch in enumerate(batches):
        try:
            ctx.jobs.ring(actor, batch)
        except Unavailable as error:
            _log.warning("the broker is away", actor=actor, cause=error.message)
            if give_back is not None:
                give_back(ctx, [i for rest in batches[place:] for i in rest])
            return False
    return True


def _batches(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    yield from (ids[start : start + size] for start in range(0, len(ids), size))
