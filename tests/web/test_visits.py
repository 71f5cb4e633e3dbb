"""The page of a visit: acts on POST alone, shows nothing clinical, and tells the truth when it is too late."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import httpx
import pytest
from icalendar import Calendar

from followup.domain.booking import Booking, BookingState
from followup.domain.escalation import EscalationState
from followup.domain.event import EventType
from followup.domain.ids import BookingId
from followup.services import answer, dispatch, enroll
from followup.services.context import Context
from followup.storage import bookings, escalations
from tests.builders import CLINIC, PHONE, make_body
from tests.fakes import START, FakeClock, FakeProvider, InlineJobs, inbound_request
from tests.services.seeds import run
from tests.web.site import Site

E, B = EventType, BookingState
DAY = timedelta(days=1)
VISIT = START + 10 * DAY
ANA = {
    "id": "P-17",
    "given_name": "Ana",
    "family_name": "Silva",
    "language": "en-CA",
    "contact_points": [{"channel": "sms", "value": "+14165550123"}],
}


def tell(site: Site, kind: E, **booking: Any) -> None:
    """The clinic's system tells of the visit; what follows is done."""
    block = {"id": "B-1", "treatment_code": "skinpen-microneedling", "practitioner": "RN Okafor", **booking}
    data = {"clinic": CLINIC, "patient": ANA, "booking": block}
    assert isinstance(site.ctx.clock, FakeClock)
    moment = site.ctx.clock.advance(timedelta(seconds=1)).isoformat()
    assert site.send(make_body(kind, id=f"{kind}{booking}", time=moment, data=data)).status_code == 202
    dispatch.sweep(site.ctx)
    assert isinstance(site.ctx.jobs, InlineJobs)
    for actor, ids in list(site.ctx.jobs.waiting):
        if actor == "process_events":
            enroll.process_events(site.ctx, ids)
    run(site.ctx)


def offered(site: Site, **booking: Any) -> str:
    """The path of the page that an offer links to."""
    tell(site, E.BOOKING_OFFERED, starts_at=VISIT.isoformat(), **booking)
    return path_in(site.ctx)


def path_in(ctx: Context) -> str:
    """The link of the text that went out last."""
    provider = next(iter(ctx.providers.values()))
    assert isinstance(provider, FakeProvider)
    found = re.search(r"/b/[\w-]{22}", provider.ledger[-1].text)
    assert found is not None
    return found[0]


def press(site: Site, path: str, answer: str, *, visit: str | None = None) -> httpx.Response:
    """Press a button of the page."""
    return site.http.post(path, data={"answer": answer, "visit": VISIT.isoformat() if visit is None else visit})


def booking(site: Site) -> Booking:
    """The visit as it stands."""
    with site.ctx.db.reading() as conn:
        found = bookings.get(conn, CLINIC, BookingId("B-1"))
    assert found is not None
    return found


def test_the_page_asks_about_time_and_place(site: Site) -> None:
    page = site.http.get(offered(site))
    assert page.status_code == 200
    assert "Thursday, March 12, 2026, 4:30 PM" in page.text
    assert re.findall(r'name="answer" value="(\w+)"', page.text) == ["confirm", "reschedule", "decline"]
    assert not any(word in page.text for word in ("Ana", "Silva", "P-17", "B-1", "Okafor", "microneedling", "<script"))


def test_the_page_speaks_french_too(site: Site) -> None:
    page = site.http.get(offered(site), params={"lang": "fr"})
    assert '<html lang="fr-CA"' in page.text
    assert "Jeudi 12 mars 2026, 16 h 30" in unescape(page.text)


@pytest.mark.parametrize(
    ("answer", "state", "title"),
    [
        ("confirm", B.BOOKED, "Your visit is set"),
        ("reschedule", B.CHANGE_ASKED, "We look for another time"),
        ("decline", B.DECLINED, "You told us that you cannot come"),
    ],
)
def test_a_button_answers_once_and_again(site: Site, answer: str, state: B, title: str) -> None:
    path = offered(site)
    pages = [press(site, path, answer) for _ in range(2)]
    assert [(p.status_code, f"<h1>{title}</h1>" in p.text) for p in pages] == [(200, True), (200, True)]
    assert (booking(site).state, booking(site).answer) == (state, answer)
    assert f"<h1>{title}</h1>" in site.http.get(path).text


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_at_the_page_answers_nothing(site: Site, method: str) -> None:
    path = offered(site)
    site.http.request(method, f"{path}?answer=confirm&visit={VISIT.isoformat()}")
    assert booking(site).state is B.OFFERED


@pytest.mark.parametrize("form", [{}, {"answer": "x"}, {"answer": "confirm"}, {"answer": "confirm", "visit": "soon"}])
def test_a_form_without_sense_asks_again(site: Site, form: dict[str, str]) -> None:
    page = site.http.post(offered(site), data=form)
    assert (page.status_code, booking(site).state) == (200, B.OFFERED)


@pytest.mark.parametrize("body", [b"\x00" * 999, b"&" * 9999, b"answer=confirm&visit=%ff%00", "é".encode() * 500])
def test_a_wild_body_changes_nothing(site: Site, body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert site.http.post(offered(site), content=body, headers=headers).status_code in {200, 400}
    assert booking(site).state is B.OFFERED


def test_an_old_page_cannot_set_the_new_time(site: Site) -> None:
    path = offered(site)
    tell(site, E.BOOKING_MOVED, starts_at=(VISIT + DAY).isoformat())
    page = press(site, path, "confirm")
    assert "The time of your visit has changed" in page.text
    assert "Friday, March 13, 2026" in page.text
    assert booking(site).state is B.OFFERED


def test_a_late_answer_is_told_so(site: Site) -> None:
    path = offered(site)
    tell(site, E.BOOKING_CANCELLED)
    assert "This question is no longer open" in site.http.get(path).text
    assert "Your answer came too late" in press(site, path, "confirm").text
    assert booking(site).state is B.CANCELLED


def test_the_entry_is_for_a_calendar(site: Site) -> None:
    path = offered(site)
    found = site.http.get(f"{path}.ics")
    assert found.headers["content-type"] == "text/calendar; charset=utf-8"
    assert Calendar.from_ical(found.text).walk("VEVENT")[0]["DTSTART"].dt == VISIT
    tell(site, E.BOOKING_CANCELLED)
    assert site.http.get(f"{path}.ics").status_code == 404


@pytest.mark.parametrize("path", ["/b/x", "/b/AAAAAAAAAAAAAAAAAAAAAA", "/b/%00", "/b/x.ics"])
def test_a_forged_link_leads_to_the_clinic(site: Site, path: str) -> None:
    assert site.http.get(path).status_code == 404
    assert site.http.post(path, data={"answer": "confirm"}).status_code in {404, 405}


def test_a_red_flag_keeps_the_page_from_booking(site: Site) -> None:
    path = offered(site)
    answer.take_inbound(site.ctx, inbound_request("yes but my face is really swollen", sender=PHONE, ref="in-1"))
    page = press(site, path, "confirm")
    assert (page.status_code, "<h1>A person looks at this first</h1>" in page.text) == (200, True)
    assert (booking(site).state, booking(site).answer) == (B.OFFERED, "")
    with site.ctx.db.reading() as conn:
        told = escalations.listing(conn, CLINIC, states=[EscalationState.OPEN])
    assert [e.kind.value for e in told if e.subject == "B-1"] == ["booking"]
