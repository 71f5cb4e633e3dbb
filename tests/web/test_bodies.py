"""What is no event at all: never stored, never a 5xx, always a reason."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import make_body
from tests.web.site import BATCH, KEY, STRUCTURED, Site, problem
from tests.web.test_events import binary, stored

MALFORMED = [
    b"",
    b"{",
    b"\xff\xfe",
    b'{"id": NaN}',
    b'{"id": 1, "id": 2}',
    b'{"a": 1e999}' + b" ",
    b"[" * 3000 + b"]" * 3000,
    b'{"a": ' + b"9" * 5000 + b"}",
    "\ufeff{".encode(),
    json.dumps(make_body()).encode("utf-16"),
]


@pytest.mark.parametrize("body", MALFORMED)
def test_what_is_no_json_is_malformed(site: Site, body: bytes) -> None:
    answer = site.send(body)
    assert answer.status_code in {400, 422}
    assert problem(answer)[0] == answer.status_code


@pytest.mark.parametrize("body", [b"5", b'"x"', b"null", b"[]", b"true"])
def test_json_that_is_no_object_is_no_event(site: Site, body: bytes) -> None:
    assert problem(site.send(body)) == (422, "invalid")


def test_a_batch_must_be_an_array(site: Site) -> None:
    assert problem(site.send(make_body(), media=BATCH)) == (400, "malformed")


@pytest.mark.parametrize(
    "media",
    [
        "text/plain",
        "application/xml",
        "application/cloudevents+xml",
        "application/cloudevents",
        f"{STRUCTURED}; charset=latin-1",
    ],
)
def test_another_media_type_is_unsupported(site: Site, media: str) -> None:
    assert problem(site.send(make_body(), media=media)) == (415, "unsupported-media")


@pytest.mark.parametrize("media", [STRUCTURED.upper(), f"{STRUCTURED}; charset=UTF-8", f'{STRUCTURED};charset="utf-8"'])
def test_a_media_type_may_be_written_otherwise(site: Site, media: str) -> None:
    assert site.send(make_body(), media=media).status_code == 202


def test_plain_json_without_headers_is_no_event(site: Site) -> None:
    answer = site.send(make_body(), media="application/json")
    assert problem(answer) == (400, "malformed")
    assert "application/cloudevents+json" in answer.json()["cure"]


@pytest.mark.parametrize("header", [{"ce-id": "%FF"}, {"ce-datacontenttype": "application/json"}, {"ce-a_b": "x"}])
def test_a_wrong_event_header_is_malformed(site: Site, header: dict[str, str]) -> None:
    event = make_body()
    answer = site.http.post("/v1/events", json=event["data"], headers=binary(event) | header)
    assert problem(answer) == (400, "malformed")


def test_an_event_header_may_come_once_only(site: Site) -> None:
    event = make_body()
    twice = [*binary(event).items(), ("ce-id", "other")]
    assert problem(site.http.post("/v1/events", json=event["data"], headers=twice)) == (400, "malformed")


def test_a_compressed_body_is_not_taken(site: Site) -> None:
    assert problem(site.send(make_body(), headers={"Content-Encoding": "gzip"})) == (415, "unsupported-media")


@pytest.mark.parametrize("size", [256 * 1024 + 1, 3_000_000])
def test_a_body_over_the_limit_is_refused(site: Site, size: int) -> None:
    assert problem(site.send(b" " * size)) == (413, "too-large")


def test_a_body_without_length_is_counted_too(site: Site) -> None:
    pieces = (b" " * 65536 for _ in range(20))
    answer = site.http.post("/v1/events", content=pieces, headers={**KEY, "Content-Type": STRUCTURED})
    assert problem(answer) == (413, "too-large")


def test_a_body_at_the_limit_is_read(site: Site) -> None:
    body = json.dumps(make_body()).encode()
    assert site.send(body + b" " * (256 * 1024 - len(body))).status_code == 202


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
PLACES = [(), ("data",), ("data", "patient"), ("data", "patient", "contact_points"), ("data", "treatment")]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.sampled_from(PLACES), name=st.text(max_size=12), value=JSON, data=st.data())
def test_no_change_of_an_event_breaks_us(site: Site, place: tuple[str, ...], name: str, value: Any, data: Any) -> None:
    event: Any = make_body()
    part = event
    for step in place:
        part = part[step]
    if isinstance(part, list):
        part.append(value)
    else:
        part[data.draw(st.sampled_from([name, *part]))] = value
    assert _sound(site.send(event))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=60), media=st.sampled_from([STRUCTURED, BATCH, "application/json", "", "text/x"]))
def test_no_bytes_at_all_break_us(site: Site, body: bytes, media: str) -> None:
    assert _sound(site.send(body, media=media))


def _sound(answer: httpx.Response) -> bool:
    return answer.status_code < 500 and (answer.status_code == 202 or "problem" in answer.headers["content-type"])


def test_what_was_refused_left_no_row(site: Site) -> None:
    for body in (b"{", b"[]", json.dumps(make_body(time="x")).encode()):
        site.send(body)
    assert stored(site) == []
