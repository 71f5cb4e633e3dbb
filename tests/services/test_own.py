"""A copy, a restored backup and a long sleep send nothing until a person says so."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from followup.domain.errors import FollowupError
from followup.domain.message import MessageState, Reason
from followup.services import own
from followup.services.context import Context
from followup.storage import audit
from followup.storage.database import Database
from followup.storage.machine import instances
from tests.builders import CLINIC, make_ctx
from tests.fakes import FakeClock
from tests.services.seeds import numbered, put_back, run, seed, sent, state, stored


@pytest.fixture
def ctx(database: Database, tmp_path: Path) -> Context:
    return make_ctx(database, environ={"FOLLOWUP_DATA": str(tmp_path)})


def used(ctx: Context) -> None:
    """Claimed, and something was sent from it."""
    assert own.claim(ctx).may_send
    seed(ctx)
    run(ctx)
    own.keep(ctx)
    assert state(ctx) is MessageState.SENT


def moved_elsewhere(ctx: Context) -> None:
    with ctx.db.transaction() as conn:
        known = instances.read(conn)
        assert known is not None
        parts = dict.fromkeys(known.parts, "another place")
        instances.write(conn, parts, epoch=known.epoch, ops=ctx.ops.now())


def test_an_empty_database_is_taken_without_asking(ctx: Context) -> None:
    assert own.claim(ctx).may_send
    assert own.claim(ctx).may_send


def test_a_restart_on_the_same_database_sends_on(ctx: Context) -> None:
    used(ctx)
    assert own.claim(ctx).may_send


def test_what_others_count_meanwhile_is_no_backup(ctx: Context) -> None:
    used(ctx)
    patients = iter(range(2, 9))

    @sa.event.listens_for(ctx.db.engine, "after_cursor_execute")
    def _send_and_count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        number = next(patients, 0) if statement.startswith("SELECT") and "instances.epoch" in statement else 0
        if number == 2:
            seed(ctx, patient=numbered(number), number=number)
            run(ctx)
            own.keep(ctx)

    assert own.examine(ctx).may_send
    assert len(sent(ctx)) == 2


def test_who_claims_late_never_counts_back(ctx: Context) -> None:
    used(ctx)
    for _ in range(3):
        assert own.claim(ctx).may_send
    with ctx.db.transaction() as conn:
        known = instances.read(conn)
        assert known is not None
        assert instances.write(conn, known.parts, epoch=2, ops=ctx.ops.now(), places=known.places) > known.epoch
    assert own.claim(ctx).may_send


def test_a_copy_in_another_place_boots_held(ctx: Context) -> None:
    used(ctx)
    moved_elsewhere(ctx)
    assert "made elsewhere" in own.claim(ctx).why
    seed(ctx, patient=numbered(2), number=2)
    run(ctx)
    assert len(sent(ctx)) == 1


def test_an_older_state_of_the_database_boots_held(ctx: Context) -> None:
    used(ctx)
    put_back(ctx)
    assert "backup" in own.claim(ctx).why


def test_a_week_of_sleep_boots_held(ctx: Context) -> None:
    used(ctx)
    clock = ctx.ops
    assert isinstance(clock, FakeClock)
    clock.advance(timedelta(days=7))
    assert "nobody looked after" in own.claim(ctx).why


def test_a_hold_stays_until_it_is_taken_over(ctx: Context) -> None:
    used(ctx)
    moved_elsewhere(ctx)
    own.claim(ctx)
    assert not own.claim(ctx).may_send
    own.take_over(ctx, by="the engineer")
    assert own.claim(ctx).may_send


def test_taking_over_skips_what_was_due_and_is_audited(ctx: Context) -> None:
    used(ctx)
    moved_elsewhere(ctx)
    own.claim(ctx)
    seed(ctx, patient=numbered(2), number=2, due_at=ctx.clock.now() - timedelta(hours=1))
    assert own.take_over(ctx, by="the engineer") == 1
    assert stored(ctx, "msg_2").reason == Reason.LATE
    with ctx.db.reading() as conn:
        actions = {e["action"] for e in audit.about(conn, "*")}
    assert {"instance.held", "instance.taken_over"} <= actions


def test_due_messages_may_be_kept_on_purpose(ctx: Context) -> None:
    used(ctx)
    moved_elsewhere(ctx)
    own.claim(ctx)
    seed(ctx, patient=numbered(2), number=2)
    own.take_over(ctx, by="the engineer", keep_due=True)
    run(ctx)
    assert state(ctx, "msg_2") is MessageState.SENT
    assert stored(ctx, "msg_2").clinic_id == CLINIC


def test_taking_over_what_is_not_held_is_refused(ctx: Context) -> None:
    used(ctx)
    with pytest.raises(FollowupError, match="nothing is held"):
        own.take_over(ctx, by="the engineer")
