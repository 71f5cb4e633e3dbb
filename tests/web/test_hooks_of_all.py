"""Call-backs of every company over real HTTP: each is checked by its own signature at its own door."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import httpx
import jwt
import pytest
from twilio.request_validator import RequestValidator

from followup.domain.message import Channel, MessageState
from followup.providers import twilio, vonage
from followup.storage.tables import inbound, suppressions
from tests.builders import PHONE, make_ctx, make_settings
from tests.fakes import FakeClock, FakeProvider
from tests.services.seeds import run, seed, state
from tests.support.databases import open_quick
from tests.web.site import Site, serving
from tests.web.test_hooks import rows

TOKEN, OTHER = "1" * 32, "2" * 32
SECRET = "a-signature-secret-of-32-characters"
ENVIRON = {
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "TWILIO_AUTH_TOKEN": TOKEN,
    "TWILIO2_ACCOUNT_SID": "AC" + "1" * 32, "TWILIO2_AUTH_TOKEN": OTHER, "TWILIO2_FROM": "+14165550101",
    "VONAGE_API_KEY": "abcd1234", "VONAGE_API_SECRET": "secret", "VONAGE_SIGNATURE_SECRET": SECRET,
    "VONAGE_FROM": "+14165550102",
}  # fmt: skip


def company(name: str) -> FakeProvider:
    """Sends like the fake and checks call-backs like the company."""
    settings, fake = make_settings(**ENVIRON), FakeProvider(name=name)
    real = (
        vonage.build(settings, ops=FakeClock())
        if name == "vonage"
        else twilio.build(settings, ops=FakeClock(), name=name)
    )
    fake.verify, fake.read_inbound, fake.read_receipt = real.verify, real.read_inbound, real.read_receipt  # type: ignore[method-assign]
    return fake


@pytest.fixture(params=["twilio2", "vonage"])
def hooked(request: pytest.FixtureRequest, sqlite_url: str) -> Iterator[tuple[Site, str]]:
    """A site with three companies, of which one took a message."""
    database = open_quick(sqlite_url)
    names = [request.param, *({"twilio", "twilio2", "vonage"} - {request.param})]
    first, *others = (company(name) for name in names)
    providers = {Channel.SMS: first, Channel.EMAIL: FakeProvider(Channel.EMAIL)}
    ctx = make_ctx(database, environ=ENVIRON, providers=providers, further={Channel.SMS: tuple(others)})
    seed(ctx)
    run(ctx)
    with serving(ctx) as site:
        yield site, request.param
    database.close()


def post(site: Site, name: str, door: str, *, token: str = "", **told: Any) -> httpx.Response:
    """A call-back as the company signs it."""
    path = f"/hooks/{name}/{door}"
    if name == "vonage":
        body = json.dumps(told).encode()
        claims = {"api_key": "abcd1234", "payload_hash": hashlib.sha256(body).hexdigest()}
        headers = {"Authorization": f"Bearer {jwt.encode(claims, token or SECRET, algorithm='HS256')}"}
        return site.http.post(path, content=body, headers={"Content-Type": "application/json", **headers})
    key = token or {"twilio": TOKEN, "twilio2": OTHER}[name]
    signature = RequestValidator(key).compute_signature(f"https://followup.example{path}", told)
    headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
    return site.http.post(path, content=urlencode(told), headers=headers)


WORDS = {
    "twilio2": ({"MessageSid": "SM" + "1" * 32, "MessageStatus": "delivered"},
                {"MessageSid": "SM" + "0" * 32, "From": PHONE, "To": "+14165550101", "Body": "STOP"}),
    "vonage": ({"message_uuid": "ref-1", "status": "delivered"},
               {"message_uuid": "in-1", "from": PHONE[1:], "to": "14165550102", "text": "STOP"}),
}  # fmt: skip


def test_a_receipt_comes_to_its_own_door(hooked: tuple[Site, str]) -> None:
    site, name = hooked
    assert post(site, name, "status/msg_1", **WORDS[name][0]).status_code == 200
    assert state(site.ctx) is MessageState.DELIVERED


def test_a_stop_comes_to_its_own_door(hooked: tuple[Site, str]) -> None:
    site, name = hooked
    assert post(site, name, "inbound", **WORDS[name][1]).status_code == 200
    assert [row.provider for row in rows(site, inbound)] == [name]
    assert [row.reason for row in rows(site, suppressions)] == ["opt_out"]


def test_another_companys_key_opens_no_door(hooked: tuple[Site, str]) -> None:
    site, name = hooked
    for token in (TOKEN, "a-signature-secret-of-32-character5"):
        assert post(site, name, "status/msg_1", token=token, **WORDS[name][0]).status_code == 403
    assert state(site.ctx) is MessageState.SENT


@pytest.mark.parametrize("path", ["/hooks/pigeon/status/msg_1", "/hooks/pigeon/inbound", "/hooks/echo/inbound"])
def test_a_company_without_account_is_refused(site: Site, path: str) -> None:
    assert site.http.post(path, content=b"Body=STOP").status_code == 403
