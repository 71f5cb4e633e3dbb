"""A new start looks anew at what trial mode or an older version held."""

from datetime import timedelta

import pytest

from followup.domain.message import Hold, MessageState, Reason
from followup.services.deliver import deliver
from followup.services.dispatch import sweep
from followup.services.upkeep.restart import after_restart
from followup.storage.database import Database
from tests.builders import make_ctx
from tests.services.seeds import fake, numbered, run, seed, sent, state, stored

CLOSED = {"FOLLOWUP_TRIAL_ALLOW": "+1905*"}
LIVE = {"FOLLOWUP_MODE": "live", "FOLLOWUP_LIVE_CONFIRM": "canstrive"}


def test_a_wider_allow_list_lets_messages_go(database: Database) -> None:
    seed(make_ctx(database, environ=CLOSED))
    run(make_ctx(database, environ=CLOSED))
    wider = make_ctx(database)
    assert stored(wider).hold is Hold.TRIAL
    assert after_restart(wider) == 1
    run(wider)
    assert state(wider) is MessageState.SENT


def test_going_live_skips_what_is_past_due(database: Database) -> None:
    trial = make_ctx(database, environ=CLOSED)
    seed(trial)
    seed(trial, patient=numbered(2), number=2, due_at=trial.clock.now() + timedelta(days=1))
    run(trial)
    live = make_ctx(database, environ=LIVE)
    live.clock.advance(timedelta(minutes=1))  # type: ignore[attr-defined]
    after_restart(live)
    run(live)
    assert (stored(live).reason, sent(live)) == (Reason.TRIAL, [])
    assert state(live, "msg_2") is MessageState.SCHEDULED


def test_one_message_with_a_bug_stops_no_other(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    seed(ctx, patient=numbered(2), number=2, template_version="", template_ref="skinpen-microneedling/day-3")
    broken = make_ctx(database, templates=Tripping(ctx.templates), clock=ctx.clock)
    run(broken)
    assert stored(broken, "msg_2").hold is Hold.FAULT
    assert [o.message_id for o in sent(broken)] == ["msg_1"]


class Tripping:
    """The shipped templates, with a bug for one version."""

    def __init__(self, real: object) -> None:
        self.real = real

    def __getattr__(self, name: str) -> object:
        return getattr(self.real, name)

    def has(self, version: str) -> bool:
        if not version:
            raise KeyError("a bug")
        return True


def test_a_new_version_tries_faulty_messages_again(database: Database) -> None:
    ctx = make_ctx(database)
    broken = make_ctx(database, templates=Tripping(ctx.templates), clock=ctx.clock)
    seed(ctx, template_version="")
    run(broken)
    with database.transaction() as conn:
        conn.exec_driver_sql(f"UPDATE messages SET template_version = '{ctx.templates.version(VERSION_OF)}'")
    after_restart(ctx)
    run(ctx)
    assert state(ctx) is MessageState.SENT


VERSION_OF = "skinpen-microneedling/day-1"


@pytest.mark.parametrize("rounds", [1, 3])
def test_a_held_message_is_not_rung_again(database: Database, rounds: int) -> None:
    ctx = make_ctx(database, environ=CLOSED)
    seed(ctx)
    for _ in range(rounds):
        sweep(ctx)
        deliver(ctx, ["msg_1"])
    assert fake(ctx).calls == []
