"""What patients read is accessible: e-mail and page, light and dark, on a phone and on a desk."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from followup.content.templates import Templates
from followup.domain.message import Channel
from tests.builders import ROOT
from tests.content.texts import page, render

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TEMPLATES = Templates(ROOT / "templates")
DOCUMENTS: dict[str, Callable[[str], str]] = {
    "mail": lambda locale: render(TEMPLATES, Channel.EMAIL, ref="skinpen-microneedling/day-0", locale=locale).html,
    "page": lambda locale: page(TEMPLATES, ref="skinpen-microneedling/day-0", locale=locale),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("kind", "locale", "width"), [("mail", "en-CA", 390), ("page", "fr-CA", 1000)])
def test_texts_have_contrast_names_and_order(
    browser: "Browser", kind: str, locale: str, width: int, scheme: str
) -> None:
    screen = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    screen.set_content(DOCUMENTS[kind](locale))
    found = Axe().run(screen, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
    screen.close()
    assert found.response["violations"] == []


@pytest.mark.parametrize("locale", ["en-CA", "fr-CA"])
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_texts_fit_a_narrow_telephone(browser: "Browser", kind: str, locale: str) -> None:
    screen = browser.new_page(viewport={"width": 320, "height": 600})
    screen.set_content(DOCUMENTS[kind](locale))
    assert screen.evaluate("document.documentElement.scrollWidth") <= 320
    screen.close()


def test_the_page_keeps_its_style_under_a_strict_policy(browser: "Browser") -> None:
    shown = TEMPLATES.full_text(
        "skinpen-microneedling/day-0",
        version=TEMPLATES.version("skinpen-microneedling/day-0"),
        locale="en-CA",
        values={"clinic_name": "C", "clinic_phone": "905-555-0142", "clinic_address": "A"},
    )
    policy = f"default-src 'none'; style-src '{shown.style}'"
    screen = browser.new_page()
    screen.route("**", lambda route: route.fulfill(body=shown.html, headers={"Content-Security-Policy": policy}))
    screen.goto("http://followup.test/m/x")
    assert screen.evaluate("getComputedStyle(document.querySelector('.call')).fontWeight") == "700"
    screen.close()
