"""An outcome that comes after another attempt began may say that the message went, and nothing else."""

from datetime import timedelta

import pytest

from followup.domain.errors import TooLate
from followup.domain.escalation import EscalationKind, EscalationState
from followup.domain.ids import MessageId
from followup.domain.message import MessageState
from followup.domain.outcome import Accepted, CodeClass, Outcome, Rejected, Transient, Unknown
from followup.ports import Absent, Undecidable
from followup.services import dispatch, settle
from followup.services.begin import Started, begin
from followup.services.context import Context
from followup.services.control import steer
from followup.services.finish import finish
from followup.services.proof import resolve
from followup.storage import escalations
from followup.storage.database import Database
from tests.builders import CLINIC, make_ctx
from tests.fakes import FakeClock, receipt_request
from tests.services.seeds import fake, seed, state, stored

S = MessageState
LATE = [Transient("429", "too many"), Unknown("timeout", "no answer"), Rejected("21610", CodeClass.SUPPRESS, "stopped")]


@pytest.fixture
def ctx(database: Database) -> Context:
    made = make_ctx(database, ops=FakeClock())
    seed(made)
    return made


def begun(ctx: Context) -> Started:
    """The message is claimed and its attempt written; its worker goes no further for now."""
    dispatch.sweep(ctx)
    return begin(ctx, [MessageId("msg_1")])[0]


def thought_dead(ctx: Context, *, after: timedelta) -> Started:
    """The worker stood still for so long that its message is in doubt."""
    started = begun(ctx)
    assert isinstance(ctx.ops, FakeClock)
    ctx.ops.advance(after)
    dispatch.sweep(ctx)
    assert state(ctx) is S.UNCONFIRMED
    return started


def overtaken(ctx: Context) -> tuple[Started, Started]:
    """The carrier said that it has nothing, though it has, and a second attempt is on the wire."""
    first = thought_dead(ctx, after=timedelta(hours=1))
    fake(ctx).looks.append(Absent())
    resolve.resolve(ctx, ["msg_1"])
    return first, begun(ctx)


@pytest.mark.parametrize("outcome", LATE, ids=lambda outcome: type(outcome).__name__)
def test_a_late_refusal_changes_no_later_attempt(ctx: Context, outcome: Outcome) -> None:
    first, second = overtaken(ctx)
    finish(ctx, [(first, outcome)])
    assert (state(ctx), stored(ctx).attempt_no) == (S.SENDING, second.message.attempt_no)


@pytest.mark.parametrize("outcome", LATE[:2], ids=lambda outcome: type(outcome).__name__)
def test_a_late_acceptance_ends_all_further_tries(ctx: Context, outcome: Outcome) -> None:
    first, second = overtaken(ctx)
    finish(ctx, [(first, Accepted("ref-first"))])
    finish(ctx, [(second, outcome)])
    assert (state(ctx), stored(ctx).provider_ref) == (S.SENT, "ref-first")


def test_a_late_acceptance_closes_the_question_to_staff(ctx: Context) -> None:
    started = thought_dead(ctx, after=timedelta(hours=1))
    fake(ctx).looks.append(Undecidable("texts are redacted"))
    resolve.resolve(ctx, ["msg_1"])
    finish(ctx, [(started, Accepted("ref-1"))])
    with ctx.db.reading() as conn:
        asked = escalations.of_subject(conn, CLINIC, EscalationKind.UNCONFIRMED, "msg_1")
    assert asked is not None
    assert asked.state is EscalationState.CLOSED


def test_absence_proves_nothing_while_a_call_may_run(database: Database) -> None:
    ctx = make_ctx(database, ops=FakeClock(), environ={"FOLLOWUP_SETTLE": "4s"})
    seed(ctx)
    thought_dead(ctx, after=ctx.settings.lease + timedelta(seconds=1))  # its call may have left a second ago
    resolve.resolve(ctx, ["msg_1"])
    assert state(ctx) is S.UNCONFIRMED
    assert isinstance(ctx.ops, FakeClock)
    ctx.ops.advance(ctx.settings.call_limit + ctx.settings.settle)
    resolve.resolve(ctx, ["msg_1"])
    assert state(ctx) is S.SCHEDULED


def test_what_a_receipt_knows_of_is_not_restored(ctx: Context) -> None:
    thought_dead(ctx, after=timedelta(hours=1))
    fake(ctx).looks.append(Absent())
    resolve.resolve(ctx, ["msg_1"])
    steer.skip(ctx, CLINIC, MessageId("msg_1"), by="RN Okafor", reason="she called")
    settle.take_receipt(ctx, receipt_request("sent"), MessageId("msg_1"))
    with pytest.raises(TooLate, match="went out already"):
        steer.undo(ctx, CLINIC, MessageId("msg_1"), by="RN Okafor", reason="she did not call")


def test_what_arrived_after_all_keeps_no_reason(ctx: Context) -> None:
    finish(ctx, [(begun(ctx), Accepted("ref-1"))])
    for status, code in (("undelivered", "30003"), ("delivered", "")):
        settle.take_receipt(ctx, receipt_request(status, code=code), MessageId("msg_1"))
    assert (state(ctx), stored(ctx).reason) == (S.DELIVERED, None)
