"""Twilio: what is asked, what is understood, and what a look-up may prove."""

import asyncio
import logging
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from followup.domain.ids import MessageId
from followup.domain.outcome import Accepted, CodeClass, Outcome, Rejected, Transient, Unknown
from followup.ports import Absent, Look, Seen, Sighting, Undecidable
from followup.providers.twilio import Answer, form, outcome_of
from followup.sandbox.carrier import ACCOUNT, NUMBER, TOKEN, Carrier
from tests.fakes import START
from tests.providers.parts import (
    DAY,
    MESSAGES,
    TEXT,
    CutAfterOne,
    description,
    faults_of,
    make_twilio,
    resource,
    server_tls,
    use,
)

SERVICE = "MG" + "1" * 32
CREATE = description()["paths"][MESSAGES]["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"][
    "schema"
]
LIST = description()["paths"][MESSAGES]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
SID = "SM" + "a" * 32


def send(carrier: Carrier, *, environ: dict[str, str] | None = None, **changes: Any) -> Outcome:
    """One text through the carrier."""
    return use(make_twilio(carrier.url, **(environ or {})), lambda one: one.send(replace(TEXT, **changes)))


def typed(pairs: list[list[str]]) -> dict[str, Any]:
    """The form with the types of its description."""
    integers = {name for name, schema in CREATE["properties"].items() if schema.get("type") == "integer"}
    return {name: int(value) if name in integers else value for name, value in pairs}


def fetch(carrier: Carrier, path: str) -> Any:
    """What the carrier answers to a GET of the account."""

    async def get() -> Any:
        headers = {"Authorization": aiohttp.encode_basic_auth(ACCOUNT, TOKEN)}
        async with aiohttp.ClientSession(headers=headers) as session, session.get(carrier.url + path) as answer:
            return await answer.json()

    return asyncio.run(get())


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"sender": SERVICE},
        {"callback_url": "https://clinic.example/hooks/twilio/status/msg_1"},
        {"validity": timedelta(hours=2)},
        {"validity": DAY},
        {"text": "é😀" * 100},
    ],
)
def test_requests_fit_twilios_own_description(carrier: Carrier, changes: dict[str, Any]) -> None:
    assert isinstance(send(carrier, **changes), Accepted)
    params = carrier.messages[0]["params"]
    assert faults_of(typed(params), {**CREATE, "additionalProperties": False}) == []


def test_answers_of_the_carrier_fit_the_description(carrier: Carrier) -> None:
    send(carrier)
    base = f"/2010-04-01/Accounts/{ACCOUNT}"
    listing = fetch(carrier, f"{base}/Messages.json?PageSize=1")
    one = fetch(carrier, f"{base}/Messages/{listing['messages'][0]['sid']}.json")
    assert faults_of(listing, LIST) == []
    assert faults_of(one, {**resource("api.v2010.account.message"), "required": ["sid", "status"]}) == []
    assert faults_of(fetch(carrier, f"{base}.json"), resource("api.v2010.account")) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"From": NUMBER}),
        ({"sender": "+16135550100"}, {"From": "+16135550100"}),
        ({"sender": SERVICE}, {"MessagingServiceSid": SERVICE}),
        ({"callback_url": "https://c.example/s"}, {"From": NUMBER, "StatusCallback": "https://c.example/s"}),
        ({"validity": timedelta(seconds=90)}, {"From": NUMBER, "ValidityPeriod": "90"}),
        ({"validity": timedelta(0)}, {"From": NUMBER, "ValidityPeriod": "1"}),
        ({"validity": DAY}, {"From": NUMBER, "ValidityPeriod": "36000"}),
    ],
)
def test_the_form_holds_what_is_asked_only(changes: dict[str, Any], expected: dict[str, str]) -> None:
    assert dict(form(replace(TEXT, **changes), NUMBER)) == {"To": TEXT.to, "Body": TEXT.text, **expected}


def test_the_service_goes_before_the_number(carrier: Carrier) -> None:
    send(carrier, environ={"TWILIO_MESSAGING_SERVICE_SID": SERVICE})
    assert carrier.messages[0]["sender"] == SERVICE


def test_the_text_arrives_letter_by_letter(carrier: Carrier) -> None:
    send(carrier, text="  Zoé & Léo + 100% = ça… 😀\r\nligne 2  ")
    assert carrier.messages[0]["body"] == "  Zoé & Léo + 100% = ça… 😀\r\nligne 2  "


