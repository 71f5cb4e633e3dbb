"""Campaigns over HTTP: the same life as by the commands, by an API key with a name."""

from typing import Any

import pytest

from followup.domain.campaign import CampaignState
from tests.services.campaigns.parts import go_on, people, written
from tests.services.seeds import sent
from tests.web.site import KEY, Site, problem

HOME = "/v1/campaigns"
MIA, BEN = {"by": "Mia"}, {"by": "Ben"}


def post(site: Site, path: str, said: object) -> Any:
    """What a POST answers, which must be a yes."""
    answer = site.http.post(f"{HOME}{path}", json=said, headers=KEY)
    assert answer.status_code in {200, 201}, answer.text
    return answer.json()


def refused(site: Site, path: str, said: object) -> tuple[int, str]:
    """The problem of a POST."""
    return problem(site.http.post(f"{HOME}{path}", json=said, headers=KEY))


def drafted(site: Site, **changes: Any) -> str:
    """The id of a new draft by Mia."""
    one = post(site, "", {"campaign": written(**changes), **MIA})
    assert one["state"] == CampaignState.DRAFT
    return f"/{one['id']}"


def test_a_campaign_lives_its_life_by_http(site: Site) -> None:
    people(site.ctx, 3)
    one = drafted(site, pace={"per_minute": 1})
    for step, said in (("submit", MIA), ("approve", BEN), ("launch", MIA)):
        post(site, f"{one}/{step}", said)
    go_on(site.ctx)
    assert post(site, f"{one}/pause", MIA | {"reason": "wait"})["state"] == "paused"
    assert post(site, f"{one}/resume", MIA)["state"] == "running"
    assert post(site, f"{one}/pace", MIA | {"per_minute": 60})["pace"]["per_minute"] == 60
    go_on(site.ctx, 3)
    assert len(sent(site.ctx)) == 3
    assert site.http.get(f"{HOME}{one}", headers=KEY).json()["state"] == "finished"


def test_results_come_in_sums_pages_and_files(site: Site) -> None:
    people(site.ctx, 5)
    one = drafted(site)
    for step, said in (("submit", MIA), ("approve", BEN), ("launch", MIA)):
        post(site, f"{one}/{step}", said)
    go_on(site.ctx, 1)
    get = site.http.get
    assert get(f"{HOME}{one}/results", headers=KEY).json()["funnel"]["sent"] == 5
    page = get(f"{HOME}{one}/recipients?limit=3", headers=KEY).json()
    rest = get(f"{HOME}{one}/recipients?limit=3&after={page['next']}", headers=KEY).json()
    assert [len(page["people"]), len(rest["people"]), rest["next"]] == [3, 2, None]
    assert get(f"{HOME}{one}/results.csv?by=Mia", headers=KEY).text.count("\r\n") == 6
    assert get(f"{HOME}{one}/results.csv", headers=KEY).status_code == 422


@pytest.mark.parametrize(("path", "said", "answer"), [
    ("", {"campaign": {"name": "x"}, **MIA}, (422, "invalid")), ("", {"campaign": written()}, (422, "invalid")),
    ("", {"campaign": written(name="a\x00b"), **MIA}, (422, "invalid")),
    ("/cmp_1/submit", {"by": "\x00"}, (422, "invalid")),
    ("/cmp_404/submit", MIA, (404, "not-found")), ("/cmp_404/pause", MIA, (422, "invalid")),
])  # fmt: skip
def test_a_bad_call_has_its_problem(site: Site, path: str, said: object, answer: tuple[int, str]) -> None:
    assert refused(site, path, said) == answer


def test_what_its_state_forbids_is_a_conflict(site: Site) -> None:
    people(site.ctx, 1)
    one = drafted(site)
    assert refused(site, f"{one}/launch", MIA) == (409, "conflict")


def test_an_own_promotion_is_forbidden(site: Site) -> None:
    people(site.ctx, 1)
    one = drafted(site, template="campaign/season", **{"class": "promo"})
    post(site, f"{one}/submit", MIA)
    assert refused(site, f"{one}/approve", MIA) == (403, "forbidden")


def test_without_a_key_there_is_no_campaign(site: Site) -> None:
    assert site.http.get(HOME).status_code == 401
    assert site.http.get(HOME, headers=KEY).json() == []
