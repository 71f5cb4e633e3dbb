"""A month's budget: staff hear when it is nearly spent, promotion waits once it is, care goes on."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from followup.domain.consent import Consent, ConsentKind
from followup.domain.escalation import EscalationState
from followup.domain.ids import MessageId, PatientId
from followup.domain.message import Channel, Message, MessageClass, MessageState
from followup.domain.money import Budget
from followup.services.context import Context
from followup.services.upkeep import budgets
from followup.storage import consents, escalations, messages
from followup.storage.database import Database
from tests.builders import CLINIC, make_clinic, make_ctx, make_message
from tests.fakes import START, FakeClock
from tests.services.seeds import numbered, run, seed, sent, stored

PROMO = MessageClass.PROMO
LIFE = timedelta(days=60)


def clinic_with(database: Database, **budget: object) -> Context:
    """One care text of two segments (0.0166) is due to P-1; P-2 agreed to promotion."""
    ctx = make_ctx(database, clinics=(make_clinic(budget=Budget(**budget)),))  # type: ignore[arg-type]
    seed(ctx, patient=numbered(1))
    seed(ctx, patient=numbered(2), number=2, state=MessageState.CANCELLED)
    given = Consent(PROMO, Channel.SMS, ConsentKind.EXPRESS, START - timedelta(days=1), "form v3")
    with ctx.db.transaction() as conn:
        consents.add(conn, CLINIC, [(PatientId("P-2"), given)], now=START)
    return ctx


def offer(ctx: Context, *, expires_at: datetime | None) -> Message:
    """A promotion to P-2 that is due now."""
    ref, now = "skinpen-microneedling/maintenance", ctx.clock.now()
    message = make_message(
        id=MessageId("msg_9"), patient_id=PatientId("P-2"), enrollment_id=None, message_class=PROMO,
        channels=(Channel.SMS,), template_ref=ref, template_version=ctx.templates.version(ref), due_at=now,
        planned_for=now, expires_at=expires_at,
    )  # fmt: skip
    with ctx.db.transaction() as conn:
        messages.add(conn, [message], now)
    return message


def told(ctx: Context) -> list[str]:
    """What staff were told of budgets."""
    with ctx.db.reading() as conn:
        return [
            e.summary
            for e in escalations.listing(conn, CLINIC, states=tuple(EscalationState), limit=9)
            if e.kind == "budget"
        ]


def test_promotion_waits_for_the_next_month(database: Database) -> None:
    ctx = clinic_with(database, month=Decimal("0.01"))
    run(ctx)
    assert (len(sent(ctx)), budgets.watch(ctx), budgets.watch(ctx)) == (1, 1, 0)
    offer(ctx, expires_at=START + LIFE)
    run(ctx)
    waiting = stored(ctx, "msg_9")
    assert (waiting.state, waiting.reason, waiting.due_at.date().isoformat()) == ("scheduled", "budget", "2026-04-01")
    clock = ctx.clock
    assert isinstance(clock, FakeClock)
    clock.advance(waiting.due_at - clock.now())
    run(ctx)
    assert len(sent(ctx)) == 2


def test_promotion_that_cannot_wait_is_skipped(sqlite: Database) -> None:
    ctx = clinic_with(sqlite, month=Decimal("0.01"))
    run(ctx)
    budgets.watch(ctx)
    offer(ctx, expires_at=START + timedelta(days=3))
    run(ctx)
    assert (stored(ctx, "msg_9").state, stored(ctx, "msg_9").reason) == ("skipped", "budget")


@pytest.mark.parametrize("classes", [{MessageClass.CARE: Decimal("0.01")}, {PROMO: Decimal("0.01")}])
def test_a_limit_holds_for_its_own_class(sqlite: Database, classes: dict[MessageClass, Decimal]) -> None:
    ctx = clinic_with(sqlite, classes=classes)
    run(ctx)
    budgets.watch(ctx)
    offer(ctx, expires_at=START + LIFE)
    run(ctx)
    assert len(sent(ctx)) == 2  # care goes on beyond its limit, and promotion has spent nothing


def test_staff_hear_once_a_month_of_each_grade(sqlite: Database) -> None:
    ctx = clinic_with(sqlite, month=Decimal("0.02"))
    run(ctx)
    assert [budgets.watch(ctx), budgets.watch(ctx)] == [1, 0]
    assert told(ctx) == ["month: 0.02 of 0.02 USD of the month's budget are spent"]
    clock = ctx.clock
    assert isinstance(clock, FakeClock)
    clock.advance(LIFE)
    assert budgets.watch(ctx) == 0


def test_without_a_budget_nothing_is_counted(sqlite: Database) -> None:
    ctx = clinic_with(sqlite)
    run(ctx)
    assert (budgets.watch(ctx), told(ctx)) == (0, [])
