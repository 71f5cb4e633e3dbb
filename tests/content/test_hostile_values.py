"""Values that patients and clinics write can neither run nor break anything."""

import re
from email.message import EmailMessage
from email.policy import SMTP
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.content.templates import Templates
from followup.content.values import NAME_LENGTH, PLACEHOLDERS, clean_values
from followup.domain.message import Channel
from tests.content.texts import folder, page, render

HOSTILE = [
    "{{7*7}}",
    "{% for x in range(9**9) %}x{% endfor %}",
    "{{ clinic_name.__class__.__mro__ }}",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[click](https://evil.example)",
    "**bold** # heading",
    "> quote",
    "--- sms ---",
    "Ana\r\nBcc: everyone@example.com",
    "Ana\r\n\r\n<html>",
    "\u202eanA",
    "Ana\u2066\u2069",
    "Zoë 😀 ǆ",
    "Ana\ud83d",
    "A\u0300" * 50,
    "x" * 10_000,
    "jx0z jx1z",
    "%s %(x)s $x ${x} {0}",
    "visit www.evil.example now",
    "https://evil.example/a",
]


class Reader(HTMLParser):
    """Collects the tags, attributes and text of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    place = tmp_path_factory.mktemp("texts")
    sms = "{{ clinic_name }}: hello {{ given_name }}, from {{ practitioner }}. {{ stop_line }}"
    subject = "For {{ given_name }}"
    return Templates(folder(place, sms=sms, subject=subject, body="Hello {{ given_name }}.\n\n- {{ practitioner }}"))


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: ascii(name)[:30])
def test_a_hostile_name_is_only_text_in_an_email(templates: Templates, name: str) -> None:
    plain = read(render(templates, Channel.EMAIL, given_name="Ana").html)
    reader = read(render(templates, Channel.EMAIL, given_name=name).html)
    assert reader.tags == plain.tags
    assert str(clean_values({"x": name, "given_name": name}, "en")["given_name"]) in reader.text


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: ascii(name)[:30])
def test_a_hostile_name_is_one_short_line_in_an_sms(templates: Templates, name: str) -> None:
    text = render(templates, given_name=name, practitioner=name).text
    assert text.startswith("CanStrive MedSpa: hello ")
    assert text.endswith("Reply STOP to opt out")
    assert len(text) < 100 + 2 * NAME_LENGTH
    assert len(text.splitlines()) == 1
    assert not re.search(r"://|\w\.\w|[\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    assert "49" not in text


names = st.text(max_size=80)


@given(names, names)
def test_any_name_leaves_the_letter_whole(templates: Templates, name: str, other: str) -> None:
    mail = render(templates, Channel.EMAIL, given_name=f"A{name}", practitioner=f"B{other}")
    letter = EmailMessage(policy=SMTP)
    letter["Subject"] = mail.subject
    letter.set_content(mail.text)
    letter.add_alternative(mail.html, subtype="html")
    assert letter.keys() == ["Subject", "MIME-Version", "Content-Type"]
    assert letter.as_bytes()


@given(st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.one_of(st.text(), st.integers(), st.none())))
def test_cleaned_values_are_one_line_without_controls(values: dict[str, object]) -> None:
    for value in clean_values(values, "en-CA").values():
        assert value == 0 or value
        assert isinstance(value, int) or (len(value.splitlines()) == 1 and value.strip() == value)


@pytest.mark.parametrize("name", ["Chloé", "Zoë", "Jean-Sébastien", "O'Brien", "محمد", "陈", "Nguyễn", "👩🏽‍⚕️"])
def test_a_real_name_stays_as_it_is(name: str) -> None:
    assert clean_values({"given_name": name}, "fr-CA")["given_name"] == name


@pytest.mark.parametrize(
    ("name", "shown"), [("St.John", "St. John"), ("a@b.example", "a b. example"), ("  Ana \t Maria ", "Ana Maria")]
)
def test_a_name_cannot_become_a_link(name: str, shown: str) -> None:
    assert clean_values({"given_name": name}, "en")["given_name"] == shown


def test_the_page_escapes_what_the_clinic_wrote(templates: Templates) -> None:
    shown = page(templates, clinic_name="A & B <clinic>", practitioner="<b>RN</b>")
    assert "A &amp; B &lt;clinic&gt;" in shown
    assert "<b>" not in shown
