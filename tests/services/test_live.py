"""Going live: two steps, the first says what would happen, the second does it; stale messages never burst out."""

from datetime import timedelta
from typing import Any

import pytest

from followup.domain.errors import Conflict, FollowupError, InvalidInput, SettingError
from followup.domain.message import Hold, MessageState, Reason
from followup.services.context import Context
from followup.services.upkeep import live
from followup.storage import audit
from followup.storage.database import Database
from tests.builders import CLINIC, make_ctx
from tests.fakes import FakeClock
from tests.services.seeds import numbered, run, seed, sent, stored

CLOSED = {"FOLLOWUP_TRIAL_ALLOW": "+1905*"}


@pytest.fixture
def ctx(database: Database) -> Context:
    """One message that fell due in trial mode, and one that is held and due tomorrow."""
    ctx = make_ctx(database, environ=CLOSED)
    seed(ctx)
    tomorrow = ctx.clock.now() + timedelta(days=1)
    seed(ctx, patient=numbered(2), number=2, due_at=tomorrow, hold=Hold.TRIAL)
    run(ctx)
    advance(ctx, timedelta(minutes=1))
    return ctx


def advance(ctx: Context, span: timedelta) -> None:
    for clock in (ctx.clock, ctx.ops):
        assert isinstance(clock, FakeClock)
        clock.advance(span)


def actions(ctx: Context) -> list[tuple[str, str]]:
    with ctx.db.reading() as conn:
        return [(a["action"], a["actor"]) for a in audit.about(conn, CLINIC, subject=CLINIC)]


def test_the_first_step_only_says_what_would_be(ctx: Context) -> None:
    seen = live.ask(ctx, CLINIC, by="Lee")
    assert (seen.standing.held, seen.standing.past_due, seen.released) == (2, 1, 1)
    assert seen.next_due == stored(ctx, "msg_2").due_at
    assert {stored(ctx, name).hold for name in ("msg_1", "msg_2")} == {Hold.TRIAL}
    assert not live.standing(ctx, CLINIC).live


def test_the_second_step_skips_what_is_stale(ctx: Context) -> None:
    live.confirm(ctx, CLINIC, live.ask(ctx, CLINIC, by="Lee").phrase, by="Lee")
    run(ctx)
    assert (stored(ctx).state, stored(ctx).reason, sent(ctx)) == (MessageState.SKIPPED, Reason.TRIAL, [])
    assert (stored(ctx, "msg_2").state, stored(ctx, "msg_2").hold) == (MessageState.SCHEDULED, None)


def test_after_going_live_everybody_gets_messages(ctx: Context) -> None:
    live.confirm(ctx, CLINIC, live.ask(ctx, CLINIC, by="Lee").phrase, by="Lee")
    advance(ctx, timedelta(days=1))
    run(ctx)
    assert [o.message_id for o in sent(ctx)] == ["msg_2"]


def test_both_steps_stand_in_the_audit(ctx: Context) -> None:
    live.confirm(ctx, CLINIC, live.ask(ctx, CLINIC, by="Ana").phrase, by="Lee")
    assert sorted(actions(ctx)) == [("live.asked", "Ana"), ("live.begun", "Lee")]


@pytest.mark.parametrize("wrong", ["", "canstrive", "canstrive-aaaaaaaa"])
def test_a_wrong_phrase_changes_nothing(ctx: Context, wrong: str) -> None:
    live.ask(ctx, CLINIC, by="Lee")
    with pytest.raises(InvalidInput, match="not the phrase"):
        live.confirm(ctx, CLINIC, wrong, by="Lee")
    assert not live.standing(ctx, CLINIC).live


def test_a_phrase_is_good_for_an_hour(ctx: Context) -> None:
    phrase = live.ask(ctx, CLINIC, by="Lee").phrase
    advance(ctx, live.PATIENCE + timedelta(seconds=1))
    with pytest.raises(InvalidInput):
        live.confirm(ctx, CLINIC, phrase, by="Lee")


def test_going_back_holds_again_at_once(ctx: Context) -> None:
    live.confirm(ctx, CLINIC, live.ask(ctx, CLINIC, by="Lee").phrase, by="Lee")
    live.go_back(ctx, CLINIC, by="Lee")
    advance(ctx, timedelta(days=1))
    run(ctx)
    assert (stored(ctx, "msg_2").hold, sent(ctx)) == (Hold.TRIAL, [])


@pytest.mark.parametrize(
    ("environ", "error"),
    [
        ({"FOLLOWUP_MODE": "trial"}, SettingError),
        ({"FOLLOWUP_CLOCK": "file:clock"}, SettingError),
        ({"FOLLOWUP_SENDER_RATE": "0"}, SettingError),
        ({"FOLLOWUP_MODE": "live", "FOLLOWUP_LIVE_CONFIRM": "canstrive"}, Conflict),
    ],
)
def test_settings_may_speak_against_going_live(
    ctx: Context, environ: dict[str, str], error: type[FollowupError]
) -> None:
    other: Any = make_ctx(ctx.db, environ={**CLOSED, **environ})
    with pytest.raises(error):
        live.ask(other, CLINIC, by="Lee")


@pytest.mark.parametrize("environ", [{"FOLLOWUP_MODE": "trial"}, {"FOLLOWUP_CLOCK": "file:clock"}])
def test_such_a_setting_stands_over_the_deed(ctx: Context, environ: dict[str, str]) -> None:
    live.confirm(ctx, CLINIC, live.ask(ctx, CLINIC, by="Lee").phrase, by="Lee")
    assert not live.standing(make_ctx(ctx.db, environ={**CLOSED, **environ}), CLINIC).live
