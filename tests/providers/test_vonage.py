"""Vonage: what is asked, what is understood, and which call-backs are believed."""

import asyncio
import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import aiohttp.web
import jwt
import pytest

from followup.domain.ids import MessageId
from followup.domain.message import ReceiptStatus
from followup.domain.outcome import Accepted, CodeClass, Outcome, Rejected, Scope, Suspicion, Transient, Unknown
from followup.ports import HookRequest, Sighting, Undecidable
from followup.providers.vonage import form, outcome_of
from followup.providers.vonage_codes import CODES, classify, code_of, of_refusal
from followup.providers.wire import Answer
from followup.sandbox.vonage import KEY, NUMBER, SIGNATURE_SECRET, VonageCarrier
from tests.fakes import START
from tests.providers.parts import TEXT, make_vonage, use
from tests.waiting import until

URL = "https://clinic.example/hooks/vonage/status/msg_1"
ID = MessageId("msg_1")
PROBLEM = "https://developer.vonage.com/api-errors"


def send(exchange: VonageCarrier, *, environ: dict[str, str] | None = None, **changes: Any) -> Outcome:
    return use(make_vonage(exchange.url, **(environ or {})), lambda one: one.send(replace(TEXT, **changes)))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"sender": "+16135550100"}, {"from": "16135550100"}),
        ({"sender": "12345"}, {"from": "12345"}),
        ({"callback_url": URL}, {"webhook_url": URL}),
        ({"validity": timedelta(seconds=90)}, {"ttl": 90}),
        ({"validity": timedelta(0)}, {"ttl": 20}),
        ({"validity": timedelta(days=30)}, {"ttl": 604800}),
    ],
)
def test_the_request_holds_what_is_asked_only(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    asked = form(replace(TEXT, **changes), f"+{NUMBER}").model_dump(mode="json", by_alias=True, exclude_none=True)
    usual = {"to": "14165550123", "from": NUMBER, "text": TEXT.text, "channel": "sms", "message_type": "text"}
    assert asked == {**usual, "client_ref": "att_1", **expected}


def test_the_text_arrives_letter_by_letter(exchange: VonageCarrier) -> None:
    send(exchange, text="  Zoé & Léo + 100% = ça… 😀\r\nligne 2  ")
    assert exchange.messages[0]["body"] == "  Zoé & Léo + 100% = ça… 😀\r\nligne 2  "


@pytest.mark.parametrize(
    ("to", "code", "kind"),
    [
        ("+15005511240", "1240", CodeClass.SUPPRESS),
        ("+15005511120", "1120", CodeClass.CONFIG),
        ("+15005511210", "1210", CodeClass.CONTENT),
        ("+15005511250", "1250", CodeClass.BAD_NUMBER),
        ("+15005519999", "9999", CodeClass.UNKNOWN),
        ("nobody", "1170", CodeClass.BAD_NUMBER),
    ],
)
def test_a_refusal_is_known_by_its_code(exchange: VonageCarrier, to: str, code: str, kind: CodeClass) -> None:
    outcome = send(exchange, to=to)
    assert isinstance(outcome, Rejected)
    assert (outcome.code, outcome.kind) == (code, kind)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("429", Transient("1000", "Vonage had too many requests at once and did not take this one.")),
        ("401", Rejected("unauthorized", CodeClass.CONFIG, "Vonage refuses our credentials.")),
        ("402", Rejected("low-balance", CodeClass.CONFIG, "The account at Vonage has no credit left.")),
        ("503", Unknown("http-503", "Vonage answered 503; whether it took the message is unknown.")),
        ("not-json", Unknown("unreadable", "Vonage answered 202 without a message id.")),
        ("redirect", Unknown("http-307", "Vonage answered 307; whether it took the message is unknown.")),
    ],
)
def test_every_answer_is_seen_for_what_it_is(exchange: VonageCarrier, fault: str, expected: Outcome) -> None:
    exchange.faults.add({"kind": fault})
    assert send(exchange) == expected


