"""The door for consents that end soon, and what the event door says of consents that cannot be."""

from datetime import timedelta

import httpx
import pytest

from followup.domain.event import EventType
from followup.services import enroll
from tests.builders import CLINIC, PATIENT, make_body, make_treatment_data
from tests.web.site import KEY, Site, pointers


def told(site: Site, **more: object) -> httpx.Response:
    """The door's answer to a consent of now."""
    now = site.ctx.clock.now()
    consent = {"class": "promo", "channel": "sms", "kind": "express", "recorded_at": now.isoformat(), "evidence": "x"}
    data = {"clinic": CLINIC, "patient": {"id": PATIENT}, "consent": {**consent, **more}}
    return site.send(make_body(EventType.CONSENT_RECORDED, id="K-1", time=now.isoformat(), data=data))


def test_a_consent_of_tomorrow_is_422_with_pointer(site: Site) -> None:
    answer = told(site, recorded_at=(site.ctx.clock.now() + timedelta(days=1)).isoformat())
    assert answer.status_code == 422
    assert pointers(answer) == ["/data/consent/recorded_at"]


@pytest.mark.parametrize(
    ("field", "value"), [("kind", "verbal"), ("class", "ads"), ("basis_date", "soon"), ("written", "yes")]
)
def test_an_unknown_kind_is_422_with_pointer(site: Site, field: str, value: str) -> None:
    answer = told(site, **{field: value})
    assert answer.status_code == 422
    assert pointers(answer) == [f"/data/consent/{field}"]


def test_the_clinics_system_reads_what_ends_soon(site: Site) -> None:
    first = site.send(make_body(data=make_treatment_data()))
    second = told(site, kind="implied_purchase", basis_date="2024-03-20")
    assert (first.status_code, second.status_code) == (202, 202)
    with site.ctx.db.reading() as conn:
        rows = [r for (r,) in conn.exec_driver_sql("SELECT row_id FROM events ORDER BY row_id")]
    enroll.process_events(site.ctx, rows)
    (one,) = site.http.get("/v1/consents/expiring?days=30", headers=KEY).json()
    assert (one["patient"], one["ends_on"], one["used"]) == (PATIENT, "2026-03-20", False)
