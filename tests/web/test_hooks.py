"""Call-backs of the carrier over real HTTP, signed as Twilio signs."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
import sqlalchemy as sa
from twilio.request_validator import RequestValidator

from followup.domain.message import Channel
from followup.providers import twilio
from followup.storage.database import open_database
from followup.storage.tables import inbound, message_history, receipts, suppressions
from tests.builders import PHONE, make_ctx, make_settings
from tests.fakes import FakeClock, FakeProvider
from tests.services.seeds import run, seed
from tests.support.databases import open_quick
from tests.web.site import Site, problem, serving

TOKEN = "12345678901234567890123456789012"
ENVIRON = {"TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "TWILIO_AUTH_TOKEN": TOKEN}
STATUS, INBOUND = "/hooks/twilio/status/msg_1", "/hooks/twilio/inbound"
TEXT = {"MessageSid": "SM" + "0" * 32, "From": PHONE, "To": "+14165550100", "Body": "STOP", "NumMedia": "0"}
RECEIPT = {"MessageSid": "SM" + "1" * 32, "MessageStatus": "delivered", "To": PHONE, "From": "+14165550100"}


class Carrier(FakeProvider):
    """Sends like the fake and checks call-backs like Twilio."""

    def __init__(self, environ: Mapping[str, str] = ENVIRON) -> None:
        super().__init__(Channel.SMS, name="twilio")
        real = twilio.build(make_settings(**environ), ops=FakeClock())
        self.verify, self.read_inbound, self.read_receipt = real.verify, real.read_inbound, real.read_receipt  # type: ignore[method-assign]


@pytest.fixture
def hooked(sqlite_url: str) -> Iterator[Site]:
    """A site whose carrier is Twilio, with one message sent."""
    database = open_quick(sqlite_url)
    providers = {Channel.SMS: Carrier(), Channel.EMAIL: FakeProvider(Channel.EMAIL)}
    ctx = make_ctx(database, environ=ENVIRON, providers=providers)
    seed(ctx)
    run(ctx)
    with serving(ctx) as site:
        yield site
    database.close()


def post(site: Site, path: str, form: dict[str, str], **headers: str) -> httpx.Response:
    """A call-back signed on the public address."""
    signature = RequestValidator(TOKEN).compute_signature(f"https://followup.example{path}", form)
    given = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded", **headers}
    return site.http.post(path, content=urlencode(form), headers=given)


def rows(site: Site, table: sa.Table) -> list[Any]:
    """All rows of a table."""
    with site.ctx.db.reading() as conn:
        return list(conn.execute(sa.select(table)))


@pytest.mark.parametrize(("path", "form"), [(STATUS, RECEIPT), (INBOUND, TEXT)])
def test_a_signed_call_back_is_answered_with_nothing(hooked: Site, path: str, form: dict[str, str]) -> None:
    answer = post(hooked, path, form)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    assert answer.text == '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


@pytest.mark.parametrize(("path", "form"), [(STATUS, RECEIPT), (INBOUND, TEXT)])
@pytest.mark.parametrize("signature", ["", "wrong", "é"])
def test_a_wrong_signature_changes_nothing(hooked: Site, path: str, form: dict[str, str], signature: str) -> None:
    before = len(rows(hooked, message_history))
    answer = hooked.http.post(path, data=form, headers={"X-Twilio-Signature": signature.encode()})
    assert problem(answer) == (403, "forbidden")
    assert [rows(hooked, t) for t in (receipts, inbound, suppressions)] == [[], [], []]
    assert len(rows(hooked, message_history)) == before


def test_the_host_header_has_no_say(hooked: Site) -> None:
    assert post(hooked, INBOUND, TEXT, Host="evil.example").status_code == 200
    form = TEXT | {"MessageSid": "SM2"}
    signature = RequestValidator(TOKEN).compute_signature(f"https://evil.example{INBOUND}", form)
    answer = hooked.http.post(INBOUND, data=form, headers={"X-Twilio-Signature": signature, "Host": "evil.example"})
    assert answer.status_code == 403


def test_a_query_is_part_of_what_is_signed(hooked: Site) -> None:
    assert post(hooked, f"{INBOUND}?a=1", TEXT).status_code == 200
    signature = RequestValidator(TOKEN).compute_signature(f"https://followup.example{INBOUND}", TEXT)
    assert hooked.http.post(f"{INBOUND}?b=2", data=TEXT, headers={"X-Twilio-Signature": signature}).status_code == 403


def test_a_stop_is_in_force_before_the_answer(hooked: Site) -> None:
    for _ in range(3):
        assert post(hooked, INBOUND, TEXT).status_code == 200
    assert [(r.address, r.reason) for r in rows(hooked, suppressions)] == [(PHONE, "opt_out")]
    assert [r.text for r in rows(hooked, inbound)] == ["STOP"]


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"From": PHONE, "Body": "yes"}, 400),
        ({"MessageSid": "SM9", "Body": "yes"}, 400),
        (TEXT | {"AccountSid": "AC" + "9" * 32}, 403),
    ],
)
def test_what_is_no_text_of_ours_is_refused(hooked: Site, form: dict[str, str], status: int) -> None:
    before = hooked.http.get("/readyz").json().get("refused_call_backs")
    assert post(hooked, INBOUND, form).status_code == status
    assert rows(hooked, inbound) == []
    assert hooked.http.get("/readyz").json().get("refused_call_backs") == (before or 0) + 1


def test_a_receipt_is_stored_once(hooked: Site) -> None:
    for _ in range(3):
        assert post(hooked, STATUS, RECEIPT).status_code == 200
    assert [(r.message_id, r.status) for r in rows(hooked, receipts)] == [("msg_1", "delivered")]


def test_a_receipt_of_a_strange_message_is_taken(hooked: Site) -> None:
    for whose in ("msg_none", "%00abc", "x" * 3000):
        assert post(hooked, f"/hooks/twilio/status/{whose}", RECEIPT).status_code == 200
    assert [r.known for r in rows(hooked, receipts)] == [False] * 3


@pytest.mark.parametrize("body", ["", "\x00", "👍" * 500, "x" * 10_000, "a=b&c=%zz", "é\ufffd"])
def test_any_text_is_stored_for_a_person(hooked: Site, body: str) -> None:
    assert post(hooked, INBOUND, TEXT | {"Body": body}).status_code == 200
    assert [r.text for r in rows(hooked, inbound)] == [body.replace("\x00", "")]


def test_a_database_that_is_away_lets_twilio_retry(sqlite_url: str) -> None:
    away = open_database(sqlite_url + ".gone")
    providers = {Channel.SMS: Carrier(), Channel.EMAIL: FakeProvider(Channel.EMAIL)}
    with serving(make_ctx(away, environ=ENVIRON, providers=providers)) as site:
        assert post(site, INBOUND, TEXT).status_code == 503
    away.close()
