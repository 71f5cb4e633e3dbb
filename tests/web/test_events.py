"""The event door over real HTTP: three modes, one row, and a reason for every refusal."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from followup.app import SystemIds
from followup.domain.event import CLINIC_TYPES, EventType
from followup.storage.database import Database
from followup.storage.tables import events
from tests.builders import make_body, make_ctx, make_treatment_data
from tests.web.site import BATCH, KEY, Site, pointers, problem, serving


def stored(site: Site) -> list[Any]:
    """The rows of the inbox."""
    with site.ctx.db.reading() as conn:
        return list(conn.execute(sa.select(events).order_by(events.c.id)))


def binary(event: dict[str, Any], **changes: str) -> dict[str, str]:
    """The headers of binary mode."""
    kept = {f"ce-{name}": str(value) for name, value in event.items() if name not in {"data", "datacontenttype"}}
    return {**KEY, **kept, "Content-Type": "application/json", **changes}


def test_an_event_is_stored_before_its_answer(site: Site) -> None:
    answer = site.send(make_body())
    assert (answer.status_code, answer.json()) == (202, {"id": "T-1001", "status": "accepted"})
    assert [(r.id, r.state, r.patient_key) for r in stored(site)] == [("T-1001", "received", "P-17")]


def test_the_same_event_again_is_a_duplicate(site: Site) -> None:
    site.send(make_body())
    shuffled = dict(reversed(make_body().items()))
    assert site.send(shuffled).json() == {"id": "T-1001", "status": "duplicate"}
    assert len(stored(site)) == 1


def test_binary_and_structured_mode_make_one_event(site: Site) -> None:
    event = make_body()
    first = site.send(event)
    second = site.http.post("/v1/events", json=event["data"], headers=binary(event))
    assert [first.json()["status"], second.json()["status"]] == ["accepted", "duplicate"]


def test_the_same_id_with_another_body_conflicts(site: Site) -> None:
    site.send(make_body())
    answer = site.send(make_body(data=make_treatment_data(session=2)))
    assert problem(answer) == (409, "conflict")
    assert len(stored(site)) == 1


def test_another_source_may_use_the_id(site: Site) -> None:
    site.send(make_body())
    assert site.send(make_body(source="/other")).json()["status"] == "accepted"


def test_binary_attributes_are_percent_decoded_once(site: Site) -> None:
    event = make_body(id="x")
    headers = binary(event) | {"ce-id": "%C3%A9t%C3%A9%2520"}
    site.http.post("/v1/events", json=event["data"], headers=headers)
    assert [r.id for r in stored(site)] == ["été%20"]


def test_data_in_base64_is_the_same_data(site: Site) -> None:
    import base64

    event = make_body()
    coded = {**event, "data_base64": base64.b64encode(json.dumps(event["data"]).encode()).decode()}
    del coded["data"]
    assert [site.send(coded).json()["status"], site.send(event).json()["status"]] == ["accepted", "duplicate"]


@pytest.mark.parametrize("kind", CLINIC_TYPES)
def test_every_type_has_a_schema_with_sound_example(site: Site, kind: EventType) -> None:
    schema = site.http.get(f"/v1/schemas/{kind}").json()
    assert schema["title"] == kind
    assert site.send(schema["examples"][0]).status_code == 202


def test_an_unknown_schema_is_a_problem(site: Site) -> None:
    assert problem(site.http.get("/v1/schemas/nothing")) == (404, "not-found")


def test_a_batch_answers_each_event_in_order(site: Site) -> None:
    batch = [make_body(id="a"), make_body(id="b", type="no.such"), make_body(id="a"), 7, make_body(id="c")]
    answer = site.send(batch, media=BATCH)
    told = [(a.get("id"), a["status"]) for a in answer.json()]
    assert answer.status_code == 202
    assert told == [("a", "accepted"), ("b", "rejected"), ("a", "duplicate"), (None, "rejected"), ("c", "accepted")]
    assert [r.id for r in stored(site)] == ["a", "c"]


def test_a_batch_says_why_one_was_rejected(site: Site) -> None:
    site.send(make_body())
    answer = site.send([make_body(time="2026-03-02T20:30:01Z"), make_body(id="x", data={})], media=BATCH)
    assert [a["problem"]["status"] for a in answer.json()] == [409, 422]
    assert answer.json()[1]["problem"]["errors"][0] == {"pointer": "/data/clinic", "detail": "is required"}


def test_an_empty_batch_is_an_empty_answer(site: Site) -> None:
    assert (site.send([], media=BATCH).status_code, site.send([], media=BATCH).json()) == (202, [])


def test_a_batch_over_a_hundred_is_refused(site: Site) -> None:
    many = [{"id": str(n)} for n in range(101)]
    assert problem(site.send(many, media=BATCH)) == (422, "invalid")


REFUSED: list[tuple[dict[str, Any], list[str]]] = [
    ({"specversion": "0.3"}, ["/specversion"]),
    ({"id": ""}, ["/id"]),
    ({"id": " x"}, ["/id"]),
    ({"id": 5}, ["/id"]),
    ({"source": ""}, ["/source"]),
    ({"type": "treatment.begun"}, ["/type"]),
    ({"type": 7}, ["/type"]),
    ({"type": "treatment.begun", "time": "yesterday"}, ["/time", "/type"]),
    ({"time": "2026-03-02T15:30:00"}, ["/time"]),
    ({"time": "2026-03-02"}, ["/time"]),
    ({"time": "2026-02-30T10:00:00Z"}, ["/time"]),
    ({"time": "0001-01-01T00:00:00+14:00"}, ["/time"]),
    ({"data": []}, ["/data"]),
    ({"data": None}, ["/data"]),
    ({"datacontenttype": "text/xml"}, ["/datacontenttype"]),
    ({"data": {"clinic": "canstrive"}}, ["/data/patient", "/data/treatment"]),
    ({"data": make_treatment_data() | {"clinic": "elsewhere"}}, ["/data/clinic"]),
    ({"data": make_treatment_data() | {"clinic": 5}}, ["/data/clinic"]),
    ({"data": make_treatment_data() | {"backfill": "yes"}}, ["/data/backfill"]),
    ({"data": make_treatment_data(session="1", of=0)}, ["/data/treatment/of", "/data/treatment/session"]),
    ({"data": make_treatment_data(performed_at="2026-03-02")}, ["/data/treatment/performed_at"]),
    ({"data": make_treatment_data(practitioner="a\x00b")}, ["/data/treatment/practitioner"]),
    ({"data": make_treatment_data(note={"a/b": "\ud800"})}, ["/data/treatment/note/a~1b"]),
]


@pytest.mark.parametrize(("changes", "wanted"), REFUSED)
def test_a_refusal_lists_every_failing_pointer(site: Site, changes: dict[str, Any], wanted: list[str]) -> None:
    answer = site.send(make_body(**changes))
    assert problem(answer) == (422, "invalid")
    assert pointers(answer) == wanted
    assert stored(site) == []


@pytest.mark.parametrize("missing", ["specversion", "type", "source", "id", "time", "data"])
def test_a_missing_attribute_is_named(site: Site, missing: str) -> None:
    event = {name: value for name, value in make_body().items() if name != missing}
    answer = site.send(event)
    assert (answer.status_code, pointers(answer)) == (422, [f"/{missing}"])


def test_a_refusal_never_repeats_what_was_sent(site: Site) -> None:
    data = make_treatment_data(session="Zebediah")
    data["patient"]["contact_points"] = [{"channel": "Zebediah", "value": 5}]
    answer = site.send(make_body(id="Zebediah\n", data=data))
    assert answer.status_code == 422
    assert "Zebediah" not in answer.text


def test_fields_we_do_not_know_are_kept(site: Site) -> None:
    assert site.send(make_body(data=make_treatment_data(lot_number="L-5"))).status_code == 202
    assert stored(site)[0].data["treatment"]["lot_number"] == "L-5"


@pytest.mark.parametrize(
    "name", ["{{7*7}}", "\u202eabc", "👩🏽‍⚕️", "x" * 10_000, "a\r\nBcc: b@c.d", "O'Hara; DROP TABLE"]
)
def test_a_strange_name_is_only_a_name(site: Site, name: str) -> None:
    data = make_treatment_data()
    data["patient"]["given_name"] = name
    assert site.send(make_body(data=data)).status_code == 202
    assert stored(site)[0].data["patient"]["given_name"] == name


def test_backfill_is_marked_as_history(site: Site) -> None:
    site.send(make_body(data=make_treatment_data() | {"backfill": True}))
    assert [r.backfill for r in stored(site)] == [True]


def test_fifty_copies_at_once_make_one_event(database: Database) -> None:
    ctx = make_ctx(database, ids=SystemIds())
    with serving(ctx) as site, ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: site.send(make_body()), range(50)))
        assert {(a.status_code, a.json()["id"]) for a in answers} == {(202, "T-1001")}
        assert sorted(a.json()["status"] for a in answers) == ["accepted", *["duplicate"] * 49]
        assert len(stored(site)) == 1


def test_batches_in_any_order_never_lock_each_other(database: Database) -> None:
    batches = [[make_body(id=f"e{n}") for n in order] for order in (range(20), range(19, -1, -1))] * 4
    ctx = make_ctx(database, ids=SystemIds())
    with serving(ctx) as site, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda b: site.send(b, media=BATCH), batches))
        assert {a.status_code for a in answers} == {202}
        assert sorted(s["status"] for a in answers for s in a.json()).count("accepted") == 20
