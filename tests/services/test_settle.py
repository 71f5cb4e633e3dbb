"""Receipts in every order, and what is unknown is found out or told."""

from datetime import timedelta

import pytest

from followup.domain.errors import Forbidden
from followup.domain.escalation import Escalation, EscalationKind, EscalationState
from followup.domain.ids import MessageId
from followup.domain.message import Channel, MessageState, Reason
from followup.domain.outcome import CodeClass, CodeEntry, Scope, Unknown
from followup.ports import HookRequest, Undecidable
from followup.sandbox.fakes import Swallowed
from followup.services import settle
from followup.services.context import Context
from followup.storage import escalations, receipts
from followup.storage.database import Database
from tests.builders import CLINIC, make_ctx, make_patient
from tests.fakes import FakeClock, FakeProvider, receipt_request
from tests.services.seeds import fake, run, seed, sent, state, stored

S = MessageState
ID = MessageId("msg_1")
SETTLE = timedelta(minutes=16)


def take(ctx: Context, *statuses: str, code: str = "") -> None:
    for status in statuses:
        settle.take_receipt(ctx, receipt_request(status, code=code), ID)


@pytest.mark.parametrize(
    ("order", "end"),
    [
        (("queued", "sent", "delivered"), S.DELIVERED),
        (("delivered", "sent", "queued"), S.DELIVERED),
        (("delivered", "delivered"), S.DELIVERED),
        (("delivered", "undelivered"), S.DELIVERED),
        (("undelivered", "delivered"), S.DELIVERED),
        (("sent", "undelivered", "sent"), S.UNDELIVERED),
    ],
)
def test_receipts_in_any_order_end_in_one_state(database: Database, order: tuple[str, ...], end: S) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    run(ctx)
    take(ctx, *order)
    assert state(ctx) is end


