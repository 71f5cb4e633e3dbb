"""Pages for patients: what they show, what they never show, and that only a POST acts."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from followup.domain.message import Channel
from followup.services.links import LinkKind, Signer
from followup.storage.tables import audit, suppressions
from tests.builders import CLINIC, EMAIL, PHONE, SECRET, make_patient
from tests.fakes import FakeClock, FakeProvider
from tests.services.seeds import run, seed
from tests.web.site import Site

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def link(site: Site, kind: LinkKind, *, language: str = "en-CA", channel: Channel = Channel.SMS) -> str:
    """The path of a link in a message that has just gone out."""
    provider = site.ctx.providers[channel]
    assert isinstance(provider, FakeProvider)
    seed(site.ctx, patient=make_patient(language=language), channels=(channel,))
    run(site.ctx)
    return f"/{kind}/{Signer(SECRET).token(kind, CLINIC, 'msg_1')}"


def stopped(site: Site) -> list[Any]:
    """Addresses that are suppressed."""
    with site.ctx.db.reading() as conn:
        return [(r.channel, r.address, r.source) for r in conn.execute(sa.select(suppressions))]


def phone(site: Site) -> str:
    """The clinic's own."""
    return site.ctx.clinics.need(CLINIC).phone


def age(site: Site, days: int) -> None:
    """Let patients' time pass."""
    clock = site.ctx.clock
    assert isinstance(clock, FakeClock)
    clock.advance(timedelta(days=days))


def test_the_full_text_shows_no_name(site: Site) -> None:
    answer = site.http.get(link(site, LinkKind.MESSAGE))
    assert answer.status_code == 200
    assert '<html lang="en-CA"' in answer.text
    assert phone(site) in answer.text
    assert not any(word in answer.text for word in ("Ana", "Silva", PHONE, EMAIL, "P-17"))


def test_the_full_text_is_in_the_messages_language(site: Site) -> None:
    path = link(site, LinkKind.MESSAGE, language="fr-CA")
    assert '<html lang="fr-CA"' in site.http.get(path).text
    assert '<html lang="en-CA"' in site.http.get(f"{path}?lang=en-CA").text


@pytest.mark.parametrize("lang", ["xx", "../../etc", "fr-CA\x00", "e" * 900])
def test_a_strange_language_shows_the_page_all_the_same(site: Site, lang: str) -> None:
    assert site.http.get(link(site, LinkKind.MESSAGE), params={"lang": lang}).status_code == 200


@pytest.mark.parametrize(
    ("kind", "alive", "dead"),
    [(LinkKind.MESSAGE, 89, 90), (LinkKind.UNSUBSCRIBE, 729, 730), (LinkKind.PREFERENCES, 729, 730)],
)
def test_a_link_has_an_end_of_life(site: Site, kind: LinkKind, alive: int, dead: int) -> None:
    path = link(site, kind, channel=Channel.EMAIL)
    age(site, alive)
    assert site.http.get(path).status_code == 200
    age(site, dead - alive)
    answer = site.http.get(path)
    assert answer.status_code == 404
    assert phone(site) in answer.text
    assert "does not work any more" in answer.text


@pytest.mark.parametrize("path", ["/m/x", "/u/x", "/p/x", "/m/AAAAAAAAAAAAAAAAAAAAAA", "/u/%00", "/m/é"])
def test_a_forged_link_is_a_page_with_a_way(site: Site, path: str) -> None:
    answer = site.http.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert phone(site) in answer.text


def test_a_link_of_one_kind_opens_no_other(site: Site) -> None:
    token = link(site, LinkKind.MESSAGE, channel=Channel.EMAIL).rpartition("/")[2]
    assert site.http.post(f"/u/{token}").status_code == 404
    assert stopped(site) == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_at_a_link_never_acts(site: Site, method: str) -> None:
    path = link(site, LinkKind.UNSUBSCRIBE, channel=Channel.EMAIL)
    site.http.request(method, path)
    site.http.request(method, path + "?List-Unsubscribe=One-Click")
    assert stopped(site) == []