@pytest.mark.parametrize(
    ("fault", "code", "kind"),
    [
        ("429", "20429", Transient),
        ("500", "http-500", Unknown),
        ("503", "http-503", Unknown),
        ("500-accepted", "http-500", Unknown),
        ("hang", "timeout", Unknown),
        ("hang-accepted", "timeout", Unknown),
        ("cut", "cut", Unknown),
        ("accept-then-cut", "cut", Unknown),
        ("not-json", "unreadable", Unknown),
        ("redirect", "http-307", Unknown),
    ],
)
def test_every_failure_has_its_outcome(carrier: Carrier, fault: str, code: str, kind: type) -> None:
    carrier.faults.add({"kind": fault})
    outcome = send(carrier)
    assert not isinstance(outcome, Accepted)
    assert (type(outcome), outcome.code, carrier.requests) == (kind, code, 1)


def test_too_many_requests_brings_the_asked_pause(carrier: Carrier) -> None:
    carrier.faults.add({"kind": "429", "retry_after": 7})
    outcome = send(carrier)
    assert isinstance(outcome, Transient)
    assert outcome.retry_after == timedelta(seconds=7)


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("", None),
        ("soon", None),
        ("12", timedelta(seconds=12)),
        ("999999", timedelta(hours=1)),
        ("Mon, 02 Mar 2026 20:31:00 GMT", timedelta(minutes=1)),
        ("Mon, 02 Mar 2026 20:00:00 GMT", timedelta(0)),
    ],
)
def test_retry_after_is_read_in_both_forms(header: str, pause: timedelta | None) -> None:
    outcome = outcome_of(Answer(429, {"code": 20429}, header), START)
    assert outcome == Transient("20429", outcome.detail, pause)  # type: ignore[union-attr]


@pytest.mark.parametrize(("code", "unlisted"), [(88888, True), (20429, False), (None, False)])
def test_a_429_with_an_unknown_code_says_so(code: int | None, unlisted: bool) -> None:
    outcome = outcome_of(Answer(429, {"code": code}), START)
    assert isinstance(outcome, Transient)
    assert outcome.unlisted is unlisted


@pytest.mark.parametrize(
    ("status", "data", "code", "kind"),
    [
        (400, {"code": 21610}, "21610", CodeClass.SUPPRESS),
        (400, {"code": "21610"}, "21610", CodeClass.SUPPRESS),
        (400, {"code": 21211}, "21211", CodeClass.BAD_NUMBER),
        (400, {"code": 21617}, "21617", CodeClass.CONTENT),
        (401, {"code": 20003}, "20003", CodeClass.CONFIG),
        (401, {}, "20003", CodeClass.CONFIG),
        (403, {"code": 20003}, "20003", CodeClass.CONFIG),
        (403, {"code": 20006}, "20006", CodeClass.UNKNOWN),
        (403, {}, "http-403", CodeClass.UNKNOWN),
        (404, {}, "20404", CodeClass.CONFIG),
        (429, {"code": 63038}, "63038", CodeClass.LATER),
        (400, {}, "http-400", CodeClass.UNKNOWN),
        (400, {"code": 29999}, "29999", CodeClass.UNKNOWN),
        (400, {"code": {"a": 1}}, "http-400", CodeClass.UNKNOWN),
    ],
)
def test_a_refusal_is_named_by_its_code(status: int, data: dict[str, Any], code: str, kind: CodeClass) -> None:
    outcome = outcome_of(Answer(status, data), START)
    assert isinstance(outcome, Rejected)
    assert (outcome.code, outcome.kind) == (code, kind)


@pytest.mark.parametrize("data", [{}, {"sid": None}, {"sid": "SM1"}, {"sid": 7}, {"sid": SID + "\n"}])
def test_an_acceptance_without_id_is_unknown(data: dict[str, Any]) -> None:
    assert isinstance(outcome_of(Answer(201, data), START), Unknown)


