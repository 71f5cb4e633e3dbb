"""Links and what people forbid: unguessable, kept as digests, in force at once and once."""

from datetime import timedelta
from threading import Event, Thread

import pytest
import sqlalchemy as sa

from followup.domain.consent import SuppressionReason
from followup.domain.ids import ClinicId
from followup.domain.message import Channel, MessageState
from followup.services import permit
from followup.services.context import Context
from followup.services.links import LIFE, LinkKind, Signer, find_link, make_link
from followup.storage import suppressions
from followup.storage.database import Database
from followup.storage.tables import audit, links
from tests.builders import CLINIC, EMAIL, PHONE, SECRET, make_ctx
from tests.fakes import FakeClock
from tests.services.seeds import run, seed, sent, state


def suppress(ctx: Context, channel: Channel = Channel.SMS, address: str = PHONE) -> bool:
    """Suppress an address in a transaction of its own."""
    with ctx.db.transaction() as conn:
        return permit.suppress(
            ctx, conn, clinic_id=CLINIC, channel=channel, address=address, reason=SuppressionReason.OPT_OUT,
            source="keyword in_1",
        )  # fmt: skip


def test_a_token_is_22_characters_of_a_secret() -> None:
    tokens = {
        Signer(secret).token(kind, ClinicId(clinic), subject)
        for secret in ("a", "b")
        for kind in LinkKind
        for clinic, subject in (("x", "yz"), ("xy", "z"), ("x", "y"))
    }
    assert len(tokens) == 2 * len(LinkKind) * 3
    assert {len(t) for t in tokens} == {22}


def test_only_the_digest_of_a_token_is_stored(database: Database) -> None:
    ctx = make_ctx(database)
    with database.transaction() as conn:
        token = make_link(ctx, conn, LinkKind.MESSAGE, clinic_id=CLINIC, subject="msg_1")
        stored = repr(conn.execute(sa.select(links)).all())
    assert token == Signer(SECRET).token(LinkKind.MESSAGE, CLINIC, "msg_1")
    assert token not in stored


@pytest.mark.parametrize("kind", list(LinkKind))
def test_a_link_made_again_lives_longer(database: Database, kind: LinkKind) -> None:
    clock = FakeClock()
    ctx = make_ctx(database, clock=clock)
    with database.transaction() as conn:
        for _ in range(2):
            token = make_link(ctx, conn, kind, clinic_id=CLINIC, subject="msg_1")
            clock.advance(LIFE[kind] - timedelta(seconds=1))
        assert find_link(ctx, conn, kind, token) is not None
        clock.advance(timedelta(seconds=1))
        assert find_link(ctx, conn, kind, token) is None


def test_suppressing_twice_is_one_act(database: Database) -> None:
    ctx = make_ctx(database)
    assert [suppress(ctx), suppress(ctx)] == [True, False]
    with database.reading() as conn:
        entries = conn.execute(sa.select(audit.c.action, audit.c.subject, audit.c.detail)).all()
    assert [e.action for e in entries] == ["suppression.added"]
    assert PHONE not in repr(entries)


def test_a_suppressed_number_gets_nothing_but_mail(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    suppress(ctx)
    run(ctx)
    assert sent(ctx) == []
    assert [o.to for o in sent(ctx, Channel.EMAIL)] == [EMAIL]


def test_a_suppression_of_all_addresses_ends_it(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    suppress(ctx)
    suppress(ctx, Channel.EMAIL, EMAIL)
    run(ctx)
    assert state(ctx) is MessageState.SKIPPED


@pytest.mark.parametrize(
    ("reason", "source", "ended"),
    [
        (SuppressionReason.OPT_OUT, "keyword in_1", 1),
        (SuppressionReason.CARRIER_BLOCK, "code 21610", 1),
        (SuppressionReason.OPT_OUT, "staff Kim", 0),
        (SuppressionReason.OPT_OUT, "link msg_1", 0),
        (SuppressionReason.LEGAL, "keyword in_1", 0),
        (SuppressionReason.WRONG_PERSON, "keyword in_1", 0),
    ],
)
def test_start_ends_only_what_stop_did(database: Database, reason: SuppressionReason, source: str, ended: int) -> None:
    ctx = make_ctx(database)
    with database.transaction() as conn:
        named = {"clinic_id": CLINIC, "channel": Channel.SMS, "address": PHONE}
        permit.suppress(ctx, conn, **named, reason=reason, source=source)
        assert permit.release_keyword(ctx, conn, **named, source="keyword in_2") == ended
        assert (
            len(suppressions.active(conn, CLINIC, [(Channel.SMS, PHONE)], ctx.clock.now(), mark=ctx.signer.mark))
            == 1 - ended
        )


def test_a_stop_waits_for_a_start_in_progress(database: Database) -> None:
    """The gate holds the address row until the start is written; a STOP that came meanwhile is stored after it."""
    ctx, begun, stored = make_ctx(database), Event(), Event()
    suppress(ctx, address="+14165559999")
    with database.transaction() as conn:
        suppressions.lock(conn, CLINIC, [(Channel.SMS, PHONE)])
        stopping = Thread(target=lambda: (begun.set(), suppress(ctx), stored.set()))
        stopping.start()
        assert begun.wait(5)
        assert not stored.wait(0.3)
    stopping.join(10)
    assert stored.is_set()
