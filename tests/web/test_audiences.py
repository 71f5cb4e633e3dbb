"""The doors for saved segments and lists of people."""

from tests.services.campaigns.parts import drafted
from tests.services.seeds import seed
from tests.web.site import KEY, Site, pointers

CSV = {**KEY, "Content-Type": "text/csv"}
LIST = b"id,first name,mobile\nP-17,Ana,\n,Bo,4.17E+09\n"


def test_a_segment_lives_over_http(site: Site) -> None:
    seed(site.ctx)
    said = {"audience": {"language": "en"}, "by": "Roy"}
    assert site.http.put("/v1/segments/english", json=said, headers=KEY).status_code == 200
    assert site.http.get("/v1/segments/english", headers=KEY).json()["count"] == 1
    assert site.http.post("/v1/segments/count", json={"not": said["audience"]}, headers=KEY).json() == {"count": 0}
    why = site.http.get("/v1/segments/english/explain?patient=P-17", headers=KEY).json()["why"]
    assert why == {"at": "/language", "holds": True, "text": "the language is en-CA"}
    assert site.http.delete("/v1/segments/english?by=Roy", headers=KEY).status_code == 204
    assert site.http.get("/v1/segments/english", headers=KEY).status_code == 404


def test_a_faulty_audience_is_422_with_pointer(site: Site) -> None:
    answer = site.http.post("/v1/segments/count", json={"all": [{"lng": "fr"}]}, headers=KEY)
    assert (answer.status_code, pointers(answer)) == (422, ["/all/0/lng"])


def test_a_list_is_brought_mended_and_accepted(site: Site) -> None:
    seed(site.ctx)
    told = site.http.post("/v1/uploads?name=a.csv&by=Roy", content=LIST, headers=CSV).json()
    assert (told["state"], [(f["row"], f["column"]) for f in told["faults"]]) == ("faulty", [(3, "mobile")])
    here = f"/v1/uploads/{told['id']}"
    assert site.http.post(f"{here}/accept?by=Roy", headers=KEY).status_code == 409
    errors = site.http.get(f"{here}/errors.csv?by=Roy", headers=KEY)
    assert (errors.headers["content-type"], errors.text.count("\r\n")) == ("text/csv; charset=utf-8", 2)
    assert site.http.post(f"{here}/accept?by=Roy&clean_rows_only=true", headers=KEY).json()["state"] == "ready"
    assert site.http.get(here, headers=KEY).json()["clean"] == 1
    assert len(site.http.get("/v1/uploads", headers=KEY).json()) == 1
    assert site.http.delete(f"{here}?by=Roy", headers=KEY).status_code == 204


def test_a_file_that_is_no_list_is_422(site: Site) -> None:
    answer = site.http.post("/v1/uploads?name=a.csv&by=Roy", content=b"%PDF-1.7", headers=CSV)
    assert (answer.status_code, answer.json()["cure"]) == (422, "save it as XLSX, or as CSV UTF-8")
    assert site.http.post("/v1/uploads?name=a.csv&by=Roy", content=LIST).status_code == 401


def test_a_preflight_adds_up_over_http(site: Site) -> None:
    seed(site.ctx)
    here = f"/v1/campaigns/{drafted(site.ctx).id}"
    told = site.http.get(f"{here}/preflight", headers=KEY).json()
    assert told["audience"] == told["recipients"] + sum(told["excluded"].values()) == 1
    assert site.http.get(f"{here}/explain?patient=P-17", headers=KEY).json()["why"]["at"] == "/everybody"
    assert site.http.get("/v1/campaigns/cmp_9/preflight", headers=KEY).status_code == 404
