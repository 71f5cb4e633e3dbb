"""Late receipts are asked for: newest first, in bounded numbers, quietly after a refusal, and not for ever."""

from datetime import timedelta

import pytest

from followup.domain.message import MessageState, Reason
from followup.ports import AskLater
from followup.services.context import Context
from followup.services.proof import chase
from followup.services.proof.chase import EACH, Chased
from followup.services.reading import report
from followup.storage import receipts
from followup.storage.database import Database
from tests.builders import CLINIC, make_ctx
from tests.fakes import FakeClock
from tests.services.seeds import fake, run, seed, seed_many, state, stored
from tests.services.test_settle import take

S = MessageState
HOUR = timedelta(hours=1)


def accepted(database: Database, *, count: int = 1) -> tuple[Context, FakeClock]:
    """So many texts were taken just now, and nothing more was told."""
    ops = FakeClock()
    ctx = make_ctx(database, ops=ops)
    seed_many(ctx, count)
    run(ctx)
    return ctx, ops


def test_nobody_asks_within_the_first_hour(database: Database) -> None:
    ctx, ops = accepted(database)
    ops.advance(HOUR - timedelta(seconds=1))
    assert chase.chase(ctx) == Chased()
    ops.advance(timedelta(seconds=1))
    assert chase.chase(ctx) == Chased(asked=1)


@pytest.mark.parametrize(("word", "end"), [("delivered", S.DELIVERED), ("undelivered", S.UNDELIVERED)])
def test_what_is_told_counts_as_a_receipt(database: Database, word: str, end: S) -> None:
    ctx, ops = accepted(database)
    fake(ctx).words.append(word)
    ops.advance(HOUR)
    assert chase.chase(ctx) == Chased(asked=1, settled=1)
    assert state(ctx) is end
    with database.reading() as conn:
        assert [r["provider_status"] for r in receipts.of_message(conn, stored(ctx).id)] == [word]


def test_the_questions_grow_rarer_and_end(database: Database) -> None:
    ctx, ops = accepted(database)
    asked = []
    for hour in range(1, 100):
        ops.advance(HOUR)
        if chase.chase(ctx).asked:
            asked.append(hour)
    assert asked == [1, 2, 4, 8, 16, 32, 64, 72]
    assert (state(ctx), stored(ctx).reason) == (S.SENT, Reason.UNCONFIRMED)
    told = report.biography(ctx, CLINIC, stored(ctx).id)
    assert told.history[-1]["detail"]["text"].startswith("sent, unconfirmed")


def test_a_receipt_after_giving_up_still_counts(database: Database) -> None:
    ctx, ops = accepted(database)
    ops.advance(timedelta(hours=73))
    assert chase.chase(ctx) == Chased(asked=1, given_up=1)
    take(ctx, "delivered")
    assert (state(ctx), stored(ctx).reason) == (S.DELIVERED, None)


def test_a_sender_is_asked_about_a_few_at_once(database: Database) -> None:
    ctx, ops = accepted(database, count=EACH + 3)
    ops.advance(HOUR)
    assert [chase.chase(ctx).asked for _ in range(3)] == [EACH, 3, 0]


def test_the_newest_is_asked_about_first(database: Database) -> None:
    ctx, ops = accepted(database)
    ops.advance(timedelta(minutes=1))
    seed(ctx, number=2)
    run(ctx)
    ops.advance(2 * HOUR)
    chase.chase(ctx)
    assert fake(ctx).fetched == [stored(ctx, "msg_2").provider_ref, stored(ctx, "msg_1").provider_ref]


@pytest.mark.parametrize(("word", "minutes"), [(AskLater(), 5), (AskLater(timedelta(minutes=30)), 30)])
def test_a_refusal_ends_the_questions_for_a_while(database: Database, word: AskLater, minutes: int) -> None:
    ctx, ops = accepted(database, count=4)
    fake(ctx).words.extend(["delivered", word])
    ops.advance(HOUR)
    assert chase.chase(ctx) == Chased(asked=1, settled=1)
    ops.advance(timedelta(minutes=minutes, seconds=-1))
    assert chase.chase(ctx) == Chased()
    assert len(fake(ctx).fetched) == 2
    ops.advance(timedelta(seconds=1))
    assert chase.chase(ctx) == Chased(asked=3)


def test_what_the_provider_forgot_is_given_up(database: Database) -> None:
    ctx, ops = accepted(database)
    fake(ctx).ledger.clear()
    ops.advance(HOUR)
    assert chase.chase(ctx) == Chased(asked=1, given_up=1)


def test_providers_that_never_tell_are_not_asked(database: Database) -> None:
    ops = FakeClock()
    ctx = make_ctx(database, ops=ops)
    fake(ctx).can_tell = False
    seed(ctx)
    run(ctx)
    ops.advance(timedelta(days=4))
    assert chase.chase(ctx) == Chased()
    assert (state(ctx), stored(ctx).not_before) == (S.SENT, None)


def test_what_was_settled_meanwhile_is_left_alone(database: Database) -> None:
    ctx, ops = accepted(database)
    take(ctx, "sent", "delivered")
    ops.advance(HOUR)
    assert chase.chase(ctx) == Chased()
