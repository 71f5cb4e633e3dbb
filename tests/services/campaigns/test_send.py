"""A running campaign: at its pace, each person once, whatever is paused, cancelled or changed on the way."""

from collections import Counter
from datetime import timedelta

import pytest

from followup.domain.campaign import CampaignState, Pace
from followup.domain.escalation import EscalationKind, EscalationState
from followup.domain.message import Channel, Hold, MessageState
from followup.domain.outcome import CodeClass, Rejected
from followup.services.campaigns import advance, draft, results, steer, watch
from followup.services.dispatch import sweep
from followup.services.escalate import raise_to_staff, settle_about
from followup.storage import escalations, messages, patients
from followup.storage.campaigns import recipients
from followup.storage.database import Database
from tests.builders import CLINIC, make_ctx, make_patient
from tests.fakes import FakeProvider
from tests.services.campaigns.parts import drafted, go_on, got, launched, people
from tests.services.seeds import run, sent

C = CampaignState


def test_everybody_gets_it_once_at_the_pace(database: Database) -> None:
    ctx = make_ctx(database)
    people(ctx, 25)
    launched(ctx, pace={"per_minute": 6})
    go_on(ctx)
    assert len(sent(ctx)) == 1
    go_on(ctx, 2, step=0.25)
    assert len(sent(ctx)) == 13
    go_on(ctx, 3, step=0.25)
    assert set(got(ctx).values()) == {1}
    assert len(got(ctx)) == 25


def test_no_more_than_two_minutes_lie_ahead(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 200)
    one = launched(ctx, pace={"per_minute": 30})
    assert advance.advance(ctx) == 61
    assert advance.advance(ctx) == 0
    with sqlite.reading() as conn:
        made = messages.page(conn, CLINIC, campaign=one.id, limit=500)
    assert made[-1].due_at - ctx.clock.now() <= timedelta(minutes=2)


def test_a_pause_holds_and_a_resume_goes_on(database: Database) -> None:
    ctx = make_ctx(database)
    people(ctx, 40)
    one = launched(ctx, pace={"per_minute": 10})
    go_on(ctx, 1)
    before = len(sent(ctx))
    sweep(ctx)
    steer.pause(ctx, CLINIC, one.id, by="Mia", reason="the desk is full")
    go_on(ctx, 30, step=10)
    assert len(sent(ctx)) == before
    steer.resume(ctx, CLINIC, one.id, by="Mia")
    go_on(ctx, 6)
    assert set(got(ctx).values()) == {1}
    assert len(got(ctx)) == 40


def test_a_long_pause_lets_nothing_expire(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 10)
    one = launched(ctx, valid_for="PT1H")
    advance.advance(ctx)
    steer.pause(ctx, CLINIC, one.id, by="Mia", reason="holiday")
    go_on(ctx, 5 * 60 + 24 * 60, step=600)
    steer.resume(ctx, CLINIC, one.id, by="Mia")
    go_on(ctx, 1)
    assert len(got(ctx)) == 10


def test_a_resume_makes_no_burst_of_what_waited(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 30)
    one = launched(ctx, pace={"per_minute": 6})
    advance.advance(ctx)
    steer.pause(ctx, CLINIC, one.id, by="Mia", reason="wait")
    go_on(ctx, 20, step=5)
    steer.resume(ctx, CLINIC, one.id, by="Mia")
    go_on(ctx, 1, step=0.25)
    assert len(sent(ctx)) == 7


def test_a_cancel_ends_what_has_not_started(database: Database) -> None:
    ctx = make_ctx(database)
    people(ctx, 40)
    one = launched(ctx, pace={"per_minute": 10})
    go_on(ctx, 1)
    before = len(sent(ctx))
    steer.cancel(ctx, CLINIC, one.id, by="Mia", reason="the date is wrong")
    go_on(ctx, 10, step=5)
    assert len(sent(ctx)) == before
    with database.reading() as conn:
        states = Counter(m.state for m in messages.page(conn, CLINIC, campaign=one.id, limit=100))
        tally = recipients.tally(conn, one.id)
    assert states == {MessageState.SENT: before, MessageState.CANCELLED: sum(states.values()) - before}
    assert sum(tally.values()) == 40


def test_what_comes_back_after_a_pause_is_held(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 1)
    one = launched(ctx)
    advance.advance(ctx)
    sweep(ctx)
    with sqlite.transaction() as conn:
        made = messages.page(conn, CLINIC, campaign=one.id)[0]
    steer.pause(ctx, CLINIC, one.id, by="Mia", reason="wait")
    run(ctx)
    with sqlite.reading() as conn:
        again = messages.get(conn, CLINIC, made.id)
    assert again is not None
    assert (again.state, again.hold) == (MessageState.SCHEDULED, Hold.CAMPAIGN_PAUSED)


def test_a_hold_that_outlived_its_pause_is_healed(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 1)
    one = launched(ctx)
    advance.advance(ctx)
    with sqlite.transaction() as conn:
        messages.hold(conn, Hold.CAMPAIGN_PAUSED, clinic_id=CLINIC)
    watch.watch(ctx)
    go_on(ctx)
    assert len(sent(ctx)) == 1
    assert draft.get(ctx, CLINIC, one.id).state is C.FINISHED


def test_a_new_pace_holds_from_the_next_message(database: Database) -> None:
    ctx = make_ctx(database)
    people(ctx, 40)
    one = launched(ctx, pace={"per_minute": 1})
    go_on(ctx)
    steer.set_pace(ctx, CLINIC, one.id, by="Mia", pace=Pace(20))
    go_on(ctx, 2.5)
    assert 9 <= len(sent(ctx)) <= 13
    assert set(got(ctx).values()) == {1}


