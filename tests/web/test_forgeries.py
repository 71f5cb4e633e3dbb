"""Forged and replayed call-backs: 403, counted where operations look, and nothing changed."""

from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest
from twilio.request_validator import HMAC_SHA256, RequestValidator

from followup.domain.message import Channel, MessageState
from followup.storage.tables import message_history, receipts
from tests.builders import make_ctx
from tests.fakes import FakeProvider
from tests.services.seeds import numbered, run, seed, state
from tests.support.databases import open_quick
from tests.web.site import Site, serving
from tests.web.test_hooks import ENVIRON, RECEIPT, STATUS, Carrier, post, rows

KEY = "shared-key-of-this-test-0123456789"
SHA256 = "x-twilio-webhooks-signature-settings"


@pytest.fixture
def hooked(sqlite_url: str) -> Iterator[Site]:
    """A site with two messages sent."""
    database = open_quick(sqlite_url)
    providers = {Channel.SMS: Carrier(), Channel.EMAIL: FakeProvider(Channel.EMAIL)}
    ctx = make_ctx(database, environ=ENVIRON, providers=providers)
    for number in (1, 2):
        seed(ctx, patient=numbered(number), number=number)
    run(ctx)
    with serving(ctx) as site:
        yield site
    database.close()


def refused(site: Site) -> int:
    return int(site.http.get("/readyz").json()["refused_call_backs"])


def replay(site: Site, path: str, form: dict[str, str], signature: str) -> httpx.Response:
    headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
    return site.http.post(path, content=urlencode(form), headers=headers)


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("/hooks/twilio/status/msg_2", {}),
        (f"{STATUS}?again=1", {}),
        (STATUS, {"MessageStatus": "undelivered"}),
        (STATUS, {"ErrorCode": "30003"}),
    ],
)
def test_a_signature_counts_for_one_call_back(hooked: Site, path: str, changes: dict[str, str]) -> None:
    before = len(rows(hooked, message_history))
    signature = RequestValidator(ENVIRON["TWILIO_AUTH_TOKEN"]).compute_signature(
        f"https://followup.example{STATUS}", RECEIPT
    )
    assert replay(hooked, path, RECEIPT | changes, signature).status_code == 403
    assert (refused(hooked), rows(hooked, receipts)) == (1, [])
    assert len(rows(hooked, message_history)) == before
    assert state(hooked.ctx, "msg_2") is MessageState.SENT


def test_an_exact_repetition_changes_nothing_more(hooked: Site) -> None:
    """Nothing that is signed carries a time: it may be the carrier's own second try, which must not fail."""
    assert [post(hooked, STATUS, RECEIPT).status_code for _ in range(3)] == [200] * 3
    before = len(rows(hooked, message_history))
    assert post(hooked, STATUS, RECEIPT).status_code == 200
    assert len(rows(hooked, message_history)) == before


def test_every_refusal_is_counted(hooked: Site) -> None:
    for number in range(3):
        assert replay(hooked, STATUS, RECEIPT, f"wrong {number}").status_code == 403
    assert refused(hooked) == 3


def test_a_shared_key_takes_its_own_algorithm_only(sqlite_url: str) -> None:
    environ = {**ENVIRON, "TWILIO_SHARED_KEY": KEY}
    database = open_quick(sqlite_url)
    providers = {Channel.SMS: Carrier(environ), Channel.EMAIL: FakeProvider(Channel.EMAIL)}
    with serving(make_ctx(database, environ=environ, providers=providers)) as site:
        url = f"https://followup.example{STATUS}"
        good = RequestValidator(KEY).compute_signature(url, RECEIPT, HMAC_SHA256)
        named = {SHA256: "key=k1,algorithm=HMAC_SHA256"}
        assert post(site, STATUS, RECEIPT, **{"X-Twilio-Signature": good, **named}).status_code == 200
        assert post(site, STATUS, RECEIPT).status_code == 403  # SHA-1 by the auth token
        assert post(site, STATUS, RECEIPT, **{"X-Twilio-Signature": good}).status_code == 403
        assert refused(site) == 2
    database.close()