def test_a_kept_connection_that_is_cut_is_not_repeated() -> None:
    cutter = CutAfterOne(b'{"sid": "%s"}' % SID.encode())

    async def run() -> list[Outcome]:
        async with await asyncio.start_server(cutter.talk, "127.0.0.1", 0) as server:
            one = make_twilio(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
            outcomes = [await one.send(TEXT), await one.send(TEXT)]
            await one.close()
            return outcomes

    first, second = asyncio.run(run())
    assert (first, len(cutter.seen), cutter.connections) == (Accepted(SID), 2, 1)
    assert isinstance(second, Unknown)


@pytest.mark.parametrize("tls", [server_tls(), None])
def test_a_failed_handshake_sent_nothing(tls: ssl.SSLContext | None) -> None:
    cutter = CutAfterOne(b"{}")

    async def run() -> Outcome:
        async with await asyncio.start_server(cutter.talk, "127.0.0.1", 0, ssl=tls) as server:
            one = make_twilio(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}")
            outcome = await one.send(TEXT)
            await one.close()
            await (cutter.over.wait() if cutter.connections else one.close())
            return outcome

    assert isinstance(asyncio.run(run()), Transient)
    assert cutter.seen == []


@pytest.mark.parametrize("status", [100, 204, 302, 307, 408, 500, 502, 503, 504])
def test_a_status_that_proves_nothing_is_unknown(status: int) -> None:
    assert isinstance(outcome_of(Answer(status, {}), START), Unknown)


def test_an_api_key_logs_in_beside_the_token(carrier: Carrier) -> None:
    environ = {"TWILIO_API_KEY": "SK1", "TWILIO_API_SECRET": "right"}
    carrier.options.api_keys["SK1"] = "right"  # type: ignore[index]
    assert isinstance(send(carrier, environ=environ), Accepted)


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"TWILIO_AUTH_TOKEN": "wrong"}, "refuses the credentials"),
        ({"TWILIO_FROM": ""}, "no sender"),
        ({"TWILIO_AUTH_TOKEN": "", "TWILIO_API_KEY": "SK1", "TWILIO_API_SECRET": "right"}, "TWILIO_AUTH_TOKEN"),
    ],
)
def test_check_names_the_fault_and_cure(carrier: Carrier, environ: dict[str, str], words: str) -> None:
    carrier.options.api_keys["SK1"] = "right"  # type: ignore[index]
    assert words in use(make_twilio(carrier.url, **environ), lambda one: one.check())


def look(carrier: Carrier, *, since: datetime | None = None, **changes: Any) -> Look:
    """Ask the carrier's list for the text of these tests."""
    now = datetime.fromisoformat(carrier.messages[-1]["created"]) if carrier.messages else START
    sighting = Sighting(MessageId("msg_1"), TEXT.to, "", TEXT.text, since or now - DAY, now + DAY)
    return use(make_twilio(carrier.url), lambda one: one.look_up(replace(sighting, **changes)))


def test_a_look_up_finds_what_was_taken(carrier: Carrier) -> None:
    carrier.faults.add({"kind": "accept-then-cut"})
    send(carrier)
    found = look(carrier)
    assert isinstance(found, Seen)
    assert found.ref == carrier.messages[0]["sid"]


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "another text"},
        {"to": "+14165550999"},
        {"sender": "+16135550100"},
        {"until": datetime(2026, 1, 1, tzinfo=UTC)},
        {"since": datetime(2099, 1, 1, tzinfo=UTC), "until": datetime(2099, 1, 2, tzinfo=UTC)},
    ],
)
def test_a_look_up_compares_sender_text_and_time(carrier: Carrier, changes: dict[str, Any]) -> None:
    send(carrier)
    assert look(carrier, **changes) == Absent()


def test_equal_texts_prove_nothing(carrier: Carrier) -> None:
    send(carrier)
    send(carrier)
    assert isinstance(look(carrier), Undecidable)


def test_redacted_texts_prove_nothing(carrier: Carrier) -> None:
    send(carrier)
    carrier.listing.redacted = True
    found = look(carrier)
    assert isinstance(found, Undecidable)
    assert not found.again


@pytest.mark.parametrize("fault", ["429", "500", "hang", "cut", "not-json", "redirect"])
def test_a_list_that_cannot_be_read_is_asked_again(carrier: Carrier, fault: str) -> None:
    send(carrier)
    carrier.faults.add({"kind": fault, "on": "read"})
    found = look(carrier)
    assert isinstance(found, Undecidable)
    assert found.again


def test_a_look_up_reads_further_pages(carrier: Carrier) -> None:
    send(carrier)
    for number in range(450):
        carrier.ledger.add(**{**carrier.messages[0], "sid": f"SM{number:032x}", "body": f"other {number}"})
        carrier._recall(carrier.ledger.entries[-1])
    assert isinstance(look(carrier), Seen)


def test_an_endless_list_proves_nothing(carrier: Carrier) -> None:
    send(carrier)
    for number in range(2100):
        carrier._recall({**carrier.messages[0], "kind": "message", "sid": f"SM{number:032x}", "body": "other"})
    assert isinstance(look(carrier), Undecidable)


def test_nothing_of_a_patient_is_logged(carrier: Carrier, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    send(carrier)
    look(carrier)
    assert TEXT.to[1:] not in caplog.text
    assert "Canstrive" not in caplog.text


def test_proxies_of_the_environment_are_not_used(carrier: Carrier, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert isinstance(send(carrier), Accepted)
