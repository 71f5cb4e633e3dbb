"""Staff see what came back, and give a mailbox another chance."""

from datetime import timedelta

import pytest

from followup.domain.errors import InvalidInput, NotFound
from followup.domain.mail.returned import ReturnedKind
from followup.services.bounces import review
from followup.storage.database import Database
from followup.storage.tables import addresses, audit, returns, suppressions
from tests.builders import CLINIC, EMAIL
from tests.fakes import FakeClock
from tests.services.bounces.parts import mail_another, mailed, rows, soft, take

K = ReturnedKind


def test_staff_see_what_came_back_newest_first(database: Database) -> None:
    ctx = mailed(database)
    for name in ("postfix-delayed", "arf-abuse", "letter", "challenge"):
        take(ctx, name)
    assert [row.kind for row in review.came_back(ctx, CLINIC)] == [K.CHALLENGE, K.COMPLAINT, K.BOUNCE]
    assert [row.action for row in review.about_message(ctx, CLINIC, "msg_1")] == ["delayed", "", ""]


def test_mail_to_nobody_of_ours_is_shown(database: Database) -> None:
    ctx = mailed(database)
    take(ctx, "postfix-unknown-user", message_id="msg_unknown")
    (row,) = review.came_back(ctx, CLINIC)
    assert (row.message_id, row.note) == (None, "It speaks of no mail of ours.")


def test_a_look_at_the_words_is_audited(database: Database) -> None:
    ctx = mailed(database)
    taken = take(ctx, "postfix-unknown-user")
    seen = review.look(ctx, CLINIC, taken.id, by="Kim")
    assert seen.returned is not None
    assert seen.returned.fates[0].final == EMAIL
    assert ("Kim", "return.viewed", taken.id) in rows(ctx, audit, "actor", "action", "subject")


def test_a_forgiven_mailbox_starts_anew(database: Database) -> None:
    ctx = mailed(database)
    take(ctx, "yahoo-disabled")
    mail_another(ctx, 2, later=timedelta(days=1))
    last = take(ctx, "yahoo-disabled", message_id="msg_2")
    assert review.forgive(ctx, CLINIC, last.id, by="Kim") == 1
    assert rows(ctx, suppressions, "released_by") == [("Kim",)]
    assert (soft(ctx), [flag for (flag,) in rows(ctx, addresses, "flag") if flag]) == (0, [])
    mail_another(ctx, 3, later=timedelta(days=1))
    take(ctx, "yahoo-disabled", message_id="msg_3")
    assert len(rows(ctx, suppressions, "reason")) == 1


def test_a_complaint_is_not_forgiven(database: Database) -> None:
    ctx = mailed(database)
    taken = take(ctx, "arf-abuse")
    assert review.forgive(ctx, CLINIC, taken.id, by="Kim") == 0
    assert rows(ctx, suppressions, "released_by") == [(None,)]


def test_only_mail_about_our_messages_is_forgiven(database: Database) -> None:
    ctx = mailed(database)
    taken = take(ctx, "postfix-unknown-user", message_id="msg_unknown")
    with pytest.raises(InvalidInput):
        review.forgive(ctx, CLINIC, taken.id, by="Kim")
    with pytest.raises(NotFound):
        review.forgive(ctx, CLINIC, "ret_none", by="Kim")


def test_the_bytes_go_after_ninety_days(database: Database) -> None:
    ctx = mailed(database)
    taken = take(ctx, "postfix-unknown-user")
    assert isinstance(ctx.clock, FakeClock)
    ctx.clock.advance(timedelta(days=89))
    assert review.shred(ctx) == 0
    ctx.clock.advance(timedelta(days=2))
    assert (review.shred(ctx), review.shred(ctx)) == (1, 0)
    assert review.look(ctx, CLINIC, taken.id, by="Kim").returned is None
    assert rows(ctx, returns, "code", "raw") == [("5.1.1", None)]
