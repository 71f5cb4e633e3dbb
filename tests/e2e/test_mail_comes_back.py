"""A mail's whole way: by SMTP to the far side, back by HTTP or IMAP, and on by text where it did not arrive."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace

import pytest

from followup.domain.message import Channel, MessageState
from followup.domain.patient import ContactPoint
from followup.network import LoopThread
from followup.providers import imap, smtp
from followup.sandbox.mail import MailCatcher, MailOptions
from followup.sandbox.postmaster import Caught, comes_back
from followup.sandbox.process import running
from followup.services.bounces.collect import collect
from followup.services.context import Context
from followup.storage.database import Database
from tests.builders import PHONE, make_ctx, make_patient
from tests.fakes import FakeClock, FakeProvider
from tests.services.bounces.parts import MAIL_FIRST, suppressed
from tests.services.seeds import run, seed, sent, state
from tests.support.imap import ImapServer
from tests.waiting import until
from tests.web.site import serving

SECRET = "a-long-bounce-secret"
S = MessageState
ENVIRON = {"EMAIL_BOUNCE_DOMAIN": "bounces.clinic.example", "FOLLOWUP_BOUNCE_SECRET": SECRET}


@dataclass(frozen=True)
class Around:
    """A context whose mail goes to the catcher, and the catcher."""

    ctx: Context
    mail: MailCatcher

    def mail_to(self, address: str) -> None:
        """A patient with this mailbox gets a message."""
        points = (ContactPoint(Channel.EMAIL, address, True), ContactPoint(Channel.SMS, PHONE, True))
        seed(self.ctx, patient=make_patient(contact_points=points), channels=MAIL_FIRST)
        run(self.ctx)


@pytest.fixture
def around(database: Database) -> Iterator[Around]:
    """Real SMTP out, a real bounce door back."""
    providers = {Channel.SMS: FakeProvider(), Channel.EMAIL: FakeProvider(Channel.EMAIL)}
    with closing(LoopThread()) as network:
        ctx = make_ctx(database, environ=ENVIRON, providers=providers, network=network)
        with serving(ctx) as site:
            options = MailOptions(bounce_url=f"{site.http.base_url}/hooks/email/bounce", bounce_secret=SECRET)
            with running(MailCatcher(options)) as catcher:
                settings = ctx.settings.model_copy(update={"smtp_url": catcher.smtp_url})
                real = smtp.build(settings, ops=FakeClock())
                yield Around(replace(ctx, providers={**providers, Channel.EMAIL: real}), catcher)


def test_a_mail_that_bounces_goes_on_by_text(around: Around) -> None:
    around.mail_to("bounce@example.com")
    assert until(lambda: state(around.ctx) is S.UNDELIVERED)
    assert suppressed(around.ctx) == [("bounce@example.com", "hard_bounce", None)]
    run(around.ctx)
    assert [text.to for text in sent(around.ctx)] == [PHONE]


@pytest.mark.parametrize(
    ("address", "end", "expected"),
    [
        ("full@example.com", S.UNDELIVERED, []),
        ("blocked@example.com", S.UNDELIVERED, []),
        ("complaint+1@example.com", S.DELIVERED, [("complaint+1@example.com", "complaint", "promo")]),
    ],
)
def test_each_mailbox_ends_as_it_plays(around: Around, address: str, end: S, expected: list[object]) -> None:
    around.mail_to(address)
    assert until(lambda: state(around.ctx) is end)
    assert suppressed(around.ctx) == expected


def test_a_bounce_in_the_mailbox_does_the_same(around: Around) -> None:
    around.mail_to("ana@example.com")
    (taken,) = around.mail.messages
    back = comes_back(Caught(taken["mail_from"], "bounce@example.com", taken["raw"].encode()))
    assert back is not None
    with ImapServer().running() as server:
        server.put(back)
        settings = around.ctx.settings.model_copy(update={"imap_url": server.url()})
        ctx = replace(around.ctx, mailbox=imap.build(settings))
        assert (collect(ctx), collect(ctx)) == (1, 0)
    assert (state(ctx), suppressed(ctx)) == (S.UNDELIVERED, [("ana@example.com", "hard_bounce", None)])
