"""A clinic with numbered patients, and a campaign taken as far as a test wants it."""

from collections import Counter
from datetime import timedelta
from typing import Any

from followup.domain.campaign import Campaign
from followup.services.campaigns import advance, decide, draft, watch
from followup.services.context import Context
from followup.storage import patients
from tests.builders import CLINIC, make_definition
from tests.fakes import FakeClock
from tests.services.seeds import numbered, run, sent

TEXT = "skinpen-microneedling/day-1"


def people(ctx: Context, count: int) -> None:
    """`count` patients with a phone each."""
    with ctx.db.transaction() as conn:
        patients.put_many(conn, [numbered(n) for n in range(1, count + 1)], ctx.clock.now())


def written(**changes: Any) -> dict[str, Any]:
    """A campaign to everybody, as a person writes it."""
    plain = make_definition()
    del plain["variants"]
    changes = {} if "variants" in changes and changes.pop("template", None) else changes
    text = {} if "variants" in changes else {"template": TEXT}
    return plain | text | {"pace": {"per_minute": 60}} | changes


def drafted(ctx: Context, **changes: Any) -> Campaign:
    """A draft by Mia."""
    return draft.draft(ctx, CLINIC, written(**changes), by="Mia")


def launched(ctx: Context, *, again: str = "", **changes: Any) -> Campaign:
    """A campaign that Mia drafted, Ben approved and Mia launched."""
    one = drafted(ctx, **changes)
    decide.submit(ctx, CLINIC, one.id, by="Mia", again=again)
    decide.approve(ctx, CLINIC, one.id, by="Ben")
    return decide.launch(ctx, CLINIC, one.id, by="Mia")


def go_on(ctx: Context, minutes: float = 0, *, step: float = 1) -> None:
    """Tick, send, and let `minutes` pass, one `step` at a time."""
    clock = ctx.clock
    assert isinstance(clock, FakeClock)
    left = minutes
    while True:
        advance.advance(ctx)
        run(ctx)
        watch.watch(ctx)
        if left <= 0:
            return
        clock.advance(timedelta(minutes=min(step, left)))
        left -= step


def got(ctx: Context) -> Counter[str]:
    """How many texts each number got."""
    return Counter(one.to for one in sent(ctx))
