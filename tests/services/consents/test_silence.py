"""Suppressions by staff: for all on the address, with an end for soft reasons alone, known by a hash when erased."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from followup.domain.consent import SuppressionReason
from followup.domain.errors import InvalidInput, NotFound
from followup.domain.message import Channel, MessageClass, MessageState, Reason
from followup.domain.offset import Offset
from followup.services import permit
from followup.services.consents import silence
from followup.services.context import Context
from followup.storage import addresses, patients, suppressions
from followup.storage.database import Database
from followup.storage.tables import audit
from followup.storage.tables import suppressions as table
from tests.builders import CLINIC, EMAIL, PHONE, make_clinic, make_ctx, make_patient
from tests.fakes import FakeClock
from tests.services.seeds import run, seed, sent, state, stored
from tests.services.test_answer import is_stopped, write

R = SuppressionReason


def add(ctx: Context, reason: R = R.LEGAL, **more: Any) -> silence.Silenced:
    given = {"channel": Channel.SMS, "address": PHONE, "by": "Okafor", "why": "letter of 2 March", **more}
    return silence.add(ctx, CLINIC, reason=reason, **given)


def release(ctx: Context, reason: R = R.LEGAL, **more: Any) -> int:
    given = {"channel": Channel.SMS, "address": PHONE, "by": "Okafor", "evidence": "called back", **more}
    return silence.release(ctx, CLINIC, reason=reason, **given)


@pytest.mark.parametrize("reason", list(R))
def test_any_reason_stops_everybody_on_the_number(database: Database, reason: R) -> None:
    ctx = make_ctx(database)
    phone = make_patient().contact_points[:1]
    seed(ctx, patient=make_patient(contact_points=phone))
    seed(ctx, patient=make_patient(id="P-18", contact_points=phone), number=2)
    assert add(ctx, reason, address="(416) 555-0123") == silence.Silenced(True, 2)
    run(ctx)
    assert [state(ctx, m) for m in ("msg_1", "msg_2")] == [MessageState.SKIPPED] * 2
    assert sent(ctx) == []


def test_the_same_again_is_no_new_one(database: Database) -> None:
    ctx = make_ctx(database)
    assert [add(ctx).new, add(ctx).new, add(ctx, R.COMPLAINT).new] == [True, False, True]


def test_one_class_may_be_stopped_alone(database: Database) -> None:
    ctx = make_ctx(database)
    add(ctx, R.COMPLAINT, scope=MessageClass.PROMO)
    seed(ctx)
    run(ctx)
    assert len(sent(ctx)) == 1


@pytest.mark.parametrize("reason", [R.HARD_BOUNCE, R.COMPLAINT, R.CARRIER_BLOCK])
def test_a_soft_reason_ends_at_its_time(database: Database, reason: R) -> None:
    clock = FakeClock()
    ctx = make_ctx(database, clock=clock)
    add(ctx, reason, until=clock.now() + timedelta(days=30))
    clock.advance(timedelta(days=30) - timedelta(seconds=1))
    assert is_stopped(ctx)
    clock.advance(timedelta(seconds=1))
    assert not is_stopped(ctx)


@pytest.mark.parametrize("reason", [R.OPT_OUT, R.WRONG_PERSON, R.DECEASED, R.LEGAL])
def test_what_people_told_never_ends_by_itself(database: Database, reason: R) -> None:
    ctx = make_ctx(database)
    with pytest.raises(InvalidInput, match="never ends"):
        add(ctx, reason, until=ctx.clock.now() + timedelta(days=30))


@pytest.mark.parametrize(("life", "days"), [(Offset(days=90), 90), (None, None)])
def test_the_clinic_says_how_long_soft_ones_stand(database: Database, life: Offset | None, days: int | None) -> None:
    clinic = make_clinic(suppression_expiry={"hard_bounce": life, "opt_out": Offset(days=1)})
    ctx = make_ctx(database, clinics=(clinic,))
    with database.transaction() as conn:
        for reason in (R.HARD_BOUNCE, R.OPT_OUT):
            permit.suppress(
                ctx, conn, clinic_id=CLINIC, channel=Channel.EMAIL, address=EMAIL, reason=reason, source="x"
            )
    ends = {one.suppression.reason: one.suppression.until for one in silence.listing(ctx, CLINIC)}
    assert ends[R.HARD_BOUNCE] == (ctx.clock.now() + timedelta(days=days) if days else None)
    assert ends[R.OPT_OUT] is None


def test_a_release_needs_a_name_and_evidence(database: Database) -> None:
    ctx = make_ctx(database)
    add(ctx)
    with pytest.raises(InvalidInput):
        release(ctx, evidence=" ")
    assert release(ctx) == 1
    assert not is_stopped(ctx)
    with pytest.raises(NotFound):
        release(ctx)
    with database.reading() as conn:
        done = [(r.actor, r.action) for r in conn.execute(sa.select(audit).order_by(audit.c.id))]
    assert done == [("Okafor", "suppression.added"), ("Okafor", "suppression.released")]


def test_a_checked_number_is_used_again(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx, channels=(Channel.SMS,))
    write(ctx, "wrong number")
    with database.transaction() as conn:
        addresses.flag(conn, clinic_id=CLINIC, channel=Channel.SMS, address=PHONE, what="x", note="x",
                       now=ctx.clock.now())  # fmt: skip
    release(ctx, R.WRONG_PERSON)
    run(ctx)
    assert "msg_1" in [o.message_id for o in sent(ctx)]


@pytest.mark.parametrize("address", ["", "nonsense", "+1", "name@example.com"])
def test_what_is_no_number_cannot_be_suppressed(database: Database, address: str) -> None:
    with pytest.raises(InvalidInput):
        add(make_ctx(database), address=address)


def test_a_landline_can_be_suppressed_as_well(database: Database) -> None:
    assert add(make_ctx(database), address="+442072193000").new


@pytest.mark.parametrize(("channel", "address"), [(Channel.SMS, PHONE), (Channel.EMAIL, EMAIL)])
def test_a_blanked_address_stays_suppressed(database: Database, channel: Channel, address: str) -> None:
    ctx = make_ctx(database)
    add(ctx, channel=channel, address=address)
    with database.transaction() as conn:
        conn.execute(sa.update(table).values(address=""))
        patients.put(conn, make_patient(id="P-99", given_name="Ann"), ctx.clock.now())
    seed(ctx, channels=(channel,))
    run(ctx)
    assert (state(ctx), stored(ctx).reason) == (MessageState.SKIPPED, Reason.OPTED_OUT)
    assert not add(ctx, channel=channel, address=address).new
    assert release(ctx, channel=channel, address=address) == 1


def test_the_hash_needs_the_secret_key(database: Database) -> None:
    ctx, other = make_ctx(database), make_ctx(database, signer=type(make_ctx(database).signer)("another"))
    add(ctx)
    with database.transaction() as conn:
        conn.execute(sa.update(table).values(address=""))
        stolen = conn.scalar(sa.select(table.c.mark))
    assert PHONE not in stolen
    assert stolen != other.signer.mark(Channel.SMS, PHONE)
    assert (is_stopped(ctx), is_stopped(other)) == (True, False)


def test_capitals_of_a_mailbox_hide_nothing(database: Database) -> None:
    ctx = make_ctx(database)
    add(ctx, channel=Channel.EMAIL, address="Ana@Example.com")
    with database.reading() as conn:
        found = suppressions.active(conn, CLINIC, [(Channel.EMAIL, EMAIL)], ctx.clock.now(), mark=ctx.signer.mark)
    assert found


def test_start_promises_nothing_while_another_reason_stands(database: Database) -> None:
    ctx = make_ctx(database)
    add(ctx)
    write(ctx, "DEBUT")
    run(ctx)
    assert sent(ctx) == []
