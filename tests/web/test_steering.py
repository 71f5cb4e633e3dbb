"""Steering over HTTP: pause, resume, skip, send now and undo, by an API key with a name and a reason."""

import pytest

from followup.domain.message import Hold, MessageState
from tests.services.seeds import run, seed, sent, stored
from tests.web.site import KEY, Site, problem

SAID = {"by": "RN Okafor", "reason": "asked on the phone"}
SKIP = "/v1/messages/msg_1/skip"


def post(site: Site, path: str, said: object = None) -> tuple[int, str]:
    answer = site.http.post(path, json=SAID if said is None else said, headers=KEY)
    if answer.status_code == 200:
        return 200, answer.json().get("state", "")
    return problem(answer)


def test_a_skip_is_made_and_taken_back(site: Site) -> None:
    seed(site.ctx)
    assert post(site, SKIP) == (200, "cancelled")
    assert post(site, "/v1/messages/msg_1/undo") == (200, "scheduled")


def test_sending_now_answers_what_will_happen(site: Site) -> None:
    seed(site.ctx)
    answer = site.http.post("/v1/messages/msg_1/send-now", json=SAID, headers=KEY)
    assert answer.json()["foreseen"]["verdict"] == "send"
    run(site.ctx)
    assert len(sent(site.ctx)) >= 1
    assert post(site, SKIP) == (409, "too-late")


def test_a_patient_is_paused_and_resumed(site: Site) -> None:
    seed(site.ctx)
    assert site.http.post("/v1/patients/P-17/pause", json=SAID, headers=KEY).json() == {"messages": 1}
    assert stored(site.ctx).hold is Hold.PATIENT_PAUSED
    assert site.http.post("/v1/patients/P-17/resume", json=SAID, headers=KEY).json() == {"messages": 1}
    assert stored(site.ctx).state is MessageState.SCHEDULED


@pytest.mark.parametrize("said", [{}, {"by": "Okafor"}, SAID | {"by": "  "}, SAID | {"reason": ""}, []])
def test_an_act_without_name_or_reason_is_refused(site: Site, said: object) -> None:
    seed(site.ctx)
    assert post(site, SKIP, said)[0] == 422


@pytest.mark.parametrize("path", ["/v1/messages/msg_404/skip", "/v1/patients/P-404/pause"])
def test_steering_what_is_not_there_is_404(site: Site, path: str) -> None:
    assert post(site, path) == (404, "not-found")


@pytest.mark.parametrize("path", [SKIP, "/v1/patients/P-17/pause"])
def test_nobody_steers_without_a_key(site: Site, path: str) -> None:
    seed(site.ctx)
    assert problem(site.http.post(path, json=SAID))[0] == 401
    assert stored(site.ctx).hold is None


def test_one_follow_up_is_paused_and_resumed(site: Site) -> None:
    seed(site.ctx)
    assert site.http.post("/v1/enrollments/enr_1/pause", json=SAID, headers=KEY).json() == {"messages": 1}
    assert stored(site.ctx).hold is Hold.ENROLLMENT_PAUSED
    assert site.http.post("/v1/enrollments/enr_1/resume", json=SAID, headers=KEY).json() == {"messages": 1}
    assert stored(site.ctx).hold is None
