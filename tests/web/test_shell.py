"""What goes around every answer: headers, request ids, health, and a document of all doors."""

import json
from datetime import timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from followup.services.upkeep.beat import beat
from followup.storage.database import Database
from tests.builders import make_body, make_ctx
from tests.fakes import FakeClock
from tests.support.databases import open_quick
from tests.web.site import KEY, Site, problem, serving

PATHS = ["/healthz", "/readyz", "/docs", "/openapi.json", "/c/canstrive", "/m/x", "/u/x", "/nothing", "/v1/messages"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_bears_the_browsers_rules(site: Site, path: str) -> None:
    headers = site.http.get(path).headers
    policy = headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["strict-transport-security"].startswith("max-age=63072000")
    assert all(rule in policy for rule in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"))
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "server" not in headers
    assert "set-cookie" not in headers


def test_every_answer_has_its_own_request_id(site: Site) -> None:
    first, second = site.http.get("/nothing"), site.http.get("/nothing")
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    assert first.json()["request_id"] == first.headers["x-request-id"]


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "/nothing", 404), ("GET", "/v1/events", 405), ("DELETE", "/u/x", 405),
    ("GET", "/hooks/twilio/inbound", 405),
])  # fmt: skip
def test_a_wrong_door_is_a_problem(site: Site, method: str, path: str, status: int) -> None:
    assert problem(site.http.request(method, path))[0] == status


def test_a_bug_is_answered_without_a_cause(database: Database) -> None:
    ctx = make_ctx(database, clock=None)
    with serving(ctx) as site:
        answer = site.send(make_body())
    assert problem(answer) == (500, "internal")
    assert set(answer.json()) == {"type", "title", "status", "detail", "request_id"}


def test_a_database_that_is_away_is_503(sqlite_url: str) -> None:
    from followup.storage.database import open_database

    away = open_database(sqlite_url + ".gone")
    with serving(make_ctx(away)) as site:
        answer = site.send(make_body())
        assert problem(answer) == (503, "unavailable")
        assert answer.headers["retry-after"] == "5"
        assert site.http.get("/readyz").json()["checks"]["database"].startswith("database: no such table")
        assert site.http.get("/healthz").json() == {"status": "ok"}
    away.close()


def test_readiness_is_database_broker_and_scheduler(sqlite_url: str, valkey_url: str) -> None:

    ops, database = FakeClock(), open_quick(sqlite_url)
    ctx = make_ctx(database, ops=ops, environ={"REDIS_URL": valkey_url})
    with serving(ctx) as site:
        assert site.http.get("/readyz").status_code == 503
        beat(ctx, "scheduler", "one")
        assert site.http.get("/readyz").json()["checks"] == {"database": "ok", "broker": "ok", "scheduler": "ok"}
        ops.advance(timedelta(seconds=61))
        late = site.http.get("/readyz")
    database.close()
    assert (late.status_code, late.json()["checks"]["scheduler"][:18]) == (503, "last seen 61 s ago")


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "unix:///nowhere/valkey.sock", "amqp://127.0.0.1:1"])
def test_a_broker_that_is_away_is_named(database: Database, url: str) -> None:
    with serving(make_ctx(database, environ={"BROKER_URL": url})) as site:
        answer = site.http.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["broker"].startswith("does not answer")


def _references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [r for inner in part.values() for r in _references(inner)]
    return [r for inner in part for r in _references(inner)] if isinstance(part, list) else []


def test_the_openapi_document_hangs_together(site: Site) -> None:
    document = site.http.get("/openapi.json").json()
    for reference in _references(document):
        part = document
        for step in reference.removeprefix("#/").split("/"):
            part = part[step]
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    assert document["openapi"].startswith("3.1")


def test_the_openapi_example_is_accepted_as_it_is(site: Site) -> None:
    door = site.http.get("/openapi.json").json()["paths"]["/v1/events"]["post"]
    for media in ("application/cloudevents+json", "application/cloudevents-batch+json"):
        assert site.send(door["requestBody"]["content"][media]["example"], media=media).status_code == 202
    assert door["security"] == [{"HTTPBearer": []}, {"StandardWebhooks": []}]


def test_real_answers_match_their_published_schema(site: Site) -> None:
    document = site.http.get("/openapi.json").json()
    answers = {"202": site.send(make_body()), "422": site.send(make_body(time="x"))}
    for code, answer in answers.items():
        media = answer.headers["content-type"]
        schema = document["paths"]["/v1/events"]["post"]["responses"][code]["content"][media]["schema"]
        Draft202012Validator({**schema, "components": document["components"]}).validate(answer.json())


def test_the_documentation_names_every_door(site: Site) -> None:
    page = site.http.get("/docs").text
    assert all(path in page for path in site.http.get("/openapi.json").json()["paths"])
    assert "<script" not in page


def test_messages_are_read_page_by_page(site: Site) -> None:
    answer = site.http.get("/v1/messages?state=scheduled&limit=5", headers=KEY)
    assert answer.json() == {"messages": [], "next": None}
    wrong = site.http.get("/v1/messages?state=lost", headers=KEY)
    assert problem(wrong) == (422, "invalid")
    assert json.dumps(wrong.json()["errors"]).startswith('[{"pointer": "/query/state"')
