"""Roads: which providers can take a message now, and what keeps it if none can."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from followup.domain.clinic import Clinic
from followup.domain.halt import Halt, Passage
from followup.domain.message import Channel, Hold, Message
from followup.ports import Provider
from followup.services.context import Context
from followup.services.routing.lineup import line, sender_at

Pair = tuple[Channel, str]


@dataclass(frozen=True, slots=True)
class Road:
    """The providers that are free for one address, the first choice first; if there is none, the cause and its end."""

    free: tuple[Provider, ...]
    hold: Hold | None = None
    until: datetime | None = None


def road(ctx: Context, clinic: Clinic, message: Message, *, pair: Pair, halts: Sequence[Halt]) -> Road:
    """What stands in the way of this message to this address."""
    now, providers = ctx.clock.now(), line(ctx, pair[0])
    against = {
        one.name: [h for h in halts if h.keeps(passage(ctx, clinic, message, pair=pair, provider=one), now)]
        for one in providers
    }
    free = tuple(one for one in providers if not against[one.name])
    if free:
        return Road(free)
    ends = {name: [h.until for h in found] for name, found in against.items()}
    timed = {name: max(u for u in some if u) for name, some in ends.items() if all(some)}
    first = min(timed, key=lambda name: timed[name]) if timed else providers[0].name
    return Road((), against[first][0].cause, timed.get(first))


def passage(ctx: Context, clinic: Clinic, message: Message, *, pair: Pair, provider: Provider) -> Passage:
    """This message on its way through this provider."""
    return Passage(
        message_id=message.id,
        provider=provider.name,
        channel=pair[0],
        sender=sender_at(ctx, clinic, provider),
        address=pair[1],
        text=f"{message.template_ref}@{message.template_version}",
    )
