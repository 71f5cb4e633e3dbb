"""A halt keeps what its code speaks of, ends by itself or by a person, and is tried with one message."""

from datetime import timedelta
from typing import Any

import pytest

from followup.domain.errors import NotFound
from followup.domain.escalation import EscalationKind
from followup.domain.message import Channel, Hold, MessageState
from followup.domain.outcome import CodeClass, Rejected
from followup.providers.twilio_codes import CODES
from followup.services import heal, settle
from followup.services.context import Context
from followup.services.routing import halting
from followup.services.routing.standing import standing_circuits, standing_halts
from followup.storage.database import Database
from tests.builders import make_ctx, make_patient
from tests.fakes import FakeClock, FakeProvider, receipt_request
from tests.services.routing.parts import Two, halted, heirs, told, tried
from tests.services.seeds import fake, numbered, run, seed, seed_many, sent, state, stored

S = MessageState
FRENCH = ("+33612345678", "+33612345679")


def refusal(code: str) -> Rejected:
    entry = CODES[code]
    return Rejected(code, entry.kind, entry.detail)


def alone(database: Database, **overrides: Any) -> tuple[Context, FakeClock, FakeClock]:
    """One provider of texts with Twilio's table."""
    clock, ops = FakeClock(), FakeClock()
    texts, mail = FakeProvider(sender="+14165550100", codes=CODES), FakeProvider(Channel.EMAIL, name="mail")
    providers = {Channel.SMS: texts, Channel.EMAIL: mail}
    return make_ctx(database, clock=clock, ops=ops, providers=providers, **overrides), clock, ops


def at(ctx: Context, number: int, phone: str = "") -> None:
    """Another patient's due message."""
    who = numbered(number)
    if phone:
        point = make_patient().contact_points[0]
        who = make_patient(id=f"P-{number}", contact_points=(type(point)(Channel.SMS, phone, valid=True, raw=phone),))
    seed(ctx, patient=who, number=number)


def test_a_region_is_held_and_not_the_clinic(database: Database) -> None:
    ctx, _, _ = alone(database)
    fake(ctx).script.append(refusal("21408"))
    at(ctx, 1, FRENCH[0])
    run(ctx)
    at(ctx, 2, FRENCH[1])
    at(ctx, 3)
    run(ctx)
    assert [stored(ctx, f"msg_{n}").hold for n in (1, 2, 3)] == [Hold.REGION, Hold.REGION, None]
    assert state(ctx, "msg_3") is S.SENT
    assert [halt.key for halt in halted(ctx)] == ["fake FR"]


def test_a_halted_account_of_texts_lets_mail_go(database: Database) -> None:
    ctx, _, _ = alone(database)
    fake(ctx).script.append(refusal("20003"))
    at(ctx, 1)
    run(ctx)
    seed(ctx, number=2, channels=(Channel.EMAIL,))
    run(ctx)
    assert (stored(ctx, "msg_1").hold, state(ctx, "msg_2")) == (Hold.ACCOUNT_HALTED, S.SENT)


def test_a_limit_of_the_account_ends_by_itself(database: Database) -> None:
    ctx, clock, _ = alone(database)
    fake(ctx).script.append(refusal("63038"))
    seed_many(ctx, 3)
    run(ctx)
    assert len(fake(ctx).calls) == 3  # they were on the wire together
    at(ctx, 4)
    run(ctx)
    assert (len(fake(ctx).calls), stored(ctx, "msg_4").due_at) == (3, clock.now() + timedelta(hours=1))
    clock.advance(timedelta(hours=1))
    run(ctx)
    assert {state(ctx, f"msg_{n}") for n in range(1, 5)} == {S.SENT}
    heal.heal(ctx)
    assert halted(ctx) == []


def test_a_limit_that_outlasts_a_message_sends_mail(database: Database) -> None:
    ctx, clock, _ = alone(database)
    fake(ctx).script.append(refusal("63038"))
    seed(ctx, expires_at=clock.now() + timedelta(minutes=30))
    run(ctx)
    assert state(ctx) is S.SENT
    assert stored(ctx).channel is Channel.EMAIL


