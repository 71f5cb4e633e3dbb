"""What codes say of a number or a text once they come often enough."""

from datetime import timedelta

import pytest

from followup.domain.escalation import EscalationKind
from followup.domain.halt import HaltScope
from followup.domain.ids import MessageId
from followup.domain.message import Channel, Hold, MessageState
from followup.services import heal, settle
from followup.services.context import Context
from followup.services.routing import halting
from followup.storage import addresses
from followup.storage.database import Database
from tests.builders import CLINIC, PATIENT, PHONE
from tests.fakes import receipt_request
from tests.services.routing.parts import Two, halted, heirs, told
from tests.services.seeds import numbered, run, seed, seed_many, state, stored

S, K = MessageState, EscalationKind
PAIR = (Channel.SMS, PHONE)
DAY = timedelta(days=1)


def ends(two: Two, number: int, code: str = "", *, after: timedelta = timedelta(0)) -> None:
    """One message to the patient, and how it ended."""
    two.clock.advance(after)
    due = two.clock.now()
    seed(two.ctx, number=number, due_at=due, planned_for=due, expires_at=due + 2 * DAY)
    run(two.ctx)
    request = receipt_request("undelivered" if code else "delivered", code=code)
    settle.take_receipt(two.ctx, request, MessageId(f"msg_{number}"), by="first")


def flag(ctx: Context) -> str:
    with ctx.db.reading() as conn:
        return addresses.flags(conn, CLINIC, [PAIR]).get(PAIR, "")


def asked(ctx: Context) -> list[str]:
    return [one.summary for one in told(ctx) if one.kind is K.ADDRESS]


def test_a_reassigned_number_is_checked_before_use(database: Database) -> None:
    two = Two(database)
    ends(two, 1, "30005")
    assert "somebody else" in flag(two.ctx)
    (one,) = [e for e in told(two.ctx) if e.kind is K.ADDRESS]
    assert (one.subject, one.patient_id) == (PATIENT, PATIENT)


@pytest.mark.parametrize(("days", "stopped"), [(30, True), (31, False)])
def test_blocked_twice_in_thirty_days_stops_texts(database: Database, days: int, stopped: bool) -> None:
    two = Two(database)
    ends(two, 1, "30004")
    assert flag(two.ctx) == ""
    ends(two, 2, "30004", after=days * DAY)
    assert bool(flag(two.ctx)) is stopped
    assert len(asked(two.ctx)) == int(stopped)


def test_the_next_text_goes_by_mail_instead(database: Database) -> None:
    two = Two(database)
    ends(two, 1, "30004")
    ends(two, 2, "30004", after=DAY)
    due = two.clock.advance(DAY)
    seed(two.ctx, number=3, due_at=due, expires_at=due + DAY)
    run(two.ctx)
    assert stored(two.ctx, "msg_3").channel is Channel.EMAIL


def test_three_contacts_out_of_reach_flag_it(database: Database) -> None:
    two = Two(database)
    for number in (1, 2, 3):
        assert flag(two.ctx) == ""
        ends(two, number, "30003", after=DAY)
    assert "out of reach" in flag(two.ctx)


def test_one_arrival_between_starts_the_count_anew(database: Database) -> None:
    two = Two(database)
    for number, code in enumerate(("30003", "30003", "", "30003"), 1):
        ends(two, number, code, after=DAY)
    assert flag(two.ctx) == ""


def test_tries_of_one_contact_count_once(database: Database) -> None:
    two = Two(database)
    ends(two, 1, "30003")
    for hours in (1, 18):
        two.pass_time(hours=hours)
        run(two.ctx)
        last = MessageId(chain(two.ctx)[-1])
        settle.take_receipt(two.ctx, receipt_request("undelivered", code="30003"), last, by="first")
    assert (len(chain(two.ctx)), flag(two.ctx)) == (4, "")
    assert stored(two.ctx, chain(two.ctx)[-1]).channels == (Channel.EMAIL,)


def chain(ctx: Context) -> list[str]:
    """The message and all that follow it."""
    line = ["msg_1"]
    for one in line:
        line += [heir.id for heir in heirs(ctx, one)]
    return line


def filtered(two: Two, count: int, of: int) -> None:
    """`of` texts with the same words, of which carriers filter `count`."""
    seed_many(two.ctx, of)
    run(two.ctx)
    for number in range(of, 0, -1):
        request = receipt_request(*(("undelivered",) if number <= count else ("delivered",)), ref=f"r{number}",
                                  code="30007" if number <= count else "")  # fmt: skip
        settle.take_receipt(two.ctx, request, MessageId(f"msg_{number}"), by="first")


@pytest.mark.parametrize(("count", "of", "paused"), [(1, 10, False), (2, 10, True), (0, 10, False)])
def test_a_text_that_is_filtered_often_is_paused(database: Database, count: int, of: int, paused: bool) -> None:
    two = Two(database)
    filtered(two, count, of)
    assert [halt.scope for halt in halted(two.ctx)] == [HaltScope.TEMPLATE] * paused
    assert (K.TEMPLATE in {one.kind for one in told(two.ctx)}) is paused


def test_a_paused_text_waits_whoever_sends_it(database: Database) -> None:
    two = Two(database)
    filtered(two, 2, 10)
    seed(two.ctx, patient=numbered(11), number=11)
    seed(two.ctx, patient=numbered(12), number=12, template_ref="skinpen-microneedling/day-3")
    run(two.ctx)
    assert (stored(two.ctx, "msg_11").hold, state(two.ctx, "msg_12")) == (Hold.TEMPLATE, S.SENT)
    assert heal.heal(two.ctx) == 0
    assert halting.release(two.ctx, "skinpen-microneedling/day-1", by="R. Okafor") == 1
    run(two.ctx)
    assert state(two.ctx, "msg_11") is S.SENT


def test_a_paused_text_goes_on_by_mail(database: Database) -> None:
    two = Two(database)
    filtered(two, 2, 10)
    seed(two.ctx, number=11, channels=(Channel.EMAIL,))
    run(two.ctx)
    assert state(two.ctx, "msg_11") is S.SENT


def test_a_filtered_text_is_never_sent_unchanged(database: Database) -> None:
    two = Two(database)
    ends(two, 1, "30007")
    assert heirs(two.ctx) == []
    assert [one.kind for one in told(two.ctx)] == [K.FAILED]
