"""Rendering: gaps, languages, versions, and texts that cannot be written."""

from datetime import date
from pathlib import Path

import pytest

from followup.content.templates import Templates
from followup.domain.errors import ConfigFault, NotFound, TemplateFault
from followup.domain.escalation import Escalation, EscalationKind, EscalationState
from followup.domain.ids import EscalationId
from followup.domain.message import Channel, MessageClass
from tests.builders import CLINIC, make_clinic
from tests.content.texts import REF, folder, page, render, source
from tests.fakes import START


def test_an_sms_is_filled_in_and_measured(tmp_path: Path) -> None:
    rendered = render(Templates(folder(tmp_path)))
    assert rendered.text.startswith("CanStrive MedSpa: rest today. Worse? Call 905-555-0142. https://")
    assert rendered.text.endswith("Reply STOP to opt out")
    assert (rendered.encoding, rendered.segments) == ("GSM-7", 1)
    assert (rendered.message_class, rendered.language) == (MessageClass.CARE, "en-CA")


def test_an_email_has_subject_text_and_html(tmp_path: Path) -> None:
    rendered = render(Templates(folder(tmp_path)), Channel.EMAIL)
    assert rendered.subject == "Your care guide"
    assert "Rest, Ana." in rendered.text
    assert "<" not in rendered.text
    assert '<html lang="en-CA"' in rendered.html
    assert "Rest, Ana." in rendered.html


def test_lines_of_an_sms_join_and_blank_lines_stay(tmp_path: Path) -> None:
    sms = "{{ clinic_name }}: one\n  two\n\nthree“ {{ stop_line }}"
    assert render(Templates(folder(tmp_path, sms=sms))).text.split(": ")[1] == 'one two\nthree" Reply STOP to opt out'


@pytest.mark.parametrize("value", ["", "  ", None, "\u202e", "\u200b", "\r\n"])
def test_a_blank_value_stops_the_text(tmp_path: Path, value: str | None) -> None:
    templates = Templates(folder(tmp_path, sms="Hello {{ given_name }} {{ stop_line }}"))
    with pytest.raises(TemplateFault, match="given_name") as fault:
        render(templates, given_name=value)
    assert fault.value.placeholder == "given_name"


def test_an_unknown_placeholder_stops_the_text_with_its_line(tmp_path: Path) -> None:
    templates = Templates(folder(tmp_path, sms="one\n{% if false %}{{ pet_name }}{% endif %}"))
    with pytest.raises(TemplateFault, match=r"care/day-1/en-CA.j2:6: unknown-placeholder: .*'pet_name'") as fault:
        render(templates, pet_name="Rex")
    assert fault.value.placeholder == "pet_name"


@pytest.mark.parametrize(
    "part",
    [
        "{{ given_name.__class__ }}",
        "{{ given_name | safe }}",
        "{{ given_name | attr('upper') }}",
        "{% for x in given_name %}{{ x }}{% endfor %}",
        "{% set x = 1 %}",
        "{% autoescape false %}{{ given_name }}{% endautoescape %}",
        "{% include 'x' %}",
        "{{ cycler() }}",
        "{{ 7 * 7 }}",
        "{{ given_name",
        "{% endif %}",
    ],
)
def test_logic_beyond_gaps_and_if_is_refused(tmp_path: Path, part: str) -> None:
    templates = Templates(folder(tmp_path, sms=part, body=part))
    for channel in Channel:
        with pytest.raises(TemplateFault):
            render(templates, channel)


@pytest.mark.parametrize(
    ("locale", "fallback", "chosen"),
    [
        ("fr-CA", "en-CA", "fr-CA"),
        ("fr_ca", "en-CA", "fr-CA"),
        ("fr-FR", "en-CA", "fr-CA"),
        ("en-GB", "fr-CA", "en-CA"),
        ("es-MX", "fr-CA", "fr-CA"),
        ("es-MX", "pt-BR", "en-CA"),
        ("", "fr", "fr-CA"),
    ],
)
def test_the_nearest_language_is_chosen(tmp_path: Path, locale: str, fallback: str, chosen: str) -> None:
    templates = Templates(folder(tmp_path, sms="x {{ stop_line }}"))
    rendered = templates.render(
        REF, version=templates.version(REF), locale=locale, channel=Channel.SMS, values={}, fallback=fallback
    )
    assert rendered.language == chosen
    assert ("ARRET" in rendered.text) == (chosen == "fr-CA")


