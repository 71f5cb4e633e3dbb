"""The provider's own list of a day: what it has twice, never had, counts otherwise, or got from somebody else."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from followup.domain.errors import Unavailable
from followup.domain.escalation import EscalationKind, EscalationState
from followup.domain.ids import MessageId
from followup.domain.outcome import Unknown
from followup.ports import AskLater, Billed, BillPage
from followup.sandbox.fakes import Swallowed
from followup.services import settle
from followup.services.context import Context
from followup.services.proof import bill, nightly
from followup.services.proof.bill import Bill
from followup.storage import escalations
from followup.storage.database import Database
from tests.builders import CLINIC, make_ctx
from tests.fakes import FakeClock, receipt_request
from tests.services.seeds import fake, run, seed_many

DAY = timedelta(days=1)


@pytest.fixture
def ctx(database: Database) -> Context:
    """Three texts went out at noon."""
    ctx = make_ctx(database, ops=FakeClock())
    seed_many(ctx, 3)
    run(ctx)
    return ctx


def listed(ctx: Context) -> list[Billed]:
    """What the provider took, as it lists it."""
    one = fake(ctx)
    return [
        Billed(one.ref(t), frozenset({t.sender or one.sender}), t.to, t.text, 2, Decimal("0.0075"), "USD")
        for t in one.ledger
    ]


def held_against(ctx: Context, *pages: list[Billed]) -> Bill:
    fake(ctx).bills.extend(BillPage(tuple(page)) for page in pages)
    found = bill.check(ctx, fake(ctx), ctx.ops.now().date())
    assert found is not None
    return found


def test_a_list_like_ours_differs_in_nothing(ctx: Context) -> None:
    first, *others = listed(ctx)
    found = held_against(ctx, [first], others)
    assert (found.listed, found.segments, found.segments_ours, found.differences) == (3, 6, 6, [])
    assert found.prices == {"USD": Decimal("0.0225")}


def test_one_text_more_is_a_double(ctx: Context) -> None:
    rows = listed(ctx)
    again = replace(rows[0], ref="another")
    assert held_against(ctx, [*rows, again]).by_kind == {bill.DOUBLE: 1}


def test_what_nobody_here_sent_is_foreign(ctx: Context) -> None:
    rows = listed(ctx)
    theirs = replace(rows[0], ref="another", text="something else")
    other_sender = replace(theirs, ref="third", senders=frozenset({"+14165550999"}))
    assert held_against(ctx, [*rows, theirs, other_sender]).by_kind == {bill.FOREIGN: 1}


def test_what_the_provider_never_had_is_missing(ctx: Context) -> None:
    gone, *rows = listed(ctx)
    (difference,) = held_against(ctx, rows).differences
    assert (difference.kind, difference.ref, difference.clinic_id) == (bill.MISSING, gone.ref, CLINIC)


def test_other_segments_are_named_with_both_counts(ctx: Context) -> None:
    rows = listed(ctx)
    (difference,) = held_against(ctx, [replace(rows[0], segments=4), *rows[1:]]).differences
    assert (difference.kind, difference.text) == (bill.SEGMENTS, "the provider counts 4 segments, we 2")


def test_what_is_in_doubt_is_no_difference(database: Database) -> None:
    ctx = make_ctx(database, ops=FakeClock())
    fake(ctx).script.append(Swallowed(Unknown("timeout", "no answer")))
    seed_many(ctx, 1)
    run(ctx)
    found = held_against(ctx, listed(ctx))
    assert (found.unsettled, found.differences) == (1, [])


def test_a_provider_that_cannot_answer_accuses_nobody(ctx: Context) -> None:
    fake(ctx).bills.append(AskLater())
    with pytest.raises(Unavailable, match="cannot list its messages now"):
        bill.check(ctx, fake(ctx), ctx.ops.now().date())


def test_without_a_list_there_is_no_bill(ctx: Context) -> None:
    assert bill.check(ctx, fake(ctx), ctx.ops.now().date()) is None


def test_staff_hear_once_of_yesterdays_differences(ctx: Context) -> None:
    ctx.ops.advance(DAY)  # type: ignore[attr-defined]
    fake(ctx).bills.append(BillPage(tuple(listed(ctx)[1:])))
    assert [nightly.check_bills(ctx), nightly.check_bills(ctx)] == [1, 0]
    with ctx.db.reading() as conn:
        (told,) = escalations.listing(conn, CLINIC, states=list(EscalationState))
    assert "1 texts on the provider's list" in told.summary


def test_a_list_that_cannot_be_read_is_asked_for_again(ctx: Context) -> None:
    ctx.ops.advance(DAY)  # type: ignore[attr-defined]
    fake(ctx).bills.extend([AskLater()])
    assert nightly.check_bills(ctx) == 0
    fake(ctx).bills.append(BillPage(tuple(listed(ctx)[1:])))
    assert nightly.check_bills(ctx) == 1


def test_a_text_known_by_its_receipt_is_counted(database: Database) -> None:
    ctx = make_ctx(database, ops=FakeClock())
    fake(ctx).script.append(Swallowed(Unknown("timeout", "no answer")))
    seed_many(ctx, 1)
    run(ctx)
    (row,) = listed(ctx)
    for ref in (row.ref, "another"):
        settle.take_receipt(ctx, receipt_request("delivered", ref=ref), MessageId("msg_1"))
    found = held_against(ctx, [row, replace(row, ref="another")])
    assert (found.segments, found.segments_ours, found.by_kind) == (4, 4, {bill.DOUBLE: 1})
    with ctx.db.reading() as conn:
        (told,) = escalations.listing(conn, CLINIC, states=[EscalationState.OPEN])
    assert (told.kind, told.subject) == (EscalationKind.DRIFT, "msg_1")