def test_the_other_provider_takes_what_is_halted(database: Database) -> None:
    two = Two(database)
    two.first.script.append(refusal("20003"))
    seed(two.ctx)
    run(two.ctx)
    assert tried(two.ctx) == [("first", "rejected"), ("second", "accepted")]
    assert [one.kind for one in told(two.ctx)] == [EscalationKind.PROVIDER]


def test_one_message_tries_the_halt_then_all_go(database: Database) -> None:
    ctx, _, ops = alone(database)
    fake(ctx).script.append(refusal("21606"))
    for number in range(1, 5):
        at(ctx, number)
        run(ctx)
    assert heal.heal(ctx) == 0
    ops.advance(timedelta(minutes=1))
    assert heal.heal(ctx) == 1
    run(ctx)
    assert {state(ctx, f"msg_{n}") for n in range(1, 5)} == {S.SENT}
    assert (halted(ctx), told(ctx)) == ([], [])


def test_a_trial_that_fails_waits_for_longer(database: Database) -> None:
    ctx, _, ops = alone(database)
    fake(ctx).script.extend([refusal("21606")] * 3)
    seed_many(ctx, 1)
    run(ctx)
    waits = []
    for _ in range(2):
        waits.append((halted(ctx)[0].next_try or ops.now()) - ops.now())
        ops.advance(waits[-1])
        heal.heal(ctx)
        run(ctx)
    assert waits == [timedelta(minutes=1), timedelta(minutes=2)]
    assert len(fake(ctx).calls) == 3


def test_no_message_is_spent_on_refused_credentials(database: Database) -> None:
    ctx, _, ops = alone(database)
    fake(ctx).script.append(refusal("20003"))
    fake(ctx).fault = "the credentials are refused"
    at(ctx, 1)
    run(ctx)
    ops.advance(timedelta(hours=2))
    assert (heal.heal(ctx), run(ctx), len(fake(ctx).calls)) == (0, 0, 1)
    fake(ctx).fault = ""
    ops.advance(timedelta(hours=2))
    assert heal.heal(ctx) == 1
    run(ctx)
    assert sent(ctx)


def test_a_fault_told_by_receipt_needs_an_arrival(database: Database) -> None:
    ctx, _, ops = alone(database)
    at(ctx, 1)
    run(ctx)
    settle.take_receipt(ctx, receipt_request("undelivered", code="30032"), stored(ctx, "msg_1").id)
    run(ctx)
    (heir,) = heirs(ctx)
    assert heir.hold is Hold.SENDER_PAUSED
    ops.advance(timedelta(minutes=1))
    heal.heal(ctx)
    run(ctx)
    assert (state(ctx, heir.id), len(halted(ctx))) == (S.SENT, 1)
    settle.take_receipt(ctx, receipt_request("delivered"), heir.id)
    assert halted(ctx) == []


def test_a_person_says_go_for_one_provider(database: Database) -> None:
    ctx, _, _ = alone(database)
    fake(ctx).script.append(refusal("20003"))
    seed_many(ctx, 1)
    run(ctx)
    (seen,) = standing_halts(ctx)
    assert (seen.release, seen.code, standing_circuits(ctx)) == ("fake", "20003", [])
    assert halting.release(ctx, "fake", by="R. Okafor") == 1
    run(ctx)
    assert (state(ctx), standing_halts(ctx)) == (S.SENT, [])
    with pytest.raises(NotFound):
        halting.release(ctx, "nobody", by="R. Okafor")


def test_an_unknown_code_alerts_once_and_ends(database: Database) -> None:
    ctx, _, _ = alone(database)
    fake(ctx).script.extend([Rejected("99999", CodeClass.UNKNOWN, "a code that nobody knows")] * 3)
    seed_many(ctx, 3)
    run(ctx)
    assert [(one.kind, one.subject) for one in told(ctx)] == [(EscalationKind.FAILED, "fake code 99999")]
    assert {state(ctx, f"msg_{n}") for n in (1, 2, 3)} == {S.FAILED}


def test_a_halt_of_nothing_that_waits_just_ends(database: Database) -> None:
    two = Two(database)
    two.first.script.append(refusal("21606"))
    seed(two.ctx)
    run(two.ctx)
    two.pass_time(minutes=1)
    heal.heal(two.ctx)
    assert halted(two.ctx) == []
