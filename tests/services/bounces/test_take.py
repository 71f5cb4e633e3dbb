"""A bounce gives its message an end and its address what the code asks for; nothing else suppresses anybody."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from followup.domain.mail.returned import ReturnedKind
from followup.domain.message import Channel, MessageState
from followup.domain.outcome import Accepted, Unknown
from followup.services.bounces.judge import Deed
from followup.services.bounces.take import take_bounce
from followup.storage import receipts
from followup.storage.database import Database
from followup.storage.tables import audit, messages, returns
from tests.builders import EMAIL, PHONE, make_clinic
from tests.fakes import FakeClock, FakeProvider
from tests.mails import MARKS, corpus, expected
from tests.services.bounces.parts import mail_another, mailed, rows, soft, suppressed, take, told
from tests.services.seeds import run, sent, state, stored

S = MessageState
D = Deed
GONE = (EMAIL, "hard_bounce", None)


def test_a_dead_mailbox_ends_message_and_address(database: Database) -> None:
    ctx = mailed(database)
    taken = take(ctx, "postfix-unknown-user")
    assert (taken.kind, taken.message_id, taken.did) == (ReturnedKind.BOUNCE, "msg_1", (D.RECEIPT, D.SUPPRESSED))
    assert state(ctx) is S.UNDELIVERED
    assert suppressed(ctx) == [GONE]
    assert ("suppression.added", f"bounce {taken.id}") in rows(ctx, audit, "action", "subject")


def test_the_text_goes_where_the_mail_did_not(database: Database) -> None:
    ctx = mailed(database)
    take(ctx, "gmail-no-account")
    run(ctx)
    assert [one.to for one in sent(ctx, Channel.SMS)] == [PHONE]
    assert told(ctx) == []


def test_without_another_way_a_person_is_told(database: Database) -> None:
    ctx = mailed(database, channels=(Channel.EMAIL,))
    take(ctx, "exim-unrouteable")
    assert told(ctx) == [("failed", "msg_1")]


def test_the_history_shows_the_code(database: Database) -> None:
    ctx = mailed(database)
    take(ctx, "exchange-not-found")
    with database.reading() as conn:
        kept = receipts.of_message(conn, stored(ctx).id)
    assert [(r["status"], r["provider_status"], r["error_code"]) for r in kept] == [("undelivered", "failed", "5.1.10")]


@pytest.mark.parametrize("row", [pytest.param(row, id=row["file"]) for row in expected()])
def test_only_dead_mailboxes_are_given_up_at_once(sqlite_db: Database, row: Mapping[str, str]) -> None:
    ctx = mailed(sqlite_db)
    take(ctx, row["file"])
    dead = row["action"] == "failed" and row["code"].startswith("5.1.")
    assert [(a, r) for a, r, _ in suppressed(ctx) if r == "hard_bounce"] == ([(EMAIL, "hard_bounce")] if dead else [])
    assert (state(ctx) is S.UNDELIVERED) == (row["action"] == "failed")
    assert [kind for (kind,) in rows(ctx, returns, "kind")] == [row["kind"]]


def test_the_same_mail_twice_does_nothing_twice(database: Database) -> None:
    ctx = mailed(database)
    first, again = take(ctx, "postfix-full"), take(ctx, "postfix-full")
    assert (first.fresh, again.fresh, again.id, again.did) == (True, False, first.id, ())
    assert soft(ctx) == 1


def test_twenty_copies_at_once_are_one(database: Database) -> None:
    ctx = mailed(database)
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: take(ctx, "postfix-unknown-user"), range(20)))
    assert [t.fresh for t in taken].count(True) == 1
    assert (len({t.id for t in taken}), suppressed(ctx)) == (1, [GONE])
    assert len(rows(ctx, messages, "id")) == 2


def test_many_words_on_one_mail_at_once_end_well(database: Database) -> None:
    ctx = mailed(database)
    names = ("postfix-unknown-user", "arf-abuse", "postfix-delayed", "gmail-over-quota", "qmail-no-mailbox") * 3
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda name: take(ctx, name), names))
    assert [t.fresh for t in taken].count(True) == 5
    assert set(suppressed(ctx)) == {(EMAIL, "complaint", "promo"), GONE}


@pytest.mark.parametrize(
    "forge",
    [
        {"b+msg_1.": "b+msg_9."},
        {"@RETURN_PATH@": "b+msg_1.aaaaaaaaaaaaaaaa@bounces.clinic.example", "@MESSAGE_ID@": "<x@clinic.example>"},
        {"@RETURN_PATH@": "care@clinic.example", "@MESSAGE_ID@": "<guess@clinic.example>"},
    ],
)
def test_a_forged_bounce_suppresses_nobody(database: Database, forge: dict[str, str]) -> None:
    ctx = mailed(database)
    taken = take(ctx, "postfix-unknown-user", **{"@MESSAGE_ID@": "<x@clinic.example>", **forge})
    assert (taken.kind, taken.message_id, taken.did) == (ReturnedKind.BOUNCE, None, ())
    assert (suppressed(ctx), state(ctx)) == ([], S.SENT)


def test_the_report_cannot_choose_whom_it_suppresses(database: Database) -> None:
    ctx = mailed(database)
    take(ctx, "postfix-unknown-user", to="victim@example.com")
    assert suppressed(ctx) == [GONE]


def ref() -> str:
    """The Message-ID of the first message."""
    return MARKS.message_id(stored_id(), "clinic.example")


def stored_id() -> Any:
    return "msg_1"


@pytest.mark.parametrize("outcome", [Accepted(ref()), Unknown("timeout", "no answer")])
def test_a_message_id_leads_to_the_message_too(database: Database, outcome: Any) -> None:
    providers = {Channel.SMS: FakeProvider(), Channel.EMAIL: FakeProvider(Channel.EMAIL, outcomes=[outcome])}
    ctx = mailed(database, providers=providers)
    taken = take(ctx, "relay-without-return-path")
    assert (taken.message_id, suppressed(ctx), state(ctx)) == ("msg_1", [GONE], S.UNDELIVERED)


def test_a_message_id_without_our_recipient_proves_nothing(database: Database) -> None:
    providers = {Channel.SMS: FakeProvider(), Channel.EMAIL: FakeProvider(Channel.EMAIL, outcomes=[Accepted(ref())])}
    ctx = mailed(database, providers=providers)
    taken = take(ctx, "relay-without-return-path", to="other@example.com")
    assert (taken.message_id, suppressed(ctx)) == (None, [])


def test_the_door_s_recipient_goes_before_the_text(database: Database) -> None:
    ctx = mailed(database)
    mail_another(ctx, 2, address="ben@example.com")
    raw = corpus("postfix-unknown-user", message_id="msg_2")
    taken = take_bounce(ctx, raw, door="test", recipient=MARKS.return_path(stored_id(), "x.example"))
    assert taken.message_id == "msg_1"


def test_a_full_mailbox_has_three_strikes(database: Database) -> None:
    ctx = mailed(database)
    take(ctx, "postfix-full")
    for number in (2, 3):
        assert suppressed(ctx) == []
        mail_another(ctx, number, later=timedelta(days=2))
        take(ctx, "postfix-full", message_id=f"msg_{number}")
    assert (suppressed(ctx), soft(ctx)) == ([GONE], 3)


def test_strikes_older_than_thirty_days_are_over(database: Database) -> None:
    ctx = mailed(database)
    take(ctx, "postfix-full")
    for number, days in ((2, 10), (3, 21)):
        mail_another(ctx, number, later=timedelta(days=days))
        take(ctx, "postfix-full", message_id=f"msg_{number}")
    assert (suppressed(ctx), soft(ctx)) == ([], 2)


def test_a_message_strikes_once_however_often_reported(database: Database) -> None:
    ctx = mailed(database)
    for number in range(4):
        take(ctx, "postfix-full", **{"4XyZ1a0Qbz9k": f"queue{number}"})
    assert (suppressed(ctx), soft(ctx)) == ([], 1)


def test_a_disabled_mailbox_is_given_up_the_second_time(database: Database) -> None:
    ctx = mailed(database)
    take(ctx, "yahoo-disabled")
    assert suppressed(ctx) == []
    mail_another(ctx, 2, later=timedelta(days=3))
    take(ctx, "yahoo-disabled", message_id="msg_2")
    assert suppressed(ctx) == [GONE]


def test_a_delay_suppresses_nobody_and_ends_nothing(database: Database) -> None:
    ctx = mailed(database)
    taken = take(ctx, "postfix-delayed")
    assert (taken.did, state(ctx), suppressed(ctx)) == ((D.RECEIPT,), S.SENT, [])


def test_a_late_bounce_after_delivery_changes_no_state(database: Database) -> None:
    ctx = mailed(database)
    take(ctx, "arf-abuse")
    take(ctx, "postfix-expired")
    assert state(ctx) is S.DELIVERED


def test_what_nobody_trusts_is_told_once_a_code(database: Database) -> None:
    ctx = mailed(database)
    mail_another(ctx, 2, address="ben@example.com")
    for number, address in ((1, EMAIL), (2, "ben@example.com")):
        take(ctx, "gmail-not-authenticated", message_id=f"msg_{number}", to=address)
    assert (suppressed(ctx), told(ctx)) == ([], [("provider", "fake 5.7.26")])


def test_a_system_that_refuses_many_is_told_once(sqlite_db: Database) -> None:
    ctx = mailed(sqlite_db)
    take(ctx, "sendmail-policy")
    for number in range(2, 8):
        mail_another(ctx, number, address=f"p{number}@example.com")
        before = [subject for kind, subject in told(ctx) if kind == "bounces"]
        assert before == (["mail to example.com"] if number > 5 else [])
        take(ctx, "sendmail-policy", message_id=f"msg_{number}", to=f"p{number}@example.com")
    assert suppressed(ctx) == []


def test_a_complaint_ends_promo_and_nothing_else(database: Database) -> None:
    ctx = mailed(database)
    for name in ("arf-abuse", "arf-redacted"):
        assert take(ctx, name).kind is ReturnedKind.COMPLAINT
    assert suppressed(ctx) == [(EMAIL, "complaint", "promo")]
    assert state(ctx) is S.DELIVERED


@pytest.mark.parametrize(
    "name", ["vacation-rfc3834", "vacation-exchange-french", "challenge", "read-receipt", "arf-not-spam"]
)
def test_automatic_mail_is_kept_and_changes_nothing(database: Database, name: str) -> None:
    ctx = mailed(database)
    taken = take(ctx, name)
    assert (taken.did, taken.message_id) == ((), "msg_1")
    assert (state(ctx), suppressed(ctx), told(ctx)) == (S.SENT, [], [])


def test_a_mail_to_staff_that_comes_back_is_told_once(database: Database) -> None:
    ctx = mailed(database, channels=(Channel.EMAIL,))
    take(ctx, "postfix-unknown-user")
    run(ctx)
    (alert,) = [one.message_id for one in sent(ctx, Channel.EMAIL) if one.message_id.startswith("esc_")]
    for part in ("one", "two"):
        taken = take(ctx, "postfix-unknown-user", message_id=alert, to="desk@clinic.example", **{"4XyZ2b1Rcz9m": part})
        assert taken.did == (D.TOLD,)
    assert [t for t in told(ctx) if t[0] == "bounces"] == [("bounces", "alerts_to")]


@pytest.mark.parametrize("raw", [b"", b"\xff\x00", b"a: b", b"\n\n\n"])
def test_what_is_no_mail_is_kept_for_people(database: Database, raw: bytes) -> None:
    ctx = mailed(database, clinics=(make_clinic(),))
    assert take_bounce(ctx, raw, door="test").fresh
    assert rows(ctx, returns, "clinic_id", "raw") == [("canstrive", raw)]


def test_patients_time_runs_the_window(database: Database) -> None:
    ctx = mailed(database)
    assert isinstance(ctx.clock, FakeClock)
    ctx.clock.advance(timedelta(days=400))
    take(ctx, "postfix-full")
    assert rows(ctx, returns, "received_at") == [(ctx.clock.now(),)]
