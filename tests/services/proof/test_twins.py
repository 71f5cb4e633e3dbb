"""Equal texts to one number: whichever of them were taken, none goes twice and none is guessed."""

from datetime import timedelta

import pytest

from followup.domain.escalation import EscalationKind, EscalationState
from followup.domain.ids import MessageId
from followup.domain.message import MessageState
from followup.domain.outcome import Accepted, Outcome, Transient, Unknown
from followup.ports import Outbound
from followup.sandbox.fakes import Scripted, Swallowed
from followup.services import settle
from followup.services.context import Context
from followup.storage import escalations
from followup.storage.database import Database
from tests.builders import CLINIC, make_ctx
from tests.fakes import FakeClock, receipt_request
from tests.services.seeds import fake, run, seed, sent, state, stored

S = MessageState
TAKEN, LOST = Swallowed(), Unknown("timeout", "no answer in time")
TWINS = ("msg_1", "msg_2")
REF = "skinpen-microneedling/day-1"
#: Without the link that makes other texts differ.
TEXT = "---\nclass: care\n---\n--- sms ---\n{{ clinic_name }}: keep it clean and dry. {{ stop_line }}\n"


def accept(outbound: Outbound) -> Outcome:
    return Accepted(f"ref-{outbound.attempt_id}")


def twins(database: Database, *outcomes: Scripted) -> tuple[Context, FakeClock]:
    """Two messages with the same words to the same number, each with its outcome."""
    ops = FakeClock()
    ctx = make_ctx(database, ops=ops)
    fake(ctx).script.extend(outcomes)
    ctx.templates.adopt("equal", REF, {"en-CA.j2": TEXT})
    for number in (1, 2):
        seed(ctx, number=number, template_version="equal")
        run(ctx)
    return ctx, ops


def later(ctx: Context, ops: FakeClock, *, times: int = 3) -> None:
    for _ in range(times):
        ops.advance(timedelta(minutes=16))
        run(ctx)


def in_doubt(ctx: Context) -> set[str]:
    """The messages of which staff were told."""
    with ctx.db.reading() as conn:
        waiting = escalations.listing(conn, CLINIC, states=[EscalationState.OPEN])
    return {e.subject for e in waiting if e.kind is EscalationKind.UNCONFIRMED}


def test_of_two_that_nobody_took_both_go_once(database: Database) -> None:
    ctx, ops = twins(database, LOST, LOST)
    later(ctx, ops)
    assert [state(ctx, name) for name in TWINS] == [S.SENT, S.SENT]
    assert len({outbound.message_id for outbound in sent(ctx)}) == len(sent(ctx)) == 2
    assert in_doubt(ctx) == set()


@pytest.mark.parametrize("outcomes", [(TAKEN, LOST), (LOST, TAKEN), (TAKEN, TAKEN)])
def test_where_one_or_both_were_taken_a_person_decides(database: Database, outcomes: tuple[Scripted, Scripted]) -> None:
    ctx, ops = twins(database, *outcomes)
    taken = len(sent(ctx))
    later(ctx, ops)
    assert [state(ctx, name) for name in TWINS] == [S.UNCONFIRMED, S.UNCONFIRMED]
    assert len(sent(ctx)) == taken
    assert in_doubt(ctx) == set(TWINS)


def test_a_receipt_for_one_tells_of_the_other(database: Database) -> None:
    ctx, ops = twins(database, TAKEN, LOST)
    later(ctx, ops, times=1)
    ref = fake(ctx).ref(sent(ctx)[0])
    settle.take_receipt(ctx, receipt_request("delivered", ref=ref), MessageId("msg_1"))
    ops.advance(timedelta(days=1))
    later(ctx, ops)
    assert [state(ctx, name) for name in TWINS] == [S.DELIVERED, S.SENT]
    assert [outbound.message_id for outbound in sent(ctx)] == list(TWINS)
    assert in_doubt(ctx) == set()


def test_an_accepted_twin_is_no_proof(database: Database) -> None:
    ctx, ops = twins(database, accept, LOST)
    later(ctx, ops)
    assert [state(ctx, name) for name in TWINS] == [S.SENT, S.SENT]
    assert len({stored(ctx, name).provider_ref for name in TWINS}) == len(sent(ctx)) == 2
    assert in_doubt(ctx) == set()


def test_a_try_that_was_never_taken_is_no_twin(database: Database) -> None:
    ctx, ops = twins(database, Transient("429", "too many"), TAKEN)
    later(ctx, ops)
    assert [state(ctx, name) for name in TWINS] == [S.SENT, S.SENT]
    assert len(sent(ctx)) == 2
