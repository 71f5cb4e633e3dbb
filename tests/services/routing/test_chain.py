"""After a refusal or a lost text: further tries in patients' time, the next channel, and no copy too many."""

from dataclasses import replace
from datetime import timedelta

import pytest

from followup.domain.consent import SuppressionReason
from followup.domain.ids import MessageId
from followup.domain.message import Channel, MessageClass, MessageState, Reason
from followup.domain.outcome import Rejected
from followup.providers.twilio_codes import CODES
from followup.services import permit, settle
from followup.storage.database import Database
from tests.builders import CLINIC, EMAIL, make_patient
from tests.fakes import receipt_request
from tests.services.routing.parts import Two, heirs, told
from tests.services.seeds import run, seed, state, stored

S = MessageState
HOUR = timedelta(hours=1)


def undelivered(two: Two, code: str, message: str = "msg_1") -> None:
    settle.take_receipt(two.ctx, receipt_request("undelivered", code=code), MessageId(message), by="first")


def refused(code: str) -> Rejected:
    return Rejected(code, CODES[code].kind, CODES[code].detail)


def test_a_further_try_waits_for_the_window(database: Database) -> None:
    two = Two(database)
    two.pass_time(hours=4, minutes=30)  # 20:00 in Toronto
    seed(two.ctx, due_at=two.clock.now())
    run(two.ctx)
    undelivered(two, "30003")
    two.pass_time(hours=1)
    run(two.ctx)
    (heir,) = heirs(two.ctx)
    assert (heir.state, heir.due_at.hour) == (S.SCHEDULED, 13)  # 08:00 in Toronto
    assert two.calls == (1, 0)


@pytest.mark.parametrize("code", ["30003", "21611"])
def test_no_try_comes_after_the_deadline(database: Database, code: str) -> None:
    two = Two(database)
    if code == "21611":
        two.first.script.append(refused(code))
    seed(two.ctx, expires_at=two.clock.now() + timedelta(minutes=20))
    run(two.ctx)
    if code == "30003":
        undelivered(two, code)
    run(two.ctx)
    assert two.calls == (1, 0)
    assert [letter.to for letter in two.mail.ledger] == [EMAIL]


def test_a_full_queue_is_tried_twice_then_mailed(database: Database) -> None:
    two = Two(database)
    two.first.script.extend([refused("21611")] * 3)
    two.second.script.extend([refused("21611")] * 3)
    seed(two.ctx)
    for minutes in (0, 30, 60):
        two.pass_time(minutes=minutes)
        run(two.ctx)
    assert (sum(two.calls), state(two.ctx), len(two.mail.ledger)) == (3, S.FAILED, 1)


def test_a_fall_back_ends_with_its_deadline(database: Database) -> None:
    two = Two(database)
    seed(two.ctx, expires_at=two.clock.now() + HOUR)
    run(two.ctx)
    two.pass_time(hours=2)
    undelivered(two, "30006")
    run(two.ctx)
    assert heirs(two.ctx) == []
    assert EMAIL not in {letter.to for letter in two.mail.ledger}


def test_the_next_channel_asks_its_own_gate(database: Database) -> None:
    two = Two(database)
    seed(two.ctx)
    run(two.ctx)
    with database.transaction() as conn:
        permit.suppress(two.ctx, conn, clinic_id=CLINIC, channel=Channel.EMAIL, address=EMAIL,
                        reason=SuppressionReason.COMPLAINT, source="test")  # fmt: skip
    undelivered(two, "30006")
    run(two.ctx)
    (heir,) = heirs(two.ctx)
    assert (heir.state, heir.reason) == (S.SKIPPED, Reason.OPTED_OUT)
    assert EMAIL not in {letter.to for letter in two.mail.ledger}


def test_a_late_arrival_cancels_all_that_follow(database: Database) -> None:
    two = Two(database)
    seed(two.ctx)
    run(two.ctx)
    undelivered(two, "30003")
    two.pass_time(hours=1)
    run(two.ctx)
    (second,) = heirs(two.ctx)
    undelivered(two, "30003", second.id)
    (third,) = heirs(two.ctx, second.id)
    settle.take_receipt(two.ctx, receipt_request("delivered"), MessageId("msg_1"), by="first")
    assert (state(two.ctx), state(two.ctx, second.id)) == (S.DELIVERED, S.UNDELIVERED)
    assert (state(two.ctx, third.id), stored(two.ctx, third.id).reason) == (S.CANCELLED, Reason.DUPLICATE)


@pytest.mark.parametrize(
    ("kind", "channels"),
    [(MessageClass.CARE, (Channel.SMS, Channel.EMAIL)), (MessageClass.CHECKIN, (Channel.EMAIL,))],
)
def test_a_time_out_of_the_carrier_repeats_care(
    database: Database, kind: MessageClass, channels: tuple[Channel, ...]
) -> None:
    two = Two(database)
    seed(two.ctx, message_class=kind)
    run(two.ctx)
    undelivered(two, "30410")
    assert heirs(two.ctx)[0].channels == channels


def test_with_no_channel_left_staff_are_told(database: Database) -> None:
    two = Two(database)
    only = replace(make_patient(), contact_points=make_patient().contact_points[:1])
    seed(two.ctx, patient=only, channels=(Channel.SMS,))
    run(two.ctx)
    undelivered(two, "30006")
    assert [one.subject for one in told(two.ctx)] == ["msg_1"]
