"""The link of a message counts who opens it, and shows nothing once staff revoke it."""

import pytest
import sqlalchemy as sa

from followup.domain.errors import NotFound
from followup.domain.ids import MessageId
from followup.services.context import Context
from followup.services.reading import show
from followup.services.revoke import links_to, revoke_links
from followup.storage.database import Database
from followup.storage.tables import audit
from tests.builders import CLINIC, make_ctx
from tests.services.seeds import run, seed, sent

MESSAGE = MessageId("msg_1")


def texted(database: Database) -> tuple[Context, str]:
    """A text went out; the token of its link."""
    ctx = make_ctx(database)
    seed(ctx)
    run(ctx)
    return ctx, sent(ctx)[-1].text.partition("/m/")[2].split()[0]


def test_every_look_behind_a_link_is_counted(database: Database) -> None:
    ctx, token = texted(database)
    assert [link.opened for link in links_to(ctx, CLINIC, MESSAGE)] == [0]
    for _ in range(3):
        assert show.full_text(ctx, token) is not None
    (link,) = links_to(ctx, CLINIC, MESSAGE)
    assert (link.opened, link.opened_at) == (3, ctx.clock.now())


def test_a_revoked_link_shows_nothing_any_more(database: Database) -> None:
    ctx, token = texted(database)
    assert [revoke_links(ctx, CLINIC, MESSAGE, by=name) for name in ("Kim", "Lee")] == [1, 0]
    assert show.full_text(ctx, token) is None
    (link,) = links_to(ctx, CLINIC, MESSAGE)
    assert (link.revoked_by, link.opened) == ("Kim", 0)
    with ctx.db.reading() as conn:
        actions = list(conn.scalars(sa.select(audit.c.action).where(audit.c.subject == MESSAGE)))
    assert actions.count("link.revoked") == 1


def test_links_of_an_unknown_message_are_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        links_to(make_ctx(database), CLINIC, MessageId("msg_none"))
