"""Late receipts: when a provider is asked about a message of which it said nothing more."""

from datetime import datetime, timedelta

from followup.domain.message import Channel
from followup.services.context import Context
from followup.services.routing import lineup

#: Real time after the acceptance; each further question comes as much later again.
FIRST = timedelta(hours=1)
#: From then on nobody asks any more: the message is "sent, unconfirmed".
LAST = timedelta(hours=72)


def first_question(ctx: Context, channel: Channel, provider: str | None) -> datetime | None:
    """When to ask about a message that is accepted now; None if its provider never tells."""
    found = lineup.named(ctx, channel, provider)
    return ctx.ops.now() + FIRST if found is not None and found.can_tell else None


def next_question(now: datetime, accepted: datetime) -> datetime | None:
    """When to ask again; None once it has been asked for long enough."""
    following = now + max(now - accepted, FIRST)
    return None if now - accepted >= LAST else min(following, accepted + LAST)
