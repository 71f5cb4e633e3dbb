"""Patients' pages in a real browser: readable at both widths, in both schemes, and without a finding of axe."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from followup.domain.message import Channel
from followup.services.links import LinkKind
from followup.storage import events
from tests.builders import make_event
from tests.web.site import Site
from tests.web.test_pages import link
from tests.web.test_visits import offered

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PLACES = (
    "/m", "/m?lang=fr-CA", "/u", "/u?lang=fr", "/p", "/p?lang=fr", "/p?done=saved", "/c/canstrive",
    "/c/canstrive?lang=fr", "/m/forged", "/p/forged?lang=fr", "/docs", "/b", "/b?lang=fr",
)  # fmt: skip


@pytest.fixture(params=["desktop", "phone", "dark"])
def page(request: pytest.FixtureRequest, browser: "Browser") -> "Iterator[Page]":
    """A page of a browser of this kind; a complaint in its console is a failure."""
    size = {"width": 390, "height": 844} if request.param == "phone" else {"width": 1280, "height": 800}
    opened = browser.new_page(viewport=size, color_scheme="dark" if request.param == "dark" else "light")
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if "404" not in said.text else None)
    yield opened
    opened.close()
    assert complaints == []


def address(site: Site, place: str) -> str:
    """The full address of a place, with a good token where one is needed."""
    head, mark, query = place.partition("?")
    if head == "/b":
        with ThreadPoolExecutor(1) as apart:
            head = apart.submit(offered, site).result()
    if head in {"/m", "/u", "/p"}:
        with ThreadPoolExecutor(1) as apart:  # in this thread the browser's event loop runs already
            head = apart.submit(link, site, LinkKind(head[1:]), channel=Channel.EMAIL).result()
    return f"{site.http.base_url}{head}{mark}{query}"


@pytest.mark.parametrize("place", PLACES)
def test_a_page_fits_and_axe_is_content(site: Site, page: "Page", place: str) -> None:
    page.goto(address(site, place))
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"  # the style applied
    assert Axe().run(page).response["violations"] == []


def test_the_button_stops_messages_by_keyboard(site: Site, page: "Page") -> None:
    page.goto(address(site, "/u"))
    page.get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The messages are stopped").wait_for()


def test_choices_are_made_without_a_mouse(site: Site, page: "Page") -> None:
    with site.ctx.db.transaction() as conn:
        events.add(conn, make_event(), "digest")
    page.goto(address(site, "/p"))
    page.get_by_role("group", name="E-mail").get_by_role("checkbox", name="Check-ins").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save my choices").focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").wait_for()
    boxes = page.get_by_role("group", name="E-mail").get_by_role("checkbox")
    assert [box.is_checked() for box in boxes.all()] == [True, False, True, False]