@pytest.mark.parametrize(
    ("status", "data", "code", "kind"),
    [
        (422, {"type": f"{PROBLEM}/messages#1150", "invalid_parameters": [{"name": "to"}]}, "invalid-recipient",
         CodeClass.BAD_NUMBER),
        (422, {"type": f"{PROBLEM}/messages#1150", "invalid_parameters": [{"name": "from"}]}, "invalid-sender",
         CodeClass.CONFIG),
        (422, {"type": f"{PROBLEM}/messages#1150", "title": "Invalid params"}, "1150", CodeClass.CONTENT),
        (422, {"type": f"{PROBLEM}#invalid-params"}, "invalid-params", CodeClass.CONTENT),
        (402, {"type": f"{PROBLEM}/messages#1070"}, "1070", CodeClass.CONFIG),
        (403, {}, "forbidden", CodeClass.CONFIG),
        (404, {}, "not-found", CodeClass.CONFIG),
        (400, {}, "http-400", CodeClass.UNKNOWN),
        (400, {"type": 7, "title": ["x"], "invalid_parameters": "x"}, "http-400", CodeClass.UNKNOWN),
    ],
)  # fmt: skip
def test_a_problem_document_is_read_with_care(status: int, data: dict[str, Any], code: str, kind: CodeClass) -> None:
    entry = of_refusal(status, data)
    assert (entry.code, entry.kind) == (code, kind)
    outcome = outcome_of(Answer(status, data), START)
    assert isinstance(outcome, Rejected)


def test_every_code_has_a_sentence_and_class() -> None:
    assert all(entry.detail.endswith(".") and entry.kind is not CodeClass.UNKNOWN for entry in CODES.values())
    assert all(entry.delays for entry in CODES.values() if entry.kind is CodeClass.LATER and not entry.suspicion)
    assert all(e.scope is not Scope.MESSAGE for e in CODES.values() if e.kind is CodeClass.CONFIG)
    assert {e.suspicion for e in CODES.values()} >= set(Suspicion)


def test_doubt_is_left_to_receipts_and_people(exchange: VonageCarrier) -> None:
    sighting = Sighting(ID, TEXT.to, "", TEXT.text, START, START)
    assert isinstance(use(make_vonage(exchange.url), lambda one: one.look_up(sighting)), Undecidable)


def test_wrong_credentials_are_named(exchange: VonageCarrier) -> None:
    wrong = make_vonage(exchange.url, VONAGE_API_SECRET="another")
    assert "VONAGE_API_SECRET" in use(wrong, lambda one: one.check())


@pytest.mark.parametrize("missing", ["VONAGE_SIGNATURE_SECRET", "VONAGE_FROM"])
def test_check_names_what_is_missing(exchange: VonageCarrier, missing: str) -> None:
    assert missing in use(make_vonage(exchange.url, **{missing: ""}), lambda one: one.check())


def hook(body: dict[str, Any], *, secret: str = SIGNATURE_SECRET, claims: dict[str, Any] | None = None) -> HookRequest:
    raw = json.dumps(body).encode()
    told = {"api_key": KEY, "payload_hash": hashlib.sha256(raw).hexdigest(), **(claims or {})}
    headers = {"authorization": f"Bearer {jwt.encode(told, secret, algorithm='HS256')}"}
    return HookRequest(URL, headers, [], raw)


STATUS = {"message_uuid": "ref-1", "status": "delivered", "to": "14165550123", "from": NUMBER}


@pytest.mark.parametrize(
    ("request_", "believed"),
    [
        (hook(STATUS), True),
        (hook(STATUS, claims={"exp": 4_000_000_000}), True),
        (hook(STATUS, secret="another-secret-of-quite-32-characters"), False),
        (hook(STATUS, claims={"payload_hash": "0" * 64}), False),
        (hook(STATUS, claims={"payload_hash": None}), False),
        (hook(STATUS, claims={"api_key": "efgh5678"}), False),
        (hook(STATUS, claims={"exp": 1}), False),
        (replace(hook(STATUS), body=b"{}"), False),
        (replace(hook(STATUS), headers={}), False),
    ],
)
def test_only_a_signed_body_is_believed(request_: HookRequest, believed: bool) -> None:
    assert make_vonage("http://127.0.0.1:1").verify(request_) is believed


def test_an_unsigned_algorithm_is_refused() -> None:
    raw = json.dumps(STATUS).encode()
    token = jwt.encode({"payload_hash": hashlib.sha256(raw).hexdigest()}, None, algorithm="none")
    request = HookRequest(URL, {"authorization": f"Bearer {token}"}, [], raw)
    assert make_vonage("http://127.0.0.1:1").verify(request) is False


