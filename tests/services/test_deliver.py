"""Delivery: three steps, and every outcome becomes the right rows."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from followup.content.templates import Templates
from followup.domain.consent import SuppressionReason
from followup.domain.escalation import EscalationKind, EscalationState
from followup.domain.lifecycle import Signal
from followup.domain.message import Channel, Hold, MessageClass, MessageState, Reason
from followup.domain.outcome import CodeClass, Rejected, Transient, Unknown
from followup.services import deliver, dispatch, heal
from followup.storage import attempts, escalations, holds, messages, suppressions
from followup.storage.database import Database
from tests.builders import CLINIC, EMAIL, PHONE, ROOT, make_ctx, make_patient
from tests.fakes import FakeClock, FakeProvider, InlineJobs
from tests.services.seeds import fake, numbered, run, seed, seed_many, sent, state, stored

STATES = MessageState


def test_a_due_message_goes_out_once(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    run(ctx)
    run(ctx)
    assert state(ctx) is STATES.SENT
    assert [o.to for o in sent(ctx)] == [PHONE]


def test_the_text_is_the_patients_in_their_language(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx, patient=make_patient(language="fr-CA"))
    run(ctx)
    assert "ARRET" in sent(ctx)[0].text
    assert sent(ctx)[0].language == "fr-CA"


def test_the_call_back_address_carries_the_message_id(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    run(ctx)
    assert sent(ctx)[0].callback_url == "https://followup.example/hooks/fake/status/msg_1"


def test_a_doubled_ring_sends_nothing_twice(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    dispatch.sweep(ctx)
    for _ in range(3):
        deliver.deliver(ctx, ["msg_1", "msg_1"])
    assert len(sent(ctx)) == 1


def test_a_wiped_broker_costs_only_the_lease(database: Database) -> None:
    ops = FakeClock()
    ctx = make_ctx(database, ops=ops)
    seed(ctx)
    dispatch.sweep(ctx)
    jobs = ctx.jobs
    assert isinstance(jobs, InlineJobs)
    jobs.wipe()
    run(ctx)
    assert state(ctx) is STATES.QUEUED
    ops.advance(timedelta(seconds=61))
    run(ctx)
    assert state(ctx) is STATES.SENT


def test_a_broker_that_is_away_gives_the_rows_back(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    jobs = ctx.jobs
    assert isinstance(jobs, InlineJobs)
    jobs.away = True
    dispatch.sweep(ctx)
    assert state(ctx) is STATES.SCHEDULED


def test_transient_outcomes_come_back_after_a_pause(database: Database) -> None:
    ops = FakeClock()
    ctx = make_ctx(database, ops=ops, providers={
        Channel.SMS: FakeProvider(outcomes=[Transient("429", "too many"), Transient("connect", "refused")]),
        Channel.EMAIL: FakeProvider(Channel.EMAIL),
    })  # fmt: skip
    seed(ctx)
    run(ctx)
    assert state(ctx) is STATES.SCHEDULED
    for _ in range(2):
        ops.advance(timedelta(seconds=10))
        run(ctx)
    assert state(ctx) is STATES.SENT
    assert stored(ctx).attempt_no == 3


def test_an_unknown_code_of_a_429_is_told_once(database: Database) -> None:
    busy = Transient("88888", "too many", unlisted=True)
    ops, sms = FakeClock(), FakeProvider(outcomes=[busy, busy])
    ctx = make_ctx(database, ops=ops, providers={Channel.SMS: sms, Channel.EMAIL: FakeProvider(Channel.EMAIL)})
    seed(ctx)
    for _ in range(3):
        run(ctx)
        ops.advance(timedelta(seconds=10))
    with database.reading() as conn:
        told = escalations.listing(conn, CLINIC, states=[EscalationState.OPEN])
    assert state(ctx) is STATES.SENT
    assert [(one.kind, one.subject) for one in told] == [(EscalationKind.PROVIDER, "fake code 88888")]


def test_an_unknown_outcome_is_never_resent_by_itself(database: Database) -> None:
    ops = FakeClock()
    sms = FakeProvider(outcomes=[Unknown("timeout", "no answer")])
    ctx = make_ctx(database, ops=ops, providers={Channel.SMS: sms, Channel.EMAIL: FakeProvider(Channel.EMAIL)})
    seed(ctx)
    run(ctx)
    ops.advance(timedelta(minutes=10))
    run(ctx)
    assert state(ctx) is STATES.UNCONFIRMED
    assert len(sms.calls) == 1


def test_a_bad_number_goes_on_by_mail(database: Database) -> None:
    ctx = make_ctx(database)
    fake(ctx).script.append(Rejected("21614", CodeClass.BAD_NUMBER, "not a mobile number"))
    seed(ctx)
    run(ctx)
    assert stored(ctx).reason == Reason.REJECTED
    assert [o.to for o in sent(ctx, Channel.EMAIL)] == [EMAIL]
    assert sent(ctx) == []


def test_a_flagged_number_is_not_tried_again(database: Database) -> None:
    ctx = make_ctx(database)
    fake(ctx).script.append(Rejected("21614", CodeClass.BAD_NUMBER, "not a mobile number"))
    seed(ctx)
    run(ctx)
    seed(ctx, number=2)
    run(ctx)
    assert len(fake(ctx).calls) == 1
    assert len(sent(ctx, Channel.EMAIL)) == 2


def test_an_opt_out_at_the_carrier_becomes_a_suppression(database: Database) -> None:
    ctx = make_ctx(database)
    fake(ctx).script.append(Rejected("21610", CodeClass.SUPPRESS, "opted out"))
    seed(ctx)
    run(ctx)
    pair = (Channel.SMS, PHONE)
    with database.reading() as conn:
        found = suppressions.active(conn, CLINIC, [pair], ctx.clock.now(), mark=ctx.signer.mark)
    assert [s.reason for s in found[pair]] == [SuppressionReason.CARRIER_BLOCK]


def test_a_fault_of_ours_halts_and_keeps_messages(database: Database) -> None:
    ctx = make_ctx(database)
    fake(ctx).script.append(Rejected("20003", CodeClass.CONFIG, "the credentials are wrong"))
    seed(ctx)
    run(ctx)
    seed(ctx, patient=numbered(2), number=2)
    run(ctx)
    assert {stored(ctx, f"msg_{n}").hold for n in (1, 2)} == {Hold.ACCOUNT_HALTED}
    assert len(fake(ctx).calls) == 1
    with database.reading() as conn:
        assert len(holds.standing(conn)) == 1


def test_a_content_fault_fails_and_tells_staff(database: Database) -> None:
    ctx = make_ctx(database)
    fake(ctx).script.append(Rejected("21617", CodeClass.CONTENT, "too long"))
    seed(ctx)
    run(ctx)
    assert state(ctx) is STATES.FAILED
    assert [o.to for o in sent(ctx, Channel.EMAIL)] == ["desk@clinic.example"]


def test_a_provider_that_raises_leaves_the_outcome_unknown(database: Database) -> None:
    ctx = make_ctx(database)
    fake(ctx).script.append(RuntimeError("bug"))
    seed(ctx)
    run(ctx)
    assert state(ctx) is STATES.UNCONFIRMED


def test_no_address_at_all_tells_staff(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx, patient=make_patient(contact_points=()))
    run(ctx)
    assert stored(ctx).reason == Reason.UNREACHABLE
    with database.reading() as conn:
        told = escalations.listing(conn, CLINIC, states=[EscalationState.OPEN])
    assert [e.kind for e in told] == [EscalationKind.UNREACHABLE]


def test_outside_trial_addresses_it_is_held_visibly(database: Database) -> None:
    ctx = make_ctx(database, environ={"FOLLOWUP_TRIAL_ALLOW": "+1905*"})
    seed(ctx)
    run(ctx)
    assert stored(ctx).hold is Hold.TRIAL
    assert fake(ctx).calls == []


def test_a_missing_name_holds_and_tells_never_blank(database: Database) -> None:
    ctx = make_ctx(database)
    text = "---\nclass: care\n---\n--- sms ---\n{{ clinic_name }}: hello {{ given_name }}, call us. {{ stop_line }}\n"
    ctx.templates.adopt("a-named-text", "skinpen-microneedling/day-1", {"en-CA.j2": text})
    seed(ctx, patient=make_patient(given_name=" "), template_version="a-named-text")
    run(ctx)
    assert stored(ctx).hold is Hold.TEMPLATE
    assert fake(ctx).calls == []
    assert "given_name" in sent(ctx, Channel.EMAIL)[0].text  # staff learn the placeholder, nothing else


def test_a_text_mended_on_disk_goes_without_restart(database: Database, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "templates", tmp_path / "templates"))
    file = folder / "messages" / "skinpen-microneedling" / "day-1" / "en-CA.j2"
    whole = file.read_text()
    file.write_text(whole.replace("{{ clinic_name }}", "{{ shoe_size }}"))
    ctx = make_ctx(database, templates=Templates(folder))
    seed(ctx)
    run(ctx)
    assert (stored(ctx).hold, heal.heal(ctx)) == (Hold.TEMPLATE, 0)
    file.write_text(whole)
    heal.heal(ctx)
    run(ctx)
    assert state(ctx) is STATES.SENT


def test_in_flight_is_bounded_by_the_setting(database: Database) -> None:
    ctx = make_ctx(database, environ={"FOLLOWUP_CONCURRENCY": "3"})
    seed_many(ctx, 10)
    run(ctx)
    assert len(sent(ctx)) == 10


def test_every_start_has_an_attempt_row_first(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    run(ctx)
    with database.reading() as conn:
        rows = attempts.of_message(conn, stored(ctx).id)
    assert [(r["number"], r["outcome"], r["address"]) for r in rows] == [(1, "accepted", PHONE)]


def test_history_tells_every_step_in_order(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    run(ctx)
    with database.reading() as conn:
        told = [h["signal"] for h in messages.history(conn, stored(ctx).id)]
    assert told == ["planned", "claimed", "started", "accepted"]


@pytest.mark.parametrize("left", [timedelta(minutes=15), timedelta(seconds=20)])
def test_the_carrier_may_not_keep_it_past_closing(database: Database, left: timedelta) -> None:
    late = FakeClock()
    late.advance(timedelta(hours=5, minutes=30) - left)  # the window closes at 21:00 in Toronto
    ctx = make_ctx(database, clock=late)
    seed(ctx)
    run(ctx)
    assert sent(ctx)[0].validity == left


@pytest.mark.parametrize("kind", [MessageClass.PROMO, MessageClass.CONSENT_REQUEST])
def test_marketing_without_consent_is_skipped(database: Database, kind: MessageClass) -> None:
    ctx = make_ctx(database)
    seed(ctx, message_class=kind)
    run(ctx)
    assert stored(ctx).reason == Reason.NO_CONSENT


def test_apply_leaves_rows_that_are_elsewhere(database: Database) -> None:
    ctx = make_ctx(database)
    first = seed(ctx)
    with database.transaction() as conn:
        assert messages.apply(conn, [first.id], Signal.STARTED, ctx.clock.now()) == []
        assert messages.apply(conn, [first.id], Signal.CLAIMED, ctx.clock.now()) == [first.id]


def test_live_never_takes_a_printed_text_for_sent(database: Database) -> None:
    live = {"FOLLOWUP_MODE": "live", "FOLLOWUP_LIVE_CONFIRM": "canstrive"}
    printing = {Channel.SMS: FakeProvider(name="echo"), Channel.EMAIL: FakeProvider(Channel.EMAIL)}
    ctx = make_ctx(database, environ=live, providers=printing)
    seed(ctx)
    run(ctx)
    assert (fake(ctx).calls, [o.to for o in sent(ctx, Channel.EMAIL)]) == ([], [EMAIL])
