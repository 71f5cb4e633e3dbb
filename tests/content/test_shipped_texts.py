"""The texts that come with the program say what they must, in both languages."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from followup.content.samples import SAMPLE
from followup.content.templates import FRAME, NOTICE, Templates
from followup.content.text_check import check_templates
from followup.domain.channels import sms
from followup.domain.message import Channel, MessageClass
from followup.domain.visit import VisitText
from tests.builders import ROOT
from tests.content.texts import page, render

HOME = ROOT / "templates"
TEMPLATES = Templates(HOME)
LOCALES = ["en-CA", "fr-CA"]
STEPS = {
    "day-0": MessageClass.CARE,
    "day-1": MessageClass.CARE,
    "day-3": MessageClass.CHECKIN,
    "day-7": MessageClass.CARE,
    "week-2": MessageClass.CARE,
    "next-session": MessageClass.TRANSACTIONAL,
    "next-session-again": MessageClass.TRANSACTIONAL,
    "month-3": MessageClass.CHECKIN,
    "month-6": MessageClass.CHECKIN,
    "maintenance": MessageClass.PROMO,
}
SAFETY = [step for step, kind in STEPS.items() if kind in {MessageClass.CARE, MessageClass.CHECKIN}]
EARLY = ["day-0", "day-1", "day-3", "day-7", "week-2"]
VISITS = {f"booking/{text.value}" for text in VisitText if text is not VisitText.INVITATION}
ALARMS = ["safety-emergency", "safety-urgent", "safety-selfharm"]
SYSTEM = ["stop-confirmation", "start-confirmation", "wrong-number", "help", *ALARMS]
BY_PEOPLE = ["system/out-of-hours", "system/staff-reply", "system/which-flag"]
CAMPAIGNS = {"campaign/new-hours", "campaign/season"}
CANNED = {"canned/call-us", "canned/noted", "canned/we-will-call"}

each_locale = pytest.mark.parametrize("locale", LOCALES)
each_step = pytest.mark.parametrize("step", STEPS)


def ref(step: str) -> str:
    return f"skinpen-microneedling/{step}"


def test_the_check_has_nothing_to_report() -> None:
    assert check_templates(HOME) == []


def test_every_step_and_answer_is_there() -> None:
    system = {FRAME, NOTICE, *BY_PEOPLE, *(f"system/{key}" for key in SYSTEM)}
    assert set(TEMPLATES.refs) == {ref(step) for step in STEPS} | system | VISITS | CANNED | CAMPAIGNS


@each_locale
@each_step
def test_an_sms_is_gsm_7_in_three_segments_at_most(step: str, locale: str) -> None:
    rendered = render(TEMPLATES, ref=ref(step), locale=locale)
    assert rendered.message_class is STEPS[step]
    assert rendered.encoding == "GSM-7"
    assert rendered.segments <= (3 if step in {"day-0", "day-1", "day-7"} and locale == "fr-CA" else 2)


@each_locale
@pytest.mark.parametrize("text", sorted(CAMPAIGNS))
def test_a_campaign_needs_two_segments_at_most(text: str, locale: str) -> None:
    rendered = render(TEMPLATES, ref=text, locale=locale)
    assert (rendered.encoding, rendered.segments <= 2) == ("GSM-7", True)
    assert rendered.text.endswith(sms.STOP_LINES[locale[:2]])


@each_locale
@each_step
def test_an_sms_names_clinic_page_and_way_out(step: str, locale: str) -> None:
    text = render(TEMPLATES, ref=ref(step), locale=locale).text
    assert text.startswith("CanStrive MedSpa")
    assert text.endswith(sms.STOP_LINES[locale[:2]])
    assert str(SAMPLE["link"]) in text
    assert "Ana" not in text


@each_locale
@pytest.mark.parametrize("step", EARLY)
def test_an_early_sms_carries_the_red_flag_line(step: str, locale: str) -> None:
    text = render(TEMPLATES, ref=ref(step), locale=locale).text
    assert re.search("darkening, heat, swelling|teinte foncée.*, chaleur.*enflure", text)
    assert "905-555-0142" in text
    assert "911" in text


@each_locale
@pytest.mark.parametrize("step", SAFETY)
def test_a_care_email_names_emergency_and_same_day_signs(step: str, locale: str) -> None:
    body = render(TEMPLATES, Channel.EMAIL, ref=ref(step), locale=locale).text
    wanted = ["911", "905-555-0142"]
    wanted += (
        ["redness or darkening", "breathing", "pus"] if locale == "en-CA" else ["assombrissement", "respirer", "pus"]
    )
    assert [word for word in wanted if word not in body] == []


@each_locale
@each_step
def test_an_email_identifies_the_clinic_and_the_way_out(step: str, locale: str) -> None:
    mail = render(TEMPLATES, Channel.EMAIL, ref=ref(step), locale=locale)
    for key in ("clinic_name", "clinic_legal_name", "clinic_phone", "clinic_email", "clinic_web", "clinic_address"):
        assert str(SAMPLE[key]) in mail.text
        assert str(SAMPLE[key]).replace("&", "&amp;") in mail.html
    assert str(SAMPLE["unsubscribe_url"]) in mail.text
    assert ("Unsubscribe" if locale == "en-CA" else "Se désabonner") in mail.html


@each_locale
@each_step
def test_an_email_greets_by_name_and_also_without(step: str, locale: str) -> None:
    word = "Hello" if locale == "en-CA" else "Bonjour"
    assert render(TEMPLATES, Channel.EMAIL, ref=ref(step), locale=locale).text.startswith(f"{word} Ana,\n")
    nameless = render(TEMPLATES, Channel.EMAIL, ref=ref(step), locale=locale, given_name="")
    assert nameless.text.startswith(f"{word},\n")


@each_locale
@each_step
def test_the_page_has_the_text_the_contact_and_no_name(step: str, locale: str) -> None:
    shown = page(TEMPLATES, ref=ref(step), locale=locale, given_name="Zebulon")
    assert f'<html lang="{locale}"' in shown
    assert 'href="tel:9055550142"' in shown
    assert "911" in shown
    assert "Zebulon" not in shown


@each_locale
@pytest.mark.parametrize("key", SYSTEM)
def test_an_answer_to_a_keyword_fits_one_segment(key: str, locale: str) -> None:
    rendered = render(TEMPLATES, ref=f"system/{key}", locale=locale, clinic_name="x" * 30)
    assert rendered.message_class is MessageClass.COMPLIANCE
    assert (rendered.encoding, rendered.segments) == ("GSM-7", 1)


@each_locale
@pytest.mark.parametrize("ref_", [*BY_PEOPLE, *sorted(CANNED)])
def test_an_answer_of_staff_is_a_reply_in_gsm_7(ref_: str, locale: str) -> None:
    rendered = render(TEMPLATES, ref=ref_, locale=locale)
    assert (rendered.message_class, rendered.encoding) == (MessageClass.REPLY, "GSM-7")


@pytest.mark.parametrize(
    ("step", "phrases"),
    [
        ("day-0", ["hands off", "lukewarm water", "no make-up", "sunscreen", "sun", "sweat"]),
        ("day-1", ["gentle cleanser", "SPF 30", "No active products", "heat", "pool"]),
        ("day-3", ["Any concern?", "a person will read it"]),
        ("day-7", ["Active products: only if flaking has stopped"]),
        ("week-2", ["SPF 30+ every day"]),
        ("next-session", ["session 2 of 3", "reply", "call"]),
    ],
)
def test_an_sms_says_what_its_day_is_about(step: str, phrases: list[str]) -> None:
    text = render(TEMPLATES, ref=ref(step)).text
    assert [phrase for phrase in phrases if phrase not in text] == []


@each_locale
def test_dark_mode_survives_the_inlining_of_styles(locale: str) -> None:
    html = render(TEMPLATES, Channel.EMAIL, ref=ref("day-0"), locale=locale).html
    assert "@media (prefers-color-scheme: dark)" in html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert re.search(r'<td class="text"[^>]* style="', html)
    assert "{{" not in html


class Outline(HTMLParser):
    """The open tags of a document, to see that each is closed."""

    VOID = frozenset({"meta", "br", "img", "hr", "link", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open += [] if tag in self.VOID else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@each_locale
@each_step
def test_every_tag_is_closed_in_order(step: str, locale: str) -> None:
    mail = render(TEMPLATES, Channel.EMAIL, ref=ref(step), locale=locale).html
    for html in (mail, page(TEMPLATES, ref=ref(step), locale=locale)):
        outline = Outline()
        outline.feed(html)
        assert outline.open == []


def test_the_preview_of_an_inbox_tells_nothing() -> None:
    html = render(TEMPLATES, Channel.EMAIL, ref=ref("day-0")).html
    assert re.search(r'<div class="preheader"[^>]*>Information from CanStrive MedSpa', html)
    assert Path(HOME / "lint.yaml").is_file()