def test_without_a_secret_nothing_is_believed() -> None:
    provider = make_vonage("http://127.0.0.1:1", VONAGE_SIGNATURE_SECRET="")
    assert provider.verify(hook(STATUS)) is False


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"status": "submitted"}, ReceiptStatus.ACCEPTED, None),
        ({"status": "delivered"}, ReceiptStatus.DELIVERED, None),
        ({"status": "read"}, ReceiptStatus.DELIVERED, None),
        ({"status": "new word"}, ReceiptStatus.ACCEPTED, None),
        ({"status": "rejected", "error": {"type": f"{PROBLEM}/messages#1240"}}, ReceiptStatus.UNDELIVERED, "1240"),
        ({"status": "undeliverable", "error": {"title": 1180}}, ReceiptStatus.UNDELIVERED, "1180"),
        ({"status": "rejected", "error": {"error": {"type": "x#rejected", "title": "1030"}}},
         ReceiptStatus.UNDELIVERED, "1030"),
    ],
)  # fmt: skip
def test_a_receipt_is_read_in_our_words(body: dict[str, Any], status: ReceiptStatus, code: str | None) -> None:
    receipt = make_vonage("http://127.0.0.1:1").read_receipt(hook({**STATUS, **body}), ID)
    assert receipt is not None
    assert (receipt.status, receipt.error_code, receipt.provider, receipt.provider_ref) == (
        status,
        code,
        "vonage",
        "ref-1",
    )


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b'{"status": 1, "message_uuid": []}', b'{"status": "x"}'])
def test_a_body_that_is_no_receipt_is_none(body: bytes) -> None:
    provider = make_vonage("http://127.0.0.1:1")
    assert provider.read_receipt(HookRequest(URL, {}, [], body), ID) is None
    assert provider.read_inbound(HookRequest(URL, {}, [], body), START) is None


def test_a_patients_text_is_read_with_its_plus() -> None:
    body = {"message_uuid": "in-1", "from": "14165550123", "to": NUMBER, "text": "STOP", "message_type": "text"}
    inbound = make_vonage("http://127.0.0.1:1").read_inbound(hook(body), START)
    assert inbound is not None
    assert (inbound.from_address, inbound.to_address, inbound.text) == ("+14165550123", f"+{NUMBER}", "STOP")
    assert (inbound.provider, inbound.media, inbound.received_at) == ("vonage", 0, START)


@pytest.mark.parametrize(
    ("problem", "code"),
    [({"type": f"{PROBLEM}#low-balance"}, "low-balance"), ({"type": "a/b"}, ""), ({"title": "1030"}, "1030"), ({}, "")],
)
def test_a_code_is_the_end_of_the_type(problem: dict[str, Any], code: str) -> None:
    assert code_of(problem) == code


def test_receipts_of_the_stand_in_are_believed(exchange: VonageCarrier) -> None:
    told: list[HookRequest] = []

    async def work(one: Any) -> Outcome:
        door = Door(told)
        async with door as url:
            outcome: Outcome = await one.send(replace(TEXT, callback_url=f"{url}/hooks/vonage/status/msg_1"))
            await asyncio.to_thread(until, lambda: len(told) == 2)
        return outcome

    provider = make_vonage(exchange.url)
    outcome = use(provider, work)
    assert isinstance(outcome, Accepted)
    assert all(provider.verify(request) for request in told)
    receipts = [provider.read_receipt(request, ID) for request in told]
    assert [(r.provider_ref, r.provider_status) for r in receipts if r] == [
        (outcome.ref, "submitted"), (outcome.ref, "delivered"),
    ]  # fmt: skip


class Door:
    """Remembers every call-back as our own door would hand it on."""

    def __init__(self, told: list[HookRequest]) -> None:
        self._told = told

    async def __aenter__(self) -> str:
        app = aiohttp.web.Application()
        app.router.add_post("/{path:.*}", self._take)
        self._runner = aiohttp.web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await aiohttp.web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _take(self, request: aiohttp.web.Request) -> aiohttp.web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self._told.append(HookRequest(str(request.url), headers, [], await request.read()))
        return aiohttp.web.Response()


def test_an_unknown_code_is_said_once() -> None:
    entry = classify("1999")
    assert (entry.kind, entry.delays) == (CodeClass.UNKNOWN, ())
