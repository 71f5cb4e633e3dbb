"""A second provider takes over what may start anew, and never what the first may have."""

from datetime import timedelta

import pytest

from followup.domain.breaker import CircuitState
from followup.domain.clinic import Clinic
from followup.domain.escalation import EscalationKind
from followup.domain.message import Channel, MessageState
from followup.domain.outcome import CodeClass, Rejected, Transient, Unknown
from followup.sandbox.fakes import Swallowed
from followup.services import answer, settle
from followup.services.routing import circuits
from followup.storage.database import Database
from tests.builders import PHONE, make_clinic, make_ctx
from tests.fakes import FakeProvider, inbound_request, receipt_request
from tests.services.routing.parts import FIRST, SECOND, Two, circuit, heirs, told, tried
from tests.services.seeds import numbered, run, seed, seed_many, state, stored

S = MessageState
DOWN, GONE = Unknown("http-503", "no service"), Transient("connect", "nobody there")


def broken(two: Two, count: int = 5) -> None:
    """The first provider fails `count` messages of as many patients."""
    two.first.script.extend([GONE] * count)
    for number in range(1, count + 1):
        seed(two.ctx, patient=numbered(number), number=number)
        run(two.ctx)


def test_the_first_choice_takes_all_while_well(database: Database) -> None:
    two = Two(database)
    seed_many(two.ctx, 3)
    run(two.ctx)
    assert two.calls == (3, 0)
    assert two.first.calls[0].sender == FIRST[1]
    assert two.first.calls[0].callback_url == "https://followup.example/hooks/first/status/msg_1"


def test_new_messages_start_at_the_second(database: Database) -> None:
    two = Two(database)
    broken(two)
    assert circuit(two.ctx).state is CircuitState.OPEN
    seed(two.ctx, patient=numbered(9), number=9)
    run(two.ctx)
    assert tried(two.ctx, "msg_9") == [("second", "accepted")]
    assert two.second.calls[-1].callback_url.endswith("/hooks/second/status/msg_9")


def test_what_was_turned_away_goes_elsewhere(database: Database) -> None:
    two = Two(database)
    two.first.script.append(Transient("20429", "too many"))
    seed(two.ctx)
    run(two.ctx)
    two.pass_time(seconds=10)
    run(two.ctx)
    assert tried(two.ctx) == [("first", "transient"), ("second", "accepted")]


def test_the_last_try_is_not_spent_in_an_outage(database: Database) -> None:
    two = Two(database)
    two.first.script.extend([DOWN] * 5)
    seed_many(two.ctx, 5)
    for _ in range(12):
        run(two.ctx)
        two.ops.advance(timedelta(minutes=1))
    assert two.calls == (5, 0)
    with two.ctx.db.transaction() as conn:
        circuits.close_all(two.ctx, conn, "first", by="Kim")
    two.ops.advance(timedelta(minutes=5))
    run(two.ctx)
    assert {state(two.ctx, f"msg_{n}") for n in range(1, 6)} == {S.SENT}


def test_where_nobody_else_tries_one_in_doubt_does(database: Database) -> None:
    two = Two(database)
    two.first.script.extend([DOWN] * 5)
    seed_many(two.ctx, 5)
    for _ in range(40):
        run(two.ctx)
        two.ops.advance(timedelta(minutes=1))
    assert {state(two.ctx, f"msg_{n}") for n in range(1, 6)} == {S.SENT}
    assert circuit(two.ctx).state is CircuitState.CLOSED


def test_what_is_in_doubt_stays_where_it_is(database: Database) -> None:
    two = Two(database)
    two.first.script.extend([Swallowed(DOWN)] * 5)
    seed_many(two.ctx, 5)
    run(two.ctx)
    assert circuit(two.ctx).state is CircuitState.OPEN
    two.ops.advance(timedelta(minutes=2))
    run(two.ctx)
    assert two.calls == (5, 0)
    assert {state(two.ctx, f"msg_{n}") for n in range(1, 6)} == {S.SENT}


def test_a_doubt_is_asked_of_its_own_provider(database: Database) -> None:
    two = Two(database)
    two.first.script.append(Swallowed(DOWN))
    seed(two.ctx)
    run(two.ctx)
    two.ctx.providers[Channel.SMS].ledger.clear()  # type: ignore[attr-defined]
    two.second.ledger.extend(two.first.calls)
    two.ops.advance(timedelta(minutes=2))
    run(two.ctx)
    assert state(two.ctx) is S.UNCONFIRMED


def test_what_was_absent_is_tried_again_there(database: Database) -> None:
    two = Two(database)
    two.first.script.append(DOWN)
    seed(two.ctx)
    run(two.ctx)
    two.ops.advance(timedelta(minutes=16))
    run(two.ctx)
    assert tried(two.ctx) == [("first", "unknown"), ("first", "accepted")]


@pytest.mark.parametrize(
    ("code", "kind"),
    [("21617", CodeClass.CONTENT), ("21614", CodeClass.BAD_NUMBER), ("21610", CodeClass.SUPPRESS)],
)
def test_no_other_provider_gets_what_is_refused(database: Database, code: str, kind: CodeClass) -> None:
    two = Two(database)
    two.first.script.append(Rejected(code, kind, "refused"))
    seed(two.ctx)
    run(two.ctx)
    assert two.calls == (1, 0)


