"""A sweep looks before it claims: where nothing waits it takes no lock."""

from datetime import timedelta

from followup.domain.message import MessageState
from followup.services import dispatch
from followup.services.dispatch import Swept
from followup.storage.database import Database
from tests.builders import make_ctx
from tests.services.seeds import seed, state


def test_an_idle_sweep_takes_no_lock(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx, due_at=ctx.clock.now() + timedelta(days=1))
    with ctx.db.transaction():  # on SQLite nobody else may write until it ends
        assert dispatch.sweep(ctx) == Swept()


def test_a_claim_whose_lease_ended_is_seen(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    dispatch.sweep(ctx)
    assert state(ctx) is MessageState.QUEUED
    ctx.ops.advance(ctx.settings.lease + timedelta(seconds=1))  # type: ignore[attr-defined]
    swept = dispatch.sweep(ctx)
    assert (swept.lapsed, swept.messages) == (1, 1)
