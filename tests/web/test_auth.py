"""Who may bring events: an API key or a Standard Webhooks signature, each refusal with a type of its own."""

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from followup.content.clinics import Clinics
from followup.storage.database import Database
from tests.builders import make_body, make_clinic, make_ctx, make_treatment_data
from tests.fakes import START, FakeClock
from tests.web.site import KEY, SECRET, STRUCTURED, Site, problem, serving
from tests.web.test_events import stored

BODY = json.dumps(make_body()).encode()
OTHER = "whsec_" + base64.b64encode(b"another secret of thirty-two byt").decode()


def post(site: Site, headers: dict[str, str], body: bytes = BODY) -> httpx.Response:
    """Post a structured event with these headers."""
    return site.http.post("/v1/events", content=body, headers={"Content-Type": STRUCTURED, **headers})


def test_a_signed_event_is_accepted(site: Site) -> None:
    assert post(site, site.signed(BODY, START)).json()["status"] == "accepted"


def test_no_credentials_are_named_as_such(site: Site) -> None:
    answer = post(site, {})
    assert problem(answer) == (401, "missing-credentials")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("key", ["wrong", "key-for-test", "key-for-tests2", "kéy"])
def test_an_unknown_key_is_named_as_such(site: Site, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}".encode()}
    answer = site.http.post("/v1/events", content=BODY, headers={"Content-Type": STRUCTURED, **headers})
    assert problem(answer) == (401, "unknown-key")


@pytest.mark.parametrize("scheme", ["Basic a2V5", "Bearer", "Token key-for-tests"])
def test_another_scheme_is_no_credential(site: Site, scheme: str) -> None:
    assert problem(post(site, {"Authorization": scheme})) == (401, "missing-credentials")


def test_another_secret_is_a_wrong_signature(site: Site) -> None:
    assert problem(post(site, site.signed(BODY, START, secret=OTHER))) == (401, "wrong-signature")


def test_a_body_against_its_digest_was_altered(site: Site) -> None:
    digest = base64.b64encode(hashlib.sha256(BODY).digest()).decode()
    headers = site.signed(BODY, START) | {"Content-Digest": f"sha-256=:{digest}:"}
    assert problem(post(site, headers, BODY.replace(b"Ana", b"Eve"))) == (401, "altered-body")


def test_an_altered_body_is_never_stored(site: Site) -> None:
    assert problem(post(site, site.signed(BODY, START), BODY.replace(b"Ana", b"Eve"))) == (401, "wrong-signature")
    assert stored(site) == []


@pytest.mark.parametrize(("seconds", "status"), [(-301, 401), (-300, 202), (0, 202), (300, 202), (301, 401)])
def test_a_signature_lives_five_minutes_each_way(site: Site, seconds: int, status: int) -> None:
    answer = post(site, site.signed(BODY, START + timedelta(seconds=seconds)))
    assert answer.status_code == status
    assert status == 202 or problem(answer)[1] == "stale-signature"


def test_the_tolerance_is_of_real_time(site: Site) -> None:
    clock = site.ctx.clock
    assert isinstance(clock, FakeClock)
    clock.advance(timedelta(days=200))
    assert post(site, site.signed(BODY, START)).status_code == 202


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-id": ""},
        {"webhook-id": "x" * 300},
        {"webhook-timestamp": "now"},
        {"webhook-timestamp": "1e9"},
        {"webhook-timestamp": "-5"},
        {"webhook-signature": ""},
    ],
)
def test_broken_signature_headers_are_malformed(site: Site, change: dict[str, str]) -> None:
    assert problem(post(site, site.signed(BODY, START) | change)) == (401, "malformed-signature")


@pytest.mark.parametrize("signature", ["v1,", "v1,!!!", "x", "v1a,AAAA", "v1,é"])
def test_a_broken_signature_is_a_wrong_one(site: Site, signature: str) -> None:
    headers = {**site.signed(BODY, START), "webhook-signature": signature}
    answer = site.http.post("/v1/events", content=BODY, headers={k: v.encode() for k, v in headers.items()})
    assert problem(answer) == (401, "wrong-signature")