@pytest.mark.parametrize(
    ("locale", "day", "written"),
    [
        ("en-CA", date(2026, 3, 2), "March 2, 2026"),
        ("fr-CA", date(2026, 3, 2), "2 mars 2026"),
        ("fr-CA", date(2026, 8, 1), "1er août 2026"),
    ],
)
def test_a_date_is_written_in_the_language(tmp_path: Path, locale: str, day: date, written: str) -> None:
    templates = Templates(folder(tmp_path, sms="{{ treatment_date }}"))
    assert render(templates, locale=locale, treatment_date=day).text == written


def test_an_adopted_version_renders_as_it_was(tmp_path: Path) -> None:
    templates = Templates(folder(tmp_path))
    templates.adopt("0" * 16, REF, {"en-CA.j2": source(sms="older")})
    values = {"version": "0" * 16, "locale": "en-CA", "channel": Channel.SMS, "values": {}, "fallback": "en-CA"}
    assert templates.has("0" * 16)
    assert templates.render(REF, **values).text == "older"  # type: ignore[arg-type]


def test_a_version_changes_with_letters_not_line_ends(tmp_path: Path) -> None:
    before = Templates(folder(tmp_path)).version(REF)
    file = tmp_path / "messages" / REF / "fr-CA.j2"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert Templates(tmp_path).version(REF) == before
    file.write_text(file.read_text() + "x")
    assert Templates(tmp_path).version(REF) != before
    assert len(before) == 16


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    templates = Templates(folder(tmp_path, {"en-CA.j2": "---\nclass: care\n---\n--- sms ---\nhello\n"}))
    with pytest.raises(NotFound, match="nope"):
        templates.version("nope")
    with pytest.raises(TemplateFault, match="not known"):
        templates.message_class(REF, version="f" * 16, locale="en-CA")
    with pytest.raises(TemplateFault, match="no part 'subject'"):
        render(templates, Channel.EMAIL)
    with pytest.raises(ConfigFault, match="no such folder"):
        Templates(tmp_path / "nowhere")


def test_a_broken_file_breaks_its_own_text_only(tmp_path: Path) -> None:
    templates = Templates(folder(tmp_path, {"en-CA.j2": "no front matter", "fr-CA.j2": source()}))
    with pytest.raises(TemplateFault, match="front-matter"):
        render(templates)
    assert render(templates, locale="fr-CA").text


@pytest.mark.parametrize(
    "body", ["Hello {{ given_name }}, rest.", "Hello{{given_name}}, rest.", "Hello, {{ given_name }}, rest."]
)
def test_the_page_shows_no_name_and_no_hole(tmp_path: Path, body: str) -> None:
    shown = page(Templates(folder(tmp_path, body=body)), given_name="Zebulon")
    assert "Zebulon" not in shown
    assert "Hello, rest." in shown


def test_the_page_can_point_to_the_other_language(tmp_path: Path) -> None:
    templates = Templates(folder(tmp_path, body="x"))
    shown = templates.full_text(
        REF,
        version=templates.version(REF),
        locale="en-CA",
        values={"clinic_name": "C", "clinic_phone": "9", "clinic_address": "A"},
        other=("fr-CA", "?lang=fr-CA"),
    )
    assert '<a href="?lang=fr-CA" lang="fr-CA" hreflang="fr-CA">Français</a>' in shown.html
    assert shown.style.startswith("sha256-")


@pytest.mark.parametrize("kind", list(EscalationKind))
@pytest.mark.parametrize("language", ["en-CA", "fr-CA"])
def test_staff_read_what_to_do_and_what_to_run(kind: EscalationKind, language: str) -> None:
    alert = Escalation(
        EscalationId("esc_1"), CLINIC, kind, None, "msg_1", "it stands still", EscalationState.OPEN, START, due_at=START
    )
    rendered = Templates(Path("templates")).staff_alert(make_clinic(languages=(language,)), alert)
    assert "esc_1" in rendered.subject
    assert kind.value in rendered.subject
    assert "followup inbox close esc_1" in rendered.text
    assert rendered.text.count("followup ") >= 2
    assert "{" not in rendered.text
