"""What a clinic's own system may read: its own patients, without names, numbers or words."""

from collections.abc import Iterator

import pytest

from followup.content.clinics import Clinics
from followup.services import answer
from followup.storage.database import Database
from tests.builders import EMAIL, PHONE, make_clinic, make_ctx, make_patient
from tests.fakes import inbound_request
from tests.services.seeds import run, seed
from tests.web.site import Site, problem, serving

OURS, THEIRS = {"Authorization": "Bearer south-key"}, {"Authorization": "Bearer north-key"}
PATHS = ["/v1/patients/P%2F17/timeline", "/v1/messages/msg_1"]


@pytest.fixture
def told(database: Database) -> Iterator[Site]:
    """Two clinics; one sent a message to a patient who wrote back."""
    clinics = Clinics([make_clinic(), make_clinic(id="north")])
    ctx = make_ctx(database, clinics=clinics, environ={"FOLLOWUP_API_KEY": "canstrive:south-key,north:north-key"})
    seed(ctx, patient=make_patient(id="P/17"))
    run(ctx)
    answer.take_inbound(ctx, inbound_request("my cheek burns", sender=PHONE))
    with serving(ctx) as site:
        yield site


@pytest.mark.parametrize("path", [*PATHS, "/v1/messages"])
def test_nothing_about_the_person_is_in_it(told: Site, path: str) -> None:
    answered = told.http.get(path, headers=OURS)
    assert answered.status_code == 200
    assert "msg_1" in answered.text
    assert [part for part in ("Ana", "Silva", PHONE, EMAIL, "cheek") if part in answered.text] == []


@pytest.mark.parametrize("path", PATHS)
def test_another_clinic_finds_nothing(told: Site, path: str) -> None:
    assert problem(told.http.get(path, headers=THEIRS)) == (404, "not-found")
    assert told.http.get("/v1/messages", headers=THEIRS).json()["messages"] == []


def test_a_timeline_tells_past_and_reply(told: Site) -> None:
    timeline = told.http.get(PATHS[0], headers=OURS).json()
    answer, own = sorted((m["class"], m["id"], m["state"]) for m in timeline["messages"])[::-1]
    assert (own[1:], answer[0], answer[2]) == (("msg_1", "sent"), "compliance", "scheduled")
    assert [r["intent"] for r in timeline["replies"]] == ["clinical_urgent"]
    assert [x["kind"] for x in timeline["escalations"]] == ["red_flag"]


def test_a_cursor_leads_through_all_pages(told: Site) -> None:
    for number in (2, 3):
        seed(told.ctx, patient=make_patient(id=f"P-{number}"), number=number)
    seen, cursor = [], ""
    while cursor is not None:
        page = told.http.get(
            "/v1/messages", params={"limit": 1, "cursor": cursor} if cursor else {"limit": 1}, headers=OURS
        )
        seen += [m["id"] for m in page.json()["messages"]]
        cursor = page.json()["next"]
    assert len(set(seen)) == len(seen)
    assert {"msg_1", "msg_2", "msg_3"} < set(seen)


@pytest.mark.parametrize("query", ["cursor=x", "cursor=2026~", "limit=0", "limit=a", "state=gone"])
def test_a_wrong_parameter_is_a_problem(told: Site, query: str) -> None:
    assert problem(told.http.get(f"/v1/messages?{query}", headers=OURS)) == (422, "invalid")