def one_click(site: Site, path: str, *, multipart: bool) -> httpx.Response:
    """The request of RFC 8058 in one of its two encodings."""
    if multipart:
        return site.http.post(path, files={name: (None, value) for name, value in ONE_CLICK.items()})
    return site.http.post(path, data=ONE_CLICK)


@pytest.mark.parametrize("multipart", [True, False])
def test_one_click_acts_once_and_answers_twice(site: Site, multipart: bool) -> None:
    path = link(site, LinkKind.UNSUBSCRIBE, channel=Channel.EMAIL)
    answers = [one_click(site, path, multipart=multipart) for _ in range(2)]
    assert [(a.status_code, "set-cookie" in a.headers) for a in answers] == [(200, False), (200, False)]
    assert stopped(site) == [("email", EMAIL, "link msg_1")]
    with site.ctx.db.reading() as conn:
        assert [r.actor for r in conn.execute(sa.select(audit).where(audit.c.action == "suppression.added"))] == [
            "patient"
        ]


def test_the_page_asks_then_says_it_is_done(site: Site) -> None:
    path = link(site, LinkKind.UNSUBSCRIBE, channel=Channel.EMAIL)
    assert '<form method="post">' in site.http.get(path).text
    site.http.post(path, data=ONE_CLICK)
    after = site.http.get(path).text
    assert "The messages are stopped" in after
    assert "<form" not in after
    assert EMAIL not in after


@pytest.mark.parametrize("done", [False, True])
def test_stopping_leads_to_the_finer_choices(site: Site, done: bool) -> None:
    path = link(site, LinkKind.UNSUBSCRIBE, channel=Channel.EMAIL)
    page = one_click(site, path, multipart=False) if done else site.http.get(path)
    (choices,) = re.findall(r'href="(/p/[^"]+)"', page.text)
    assert "Choose what we send you" in site.http.get(choices).text


@pytest.mark.parametrize(("given", "address"), [("(416) 555-0123", PHONE), (" ANA@Example.com ", "ANA@example.com")])
def test_the_contact_form_stops_an_address(site: Site, given: str, address: str) -> None:
    answer = site.http.post("/c/canstrive", data={"address": given})
    assert (answer.status_code, "The messages are stopped" in answer.text) == (200, True)
    assert [(a, source) for _, a, source in stopped(site)] == [(address, "contact page")]


@pytest.mark.parametrize("given", ["", "Ana", "12", "a@b@c", "9" * 5000])
def test_the_contact_form_refuses_what_is_no_address(site: Site, given: str) -> None:
    answer = site.http.post("/c/canstrive", data={"address": given})
    assert (answer.status_code, "This is no phone number" in answer.text) == (422, True)
    assert stopped(site) == []


def test_unsubscribing_speaks_the_messages_language(site: Site) -> None:
    path = link(site, LinkKind.UNSUBSCRIBE, language="fr-CA", channel=Channel.EMAIL)
    assert "Arrêter ces messages" in site.http.get(path).text
    assert "Stop these messages" in site.http.get(path + "?lang=en").text


def test_the_clinic_says_who_it_is(site: Site) -> None:
    text, clinic = unescape(site.http.get("/c/canstrive").text), site.ctx.clinics.need(CLINIC)
    told = (clinic.name, clinic.legal_name, clinic.address, clinic.phone, clinic.email, clinic.web, "STOP")
    assert [part for part in told if part not in text] == []


@pytest.mark.parametrize(
    ("browser", "word"), [("fr-CA,en;q=0.5", "Qui nous sommes"), ("de, en-US", "Who we are"), ("", "Who we are")]
)
def test_the_contact_page_follows_the_browser(site: Site, browser: str, word: str) -> None:
    assert word in site.http.get("/c/canstrive", headers={"Accept-Language": browser}).text


def test_an_unknown_clinic_has_no_page(site: Site) -> None:
    assert site.http.get("/c/nowhere").status_code == 404
