"""Several messages of one patient want the same room: the higher class goes, the other waits for its next time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from followup.domain.clinic import Caps
from followup.domain.consent import Consent, ConsentKind
from followup.domain.ids import MessageId
from followup.domain.lifecycle import Signal
from followup.domain.message import Channel, Message, MessageClass, MessageState
from followup.services import deliver
from followup.services.context import Context
from followup.storage import consents, messages
from followup.storage.database import Database
from tests.builders import CLINIC, PATIENT, make_clinic, make_ctx
from tests.services.seeds import run, seed, sent, stored

C = MessageClass
#: Tuesday, 9:00 in Toronto.
NINE = datetime.fromisoformat("2026-03-03T14:00+00:00")
HOUR = timedelta(hours=1)
TOMORROW = datetime.fromisoformat("2026-03-04T13:00+00:00")  # 8:00


def context(database: Database, **caps: int) -> Context:
    ctx = make_ctx(database, clinics=[make_clinic(caps=Caps(**caps))])
    ctx.clock.set(NINE)  # type: ignore[attr-defined]
    return ctx


def plan(ctx: Context, number: int, kind: C, after: timedelta = timedelta(0)) -> Message:
    """A message of this class to Ana, due that much after nine."""
    due = NINE + after
    return seed(ctx, number=number, message_class=kind, due_at=due, planned_for=due, expires_at=due + timedelta(days=9))


def claim(ctx: Context, message: Message) -> None:
    """As a sweep does, for this message alone."""
    with ctx.db.transaction() as conn:
        messages.apply(conn, [message.id], Signal.CLAIMED, ctx.clock.now(),
                       values={"lease_until": ctx.ops.now() + HOUR})  # fmt: skip
    deliver.deliver(ctx, [message.id])


def after(ctx: Context, message: Message) -> tuple[MessageState, str | None, datetime]:
    now = stored(ctx, message.id)
    return now.state, now.reason, now.due_at.replace(second=0, microsecond=0)


def allow_promo(ctx: Context) -> None:
    yes = Consent(C.PROMO, Channel.SMS, ConsentKind.EXPRESS, NINE - timedelta(days=9), "form v3")
    with ctx.db.transaction() as conn:
        consents.add(conn, CLINIC, [(PATIENT, yes)], now=ctx.clock.now())


def test_a_promo_claimed_first_leaves_the_day_to_care(database: Database) -> None:
    ctx = context(database, all_per_day=1)
    promo, care = plan(ctx, 1, C.PROMO), plan(ctx, 2, C.CARE, HOUR)
    allow_promo(ctx)
    claim(ctx, promo)
    assert after(ctx, promo) == (MessageState.SCHEDULED, "cap", TOMORROW + HOUR)  # promo hours begin at nine
    ctx.clock.advance(HOUR)  # type: ignore[attr-defined]
    claim(ctx, care)
    assert stored(ctx, care.id).state is MessageState.SENT


def test_promo_never_takes_the_room_of_care(database: Database) -> None:
    ctx = context(database, care_per_day=1)
    promo, care = plan(ctx, 1, C.PROMO), plan(ctx, 2, C.CARE)
    allow_promo(ctx)
    claim(ctx, promo)
    claim(ctx, care)
    assert [stored(ctx, m.id).state for m in (promo, care)] == [MessageState.SENT] * 2


@pytest.mark.parametrize("together", [True, False])
def test_a_checkin_claimed_first_waits_for_care(database: Database, together: bool) -> None:
    ctx = context(database, care_per_day=1)
    check, care = plan(ctx, 1, C.CHECKIN), plan(ctx, 2, C.CARE)
    if together:
        run(ctx)
    else:
        claim(ctx, check)
        claim(ctx, care)
    assert after(ctx, check) == (MessageState.SCHEDULED, "cap", TOMORROW)
    assert stored(ctx, care.id).state is MessageState.SENT


def test_one_batch_keeps_the_limit(database: Database) -> None:
    ctx = context(database)
    planned = [plan(ctx, n, C.CARE) for n in range(1, 5)]
    run(ctx)
    assert len(sent(ctx)) == 2
    assert [after(ctx, m)[1] for m in planned if stored(ctx, m.id).state is MessageState.SCHEDULED] == ["cap"] * 2


def test_two_workers_at_once_keep_the_limit(database: Database) -> None:
    ctx = context(database, care_per_day=1)
    planned = [plan(ctx, n, C.CHECKIN) for n in range(1, 7)]
    with ctx.db.transaction() as conn:
        messages.apply(conn, [m.id for m in planned], Signal.CLAIMED, NINE, values={"lease_until": NINE + HOUR})
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda m: deliver.deliver(ctx, [m.id]), planned))
    assert len([m for m in planned if stored(ctx, m.id).state is MessageState.SENT]) == 1


def test_what_lost_goes_at_its_next_time(database: Database) -> None:
    ctx = context(database, care_per_day=1)
    check = plan(ctx, 1, C.CHECKIN)
    plan(ctx, 2, C.CARE)
    run(ctx)
    ctx.clock.set(stored(ctx, check.id).due_at)  # type: ignore[attr-defined]
    run(ctx)
    assert stored(ctx, check.id).state is MessageState.SENT


def test_the_history_names_the_limit(database: Database) -> None:
    ctx = context(database, care_per_day=1)
    check = plan(ctx, 1, C.CHECKIN)
    plan(ctx, 2, C.CARE)
    run(ctx)
    with database.reading() as conn:
        deferred: dict[str, Any] = messages.history(conn, MessageId(check.id))[-1]
    assert deferred["detail"]["text"] == "the patient's limit is reached: 1 a day of care, checkin"
    assert deferred["detail"]["source"] == "clinic's caps, care_per_day"


def test_a_promo_and_a_checkin_never_share_a_day(database: Database) -> None:
    ctx = context(database)
    check, promo = plan(ctx, 1, C.CHECKIN, HOUR), plan(ctx, 2, C.PROMO)
    allow_promo(ctx)
    claim(ctx, promo)
    assert after(ctx, promo) == (MessageState.SCHEDULED, "cap", TOMORROW + HOUR)
    ctx.clock.advance(HOUR)  # type: ignore[attr-defined]
    claim(ctx, check)
    assert stored(ctx, check.id).state is MessageState.SENT
