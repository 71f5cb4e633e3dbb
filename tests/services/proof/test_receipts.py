"""Receipts in random order, doubled and contradictory: the better word stays, whatever came first."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup.domain.ids import MessageId
from followup.domain.message import MessageState
from followup.services import settle
from followup.services.context import Context
from followup.services.reading import report
from followup.storage import messages, receipts
from followup.storage.database import Database
from tests.builders import CLINIC, make_ctx
from tests.fakes import receipt_request
from tests.services.seeds import numbered, run, seed, state
from tests.services.test_settle import take

S = MessageState
RANK = {"queued": 0, "sending": 0, "sent": 0, "undelivered": 1, "failed": 1, "delivered": 2}
ENDS = {0: S.SENT, 1: S.UNDELIVERED, 2: S.DELIVERED}


def tell(ctx: Context, name: str, words: list[tuple[str, str]]) -> None:
    for word, code in words:
        settle.take_receipt(ctx, receipt_request(word, code=code, ref=f"ref-{name}"), MessageId(name))


@pytest.fixture
def numbers() -> "count[int]":
    return count(1)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.tuples(st.sampled_from(sorted(RANK)), st.sampled_from(["", "30003", "30005"])), max_size=7))
def test_the_end_is_the_best_word_of_all(
    database: Database, numbers: "count[int]", words: list[tuple[str, str]]
) -> None:
    number = next(numbers)
    ctx, name = make_ctx(database), f"msg_{number}"
    ctx.ids.count = number * 1000  # type: ignore[attr-defined]
    seed(ctx, patient=numbered(number), number=number)
    run(ctx)
    tell(ctx, name, words)
    assert state(ctx, name) is ENDS[max((RANK[word] for word, _ in words), default=0)]
    with database.reading() as conn:
        kept = [(r["provider_status"], r["error_code"]) for r in receipts.of_message(conn, MessageId(name))]
    assert kept == list(dict.fromkeys(words))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.permutations(["sent", "delivered", "undelivered", "delivered", "sent", "failed"]))
def test_no_order_makes_a_second_message_of_an_arrival(
    database: Database, numbers: "count[int]", words: list[str]
) -> None:
    number = next(numbers)
    ctx = make_ctx(database)
    ctx.ids.count = number * 1000  # type: ignore[attr-defined]
    seed(ctx, patient=numbered(number), number=number)
    run(ctx)
    tell(ctx, f"msg_{number}", [(word, "30003" if word in {"undelivered", "failed"} else "") for word in words])
    with database.reading() as conn:
        line = messages.heirs(conn, MessageId(f"msg_{number}"))
    assert {heir.state for heir in line} <= {S.CANCELLED}


@pytest.mark.parametrize(
    ("order", "end", "text"),
    [
        (("delivered", "undelivered"), S.DELIVERED, "not applied"),
        (("undelivered", "delivered"), S.DELIVERED, "it arrived after all"),
    ],
)
def test_a_contradiction_stands_in_the_history(database: Database, order: tuple[str, str], end: S, text: str) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    run(ctx)
    take(ctx, *order)
    last = report.biography(ctx, CLINIC, MessageId("msg_1")).history[-1]
    assert (state(ctx), last["state"]) == (end, end)
    assert text in last["detail"]["text"]


def test_strange_receipts_are_listed_newest_first(database: Database) -> None:
    ctx = make_ctx(database)
    for name in ("msg_a", "msg_b"):
        tell(ctx, name, [("delivered", "")])
    assert [r["message_id"] for r in report.unknown_receipts(ctx, limit=10)] == ["msg_b", "msg_a"]