def test_one_fitting_signature_of_several_suffices(site: Site) -> None:
    headers = site.signed(BODY, START)
    headers["webhook-signature"] = f"v1,AAAA v2,BBBB {headers['webhook-signature']}"
    assert post(site, headers).status_code == 202


def test_two_secrets_live_at_once(database: Database) -> None:
    ctx = make_ctx(database, environ={"FOLLOWUP_EVENT_SECRETS": f"{SECRET},{OTHER}"})
    with serving(ctx) as site:
        answers = [post(site, site.signed(BODY, START, secret=s, name=s)) for s in (SECRET, OTHER)]
    assert [a.json()["status"] for a in answers] == ["accepted", "duplicate"]


def test_a_retried_webhook_is_a_duplicate(site: Site) -> None:
    post(site, site.signed(BODY, START))
    assert post(site, site.signed(BODY, START + timedelta(minutes=2))).json()["status"] == "duplicate"


def test_a_webhook_id_with_other_events_is_a_replay(site: Site) -> None:
    post(site, site.signed(BODY, START))
    other = json.dumps(make_body(id="T-1002")).encode()
    assert problem(post(site, site.signed(other, START), other)) == (409, "webhook-replayed")
    assert [r.id for r in stored(site)] == ["T-1001"]


def test_unsigned_event_headers_cannot_be_swapped(site: Site) -> None:
    body = json.dumps(make_treatment_data()).encode()
    event = {"ce-specversion": "1.0", "ce-type": "treatment.completed", "ce-source": "/x", "ce-time": START.isoformat()}
    headers = {**site.signed(body, START), **event, "Content-Type": "application/json"}
    assert post(site, headers | {"ce-id": "one"}, body).status_code == 202
    assert problem(post(site, headers | {"ce-id": "two"}, body)) == (409, "webhook-replayed")


def test_the_published_signature_vector_holds(database: Database) -> None:
    ops = FakeClock(datetime.fromtimestamp(1614265330, UTC))
    headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    with serving(make_ctx(database, ops=ops, environ={"FOLLOWUP_EVENT_SECRETS": SECRET})) as site:
        assert problem(post(site, headers, b'{"test": 2432232314}')) == (422, "invalid")
        assert problem(post(site, headers, b'{"test": 2432232315}')) == (401, "wrong-signature")


TWO = Clinics([make_clinic(), make_clinic(id="north")])


@pytest.mark.parametrize(("key", "clinic", "status"), [
    ("south-key", "canstrive", 202),
    ("north-key", "north", 202),
    ("north-key", "canstrive", 403),
    ("south-key", "north", 403),
    ("south-key", "nowhere", 422),
])  # fmt: skip
def test_a_key_is_good_for_its_clinic_alone(database: Database, key: str, clinic: str, status: int) -> None:
    environ = {"FOLLOWUP_API_KEY": "canstrive:south-key,north:north-key"}
    body = json.dumps(make_body(data=make_treatment_data() | {"clinic": clinic})).encode()
    with serving(make_ctx(database, clinics=TWO, environ=environ)) as site:
        assert post(site, {"Authorization": f"Bearer {key}"}, body).status_code == status


def test_a_key_without_clinic_opens_none_of_two(database: Database) -> None:
    with serving(make_ctx(database, clinics=TWO)) as site:
        assert problem(post(site, KEY)) == (403, "forbidden")


@pytest.mark.parametrize("path", ["/v1/messages", "/v1/messages/msg_1", "/v1/patients/P-17/timeline"])
def test_reading_asks_for_a_key_too(site: Site, path: str) -> None:
    assert problem(site.http.get(path)) == (401, "missing-credentials")
    assert problem(site.http.get(path, headers={"Authorization": "Bearer nope"})) == (401, "unknown-key")