def test_the_limit_of_a_day_is_kept(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 50)
    launched(ctx, pace={"per_minute": 60, "per_day": 20})
    go_on(ctx, 60, step=20)
    assert len(sent(ctx)) == 20
    go_on(ctx, 24 * 60, step=30)
    assert len(sent(ctx)) == 40


def test_a_full_inbox_holds_the_pace_up(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 20)
    one = launched(ctx, pace={"per_minute": 5, "open_inbox": 1})
    go_on(ctx)
    about = {"clinic_id": CLINIC, "kind": EscalationKind.REPLY}
    with sqlite.transaction() as conn:
        raise_to_staff(ctx, conn, subject="in_1", summary="a reply", **about)
    go_on(ctx, 10, step=1)
    assert len(sent(ctx)) == 11
    with sqlite.transaction() as conn:
        settle_about(ctx, conn, subjects=["in_1"], **about)
    go_on(ctx, 5)
    assert len(sent(ctx)) == 20
    assert draft.get(ctx, CLINIC, one.id).state is C.FINISHED


def test_a_campaign_starts_when_it_was_told(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 3)
    one = launched(ctx, starts_at="2026-03-03T10:00")
    go_on(ctx, 60, step=30)
    assert sent(ctx) == []
    people(ctx, 4)
    go_on(ctx, 24 * 60, step=60)
    assert len(sent(ctx)) == 4
    assert draft.get(ctx, CLINIC, one.id).size == 4


def test_one_bad_recipient_stops_nobody_else(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 30)
    with sqlite.transaction() as conn:
        patients.put(conn, make_patient(id="P-0", contact_points=()), ctx.clock.now())
    bad = Rejected("21211", CodeClass.BAD_NUMBER, "no such number")
    ctx = make_ctx(sqlite, providers={**ctx.providers, Channel.SMS: FakeProvider(outcomes=[bad])})
    one = launched(ctx)
    go_on(ctx, 1)
    assert len(sent(ctx)) == 29
    assert draft.get(ctx, CLINIC, one.id).state is C.FINISHED
    with sqlite.reading() as conn:
        assert escalations.listing(conn, CLINIC, states=list(EscalationState)) == []


def test_the_brake_pauses_with_the_named_cause(database: Database) -> None:
    ctx = make_ctx(database)
    people(ctx, 60)
    bad = Rejected("30007", CodeClass.CONTENT, "filtered")
    ctx = make_ctx(database, providers={**ctx.providers, Channel.SMS: FakeProvider(outcomes=[bad] * 60)})
    one = launched(ctx, pace={"per_minute": 25})
    go_on(ctx, 1)
    paused = draft.get(ctx, CLINIC, one.id)
    assert paused.state is C.PAUSED
    assert paused.why is not None
    assert "30007" in paused.why
    with database.reading() as conn:
        assert [e.kind for e in escalations.listing(conn, CLINIC, states=list(EscalationState))] == [
            EscalationKind.CAMPAIGN
        ]
    steer.resume(ctx, CLINIC, one.id, by="Mia")
    watch.watch(ctx)
    assert draft.get(ctx, CLINIC, one.id).state is C.RUNNING


def test_who_got_the_text_this_week_is_passed_over(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 5)
    launched(ctx, audience={"patients": ["P-1", "P-2"]})
    go_on(ctx, 1)
    second = launched(ctx)
    go_on(ctx, 1)
    assert set(got(ctx).values()) == {1}
    assert len(got(ctx)) == 5
    with sqlite.reading() as conn:
        excluded = [r for r in recipients.turn(conn, second.id, after=0, limit=9) if r.reason == "duplicate"]
    assert [r.patient_id for r in excluded] == ["P-1", "P-2"]


def test_the_hold_out_gets_nothing_and_variants_their_text(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 100)
    texts = {"a": {"template": "skinpen-microneedling/day-1"}, "b": {"template": "skinpen-microneedling/day-0"}}
    one = launched(ctx, variants=texts, hold_out=20, pace={"per_minute": 600})
    go_on(ctx, 1)
    with sqlite.reading() as conn:
        tally = recipients.tally(conn, one.id)
    assert 10 <= tally["held_out"] <= 30
    assert len(sent(ctx)) == tally["made"]
    assert len({m.text[:30] for m in sent(ctx)}) == 2


@pytest.mark.parametrize("language", ["en", "fr"])
def test_one_language_for_all_overrules_each_own(sqlite: Database, language: str) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 1)
    launched(ctx, language=language)
    go_on(ctx)
    assert [m.language[:2] for m in sent(ctx)] == [language]


def test_a_draft_sends_nothing(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 1)
    drafted(ctx)
    assert advance.advance(ctx) == 0


def test_who_has_a_gap_in_the_text_is_passed_over(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 2)
    one = launched(ctx, template="booking/reminder", **{"class": "transactional"})
    go_on(ctx, 1)
    found = results.summary(ctx, CLINIC, one.id)
    assert dict(found.states) == {("skipped", "template"): 2}
    assert found.campaign.state is C.FINISHED


def test_after_a_cancel_the_rest_gets_it_from_another(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 9)
    first = launched(ctx, pace={"per_minute": 2})
    go_on(ctx, 1)
    steer.cancel(ctx, CLINIC, first.id, by="Mia", reason="too slow")
    launched(ctx)
    go_on(ctx, 1)
    assert (len(got(ctx)), set(got(ctx).values())) == (9, {1})