def test_one_message_tries_the_first_again(database: Database) -> None:
    two = Two(database)
    broken(two)
    two.ops.advance(timedelta(seconds=31))
    two.first.script.clear()
    seed(two.ctx, patient=numbered(8), number=8)
    run(two.ctx)
    assert tried(two.ctx, "msg_8") == [("first", "accepted")]
    assert circuit(two.ctx).state is CircuitState.CLOSED


def test_a_trial_that_fails_opens_for_longer(database: Database) -> None:
    two = Two(database)
    broken(two)
    two.ops.advance(timedelta(seconds=31))
    two.first.script.append(DOWN)
    seed(two.ctx, patient=numbered(8), number=8)
    seed(two.ctx, patient=numbered(9), number=9)
    run(two.ctx)
    assert tried(two.ctx, "msg_8") == [("first", "unknown")]
    assert tried(two.ctx, "msg_9") == [("second", "accepted")]
    assert circuit(two.ctx).times == 2


def test_only_one_message_at_once_is_a_trial(database: Database) -> None:
    two = Two(database)
    broken(two)
    two.second.script.clear()
    two.ops.advance(timedelta(seconds=31))
    for number in range(11, 16):
        seed(two.ctx, patient=numbered(number), number=number)
    run(two.ctx)
    assert [tried(two.ctx, f"msg_{n}")[0][0] for n in range(11, 16)].count("first") == 1


def test_staff_hear_of_opening_and_closing(database: Database) -> None:
    two = Two(database)
    broken(two)
    (one,) = told(two.ctx)
    assert (one.kind, one.subject) == (EscalationKind.PROVIDER, "first circuit")
    assert "new texts start at another provider" in one.summary
    two.ops.advance(timedelta(seconds=31))
    seed(two.ctx, patient=numbered(8), number=8)
    run(two.ctx)
    assert told(two.ctx) == []


def test_a_lone_provider_is_used_all_the_same(database: Database) -> None:
    sms = FakeProvider(name="only", outcomes=[DOWN] * 5)
    ctx = make_ctx(database, providers={Channel.SMS: sms, Channel.EMAIL: FakeProvider(Channel.EMAIL)})
    seed_many(ctx, 5)
    run(ctx)
    seed(ctx, patient=numbered(6), number=6)
    run(ctx)
    assert len(sms.calls) == 6
    assert [one.kind for one in told(ctx)] == [EscalationKind.PROVIDER]


def test_receipts_that_stay_away_open_it(database: Database) -> None:
    two = Two(database)
    for number in range(1, 14):
        seed(two.ctx, patient=numbered(number), number=number)
        run(two.ctx)
    settle.take_receipt(two.ctx, receipt_request("sent", ref="ref-1"), stored(two.ctx, "msg_1").id, by="first")
    assert circuits.watch(two.ctx) == 0
    two.ops.advance(timedelta(minutes=11))
    assert circuits.watch(two.ctx) == 1
    assert circuit(two.ctx).cause == "receipts"
    assert circuits.watch(two.ctx) == 0


def test_a_provider_that_never_reported_is_not_blamed(database: Database) -> None:
    two = Two(database)
    seed_many(two.ctx, 12)
    run(two.ctx)
    two.ops.advance(timedelta(minutes=11))
    assert circuits.watch(two.ctx) == 0


def clinic() -> Clinic:
    return make_clinic(sender="+14165550111", senders={"second": "+14165550122"})


def test_each_provider_has_the_clinics_own_number(database: Database) -> None:
    two = Two(database, clinics=(clinic(),))
    two.first.script.append(Transient("20429", "too many"))
    seed(two.ctx)
    run(two.ctx)
    two.pass_time(seconds=10)
    run(two.ctx)
    assert two.first.calls[0].sender == "+14165550111"
    assert two.second.calls[0].sender == "+14165550122"


def test_a_keyword_is_answered_by_the_way_it_came(database: Database) -> None:
    two = Two(database, clinics=(clinic(),))
    two.second.answers_keywords = False
    seed(two.ctx, due_at=two.clock.now() + timedelta(days=1))
    answer.take_inbound(two.ctx, inbound_request("STOP", sender=PHONE, to="+14165550122"), by="second")
    run(two.ctx)
    assert two.calls == (0, 1)
    assert two.second.calls[0].to == PHONE


def test_a_receipt_of_the_earlier_provider_moves_nothing(database: Database) -> None:
    two = Two(database)
    two.first.script.append(GONE)
    seed(two.ctx)
    run(two.ctx)
    two.pass_time(seconds=10)
    run(two.ctx)
    late = receipt_request("undelivered", code="30006")
    settle.take_receipt(two.ctx, late, stored(two.ctx).id, by="first")
    assert (state(two.ctx), heirs(two.ctx)) == (S.SENT, [])
    settle.take_receipt(two.ctx, receipt_request("delivered"), stored(two.ctx).id, by="first")
    assert state(two.ctx) is S.DELIVERED


def test_a_sender_has_a_circuit_of_its_own(database: Database) -> None:
    two = Two(database)
    broken(two)
    assert circuit(two.ctx, SECOND).state is CircuitState.CLOSED
    assert circuit(two.ctx, (FIRST[0], "+14165550199")).state is CircuitState.CLOSED