def test_every_receipt_is_kept_once(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    run(ctx)
    take(ctx, "sent", "sent", "delivered", "sent")
    with database.reading() as conn:
        assert [r["provider_status"] for r in receipts.of_message(conn, ID)] == ["sent", "delivered"]


def test_a_forged_receipt_changes_nothing(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    forged = HookRequest("http://test/hooks", {}, [("MessageStatus", "delivered")], b"")
    with pytest.raises(Forbidden):
        settle.take_receipt(ctx, forged, ID)
    assert state(ctx) is S.SCHEDULED


def test_a_receipt_for_no_message_is_kept(database: Database) -> None:
    ctx = make_ctx(database)
    assert settle.take_receipt(ctx, receipt_request("delivered"), MessageId("msg_none")) is False
    with database.reading() as conn:
        assert len(receipts.unknown(conn, 10)) == 1


def test_a_late_word_of_an_earlier_try_undoes_nothing(database: Database) -> None:
    ctx, ops = unknown(database, taken=False)
    ops.advance(SETTLE)
    run(ctx)
    assert (state(ctx), stored(ctx).attempt_no) == (S.SENT, 2)
    settle.take_receipt(ctx, receipt_request("undelivered", ref="SM-of-the-first"), ID)
    assert state(ctx) is S.SENT
    settle.take_receipt(ctx, receipt_request("delivered", ref="SM-of-the-first"), ID)
    assert state(ctx) is S.DELIVERED


@pytest.mark.parametrize(("code", "kinds"), [("", ["failed"]), ("30999", ["failed"])])
def test_what_did_not_arrive_blames_no_good_number(database: Database, code: str, kinds: list[str]) -> None:
    ctx = make_ctx(database)
    seed(ctx, patient=make_patient(contact_points=make_patient().contact_points[:1]))
    run(ctx)
    take(ctx, "undelivered", code=code)
    run(ctx)
    assert [one.kind for one in told(ctx)] == kinds
    assert state(ctx) is S.UNDELIVERED


def test_a_warning_in_a_receipt_is_told_once(database: Database) -> None:
    warning = CodeEntry("30025", CodeClass.WARNING, "Half of the daily cap is used.", scope=Scope.SENDER)
    sms = FakeProvider(codes={"30025": warning})
    ctx = make_ctx(database, providers={Channel.SMS: sms, Channel.EMAIL: FakeProvider(Channel.EMAIL)})
    seed(ctx)
    run(ctx)
    for status in ("sent", "delivered"):
        request = receipt_request(status, code="30025", ref=stored(ctx).provider_ref or "")
        settle.take_receipt(ctx, request, ID)
    assert state(ctx) is S.DELIVERED
    assert [one.kind for one in told(ctx)] == [EscalationKind.PROVIDER]


def test_a_late_receipt_settles_what_was_unknown(database: Database) -> None:
    ctx = make_ctx(database)
    fake(ctx).script.append(Swallowed())
    seed(ctx)
    run(ctx)
    take(ctx, "delivered")
    assert state(ctx) is S.DELIVERED
    assert len(sent(ctx)) == 1


def unknown(database: Database, *, taken: bool, channel: Channel = Channel.SMS) -> tuple[Context, FakeClock]:
    ops = FakeClock()
    ctx = make_ctx(database, ops=ops)
    fake(ctx, channel).script.append(Swallowed() if taken else Unknown("timeout", "no answer in time"))
    seed(ctx, channels=(channel,))
    run(ctx)
    assert state(ctx) is S.UNCONFIRMED
    return ctx, ops


def test_a_look_up_finds_what_was_taken(database: Database) -> None:
    ctx, ops = unknown(database, taken=True)
    ops.advance(timedelta(minutes=2))
    run(ctx)
    assert state(ctx) is S.SENT
    assert stored(ctx).provider_ref is not None
    assert len(sent(ctx)) == 1


def test_absence_is_believed_only_after_settling(database: Database) -> None:
    ctx, ops = unknown(database, taken=False)
    ops.advance(timedelta(minutes=14))
    run(ctx)
    assert state(ctx) is S.UNCONFIRMED
    ops.advance(timedelta(minutes=2))
    run(ctx)
    assert state(ctx) is S.SENT
    assert len(sent(ctx)) == 1


def test_absent_twice_is_given_up_and_told(database: Database) -> None:
    ctx, ops = unknown(database, taken=False)
    fake(ctx).script.append(Unknown("timeout", "no answer in time"))
    for _ in range(4):
        ops.advance(SETTLE)
        run(ctx)
    assert stored(ctx).reason == Reason.ABANDONED
    assert len(told(ctx)) == 1


def test_what_nobody_can_know_is_told_not_guessed(database: Database) -> None:
    ctx, ops = unknown(database, taken=False)
    fake(ctx).looks.append(Undecidable("texts are redacted"))
    ops.advance(SETTLE)
    run(ctx)
    assert state(ctx) is S.UNCONFIRMED
    assert len(told(ctx)) == 1


def test_a_care_mail_in_doubt_goes_again_once(database: Database) -> None:
    ctx, ops = unknown(database, taken=True, channel=Channel.EMAIL)
    mail = fake(ctx, Channel.EMAIL)
    mail.looks.extend([Undecidable("no look-up"), Undecidable("no look-up")])
    mail.script.append(Swallowed())
    for _ in range(3):
        ops.advance(SETTLE)
        run(ctx)
    assert [o.message_id for o in mail.ledger if o.message_id == ID] == [ID, ID]
    assert state(ctx) is S.UNCONFIRMED
    assert len(told(ctx)) == 1


def test_an_equal_text_in_doubt_is_never_guessed(database: Database) -> None:
    ops = FakeClock()
    ctx = make_ctx(database, ops=ops)
    fake(ctx).script.extend([Swallowed(), Unknown("timeout", "no answer")])
    seed(ctx)
    seed(ctx, number=2)
    run(ctx)
    ops.advance(timedelta(minutes=2))
    run(ctx)
    assert {state(ctx, "msg_1"), state(ctx, "msg_2")} <= {S.UNCONFIRMED, S.SENT}
    assert len(sent(ctx)) == 1


def told(ctx: Context) -> list[object]:
    with ctx.db.reading() as conn:
        return list(escalations.listing(conn, CLINIC, states=[EscalationState.OPEN]))


def test_a_provider_that_cannot_be_asked_is_asked_again(database: Database) -> None:
    ctx, ops = unknown(database, taken=True)
    fake(ctx).looks.append(Undecidable("429", again=True))
    for _ in range(3):
        ops.advance(timedelta(minutes=2))
        run(ctx)
    assert state(ctx) is S.SENT


def test_a_doubt_that_lasts_is_told_and_ends(database: Database) -> None:
    ctx, ops = unknown(database, taken=True)
    fake(ctx).looks.extend([Undecidable("401", again=True)] * 2)
    for told in (0, 1):
        ops.advance(timedelta(hours=1 + 3 * told))
        run(ctx)
        assert (state(ctx), len(doubts(ctx))) == (S.UNCONFIRMED, told)
    ops.advance(timedelta(hours=1))
    run(ctx)
    assert (state(ctx), doubts(ctx)) == (S.SENT, [])


def doubts(ctx: Context) -> list[Escalation]:
    """What staff are asked to decide now."""
    with ctx.db.reading() as conn:
        found = escalations.listing(conn, CLINIC, states=[EscalationState.OPEN])
    return [one for one in found if one.kind is EscalationKind.UNCONFIRMED]


def test_a_dead_process_leaves_its_sends_to_look_up(database: Database) -> None:
    ops = FakeClock()
    ctx = make_ctx(database, ops=ops)
    fake(ctx).script.append(Swallowed(Unknown("crash", "")))
    seed(ctx)
    from followup.services import begin, dispatch

    dispatch.sweep(ctx)
    begin.begin(ctx, [ID])
    ops.advance(timedelta(minutes=2))
    dispatch.sweep(ctx)
    assert state(ctx) is S.UNCONFIRMED
