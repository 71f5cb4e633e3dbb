"""Chases late receipts: a tick asks the providers what became of messages they said nothing more about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from followup.domain.lifecycle import Signal
from followup.domain.message import MessageState, Reason, Receipt
from followup.log import get_logger
from followup.ports import AskLater
from followup.services import own, settle
from followup.services.context import Context
from followup.services.routing import lineup
from followup.services.routing.late import next_question
from followup.storage import messages
from followup.storage.machine import marks
from followup.storage.proof import sent
from followup.storage.proof.sent import Late

_log = get_logger("chase")

#: How often the tick comes, and how many of one sender it asks about then: sixty a minute.
EVERY = timedelta(seconds=15)
EACH = 15
_MOST_LOOKED_AT = 2000
#: A provider that answers 429, or not at all, is left alone for this long unless it says how long.
PAUSE = timedelta(minutes=5)
OPEN, SETTLED, GIVEN_UP = "open", "settled", "given up"


@dataclass(frozen=True, slots=True)
class Chased:
    """How many messages were asked about, and how many of them are settled or given up now."""

    asked: int = 0
    settled: int = 0
    given_up: int = 0


def chase(ctx: Context) -> Chased:
    """Ask about a bounded number of messages whose receipt is late, newest first; what is told counts as a receipt.

    The first refusal ends the questions to that provider for a while. After 72 hours nobody asks any more, and the
    message stays `sent` with reason `unconfirmed`.
    """
    if not own.state(ctx).may_send:
        return Chased()
    ops = ctx.ops.now()
    mute = [p.name for p in lineup.everyone(ctx) if p.can_tell and _paused(ctx, p.name, ops)]
    with ctx.db.transaction() as conn:
        late = sent.claim_late(conn, ops=ops, again_at=ops + PAUSE, each=EACH, most=_MOST_LOOKED_AT, but=mute)
    states = [state for group in _by_provider(late) for state in _chase(ctx, group)]
    return Chased(len(states), states.count(SETTLED), states.count(GIVEN_UP))


def _chase(ctx: Context, group: Sequence[Late]) -> list[str]:
    """Ask about these, one after the other, as far as the provider answers; what is left keeps its place."""
    provider = lineup.named(ctx, group[0].channel, group[0].provider)
    states: list[str] = []
    for one in group if provider is not None else ():
        assert provider is not None
        word = ctx.network.submit(provider.fetch(one.ref, one.id)).result()
        if isinstance(word, AskLater):
            _pause(ctx, provider.name, word.pause or PAUSE)
            break
        states.append(_take(ctx, one, word))
    return states


def _mark(provider: str) -> str:
    return f"ask {provider} again"


def _paused(ctx: Context, provider: str, ops: datetime) -> bool:
    with ctx.db.reading() as conn:
        until = marks.get(conn, _mark(provider))
    return until is not None and until.at > ops


def _by_provider(late: Sequence[Late]) -> list[list[Late]]:
    groups: dict[tuple[str, str], list[Late]] = {}
    for one in late:
        groups.setdefault((one.channel, one.provider), []).append(one)
    return list(groups.values())


def _pause(ctx: Context, provider: str, pause: timedelta) -> None:
    _log.warning("the provider cannot be asked for late receipts now", provider=provider, seconds=pause.total_seconds())
    with ctx.db.transaction() as conn:
        marks.put(conn, _mark(provider), 0, ctx.ops.now() + pause)


def _take(ctx: Context, one: Late, word: Receipt | None) -> str:
    """Store what was told like a receipt, and say when to ask next."""
    now = ctx.ops.now()
    with ctx.db.transaction() as conn:
        if word is not None:
            settle.record(ctx, conn, word)
        message = messages.get(conn, one.clinic_id, one.id, lock=True)
        if message is None or message.state is not MessageState.SENT:
            return SETTLED
        following = next_question(now, one.accepted) if word is not None else None
        if following is not None:
            sent.ask_again_at(conn, one.id, following)
            return OPEN
        _give_up(ctx, conn, one, "no receipt within 72 hours" if word else "the provider keeps nothing of it")
    return GIVEN_UP


def _give_up(ctx: Context, conn: Connection, one: Late, text: str) -> None:
    messages.apply(
        conn,
        [one.id],
        Signal.ACCEPTED,
        ctx.clock.now(),
        reason=Reason.UNCONFIRMED.value,
        detail={"text": f"sent, unconfirmed: {text}"},
        values={"not_before": None},
    )
