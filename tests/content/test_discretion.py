"""What a lock screen may show: values of people, texts that name treatments, and clinics that allow nothing."""

from pathlib import Path

import pytest

from followup.content.samples import SAMPLE
from followup.content.templates import Rendered, Templates
from followup.domain.clinic import DetailLevel
from followup.domain.errors import TemplateFault
from followup.domain.message import Channel
from tests.content.texts import BODY, REF, SMS, folder

GREETS = (
    "{{ clinic_name }}:{% if given_name is defined %} dear {{ given_name }},{% endif %} rest. "
    "{{ clinic_phone }} {{ link }} {{ stop_line }}"
)
TREATMENT = "class: care\nsms_detail: treatment\ndetail_override: {by: RN Okafor, on: 2026-11-23, why: asked}"


def render(
    home: Path, channel: Channel = Channel.SMS, level: DetailLevel = DetailLevel.GENERIC, **values: str
) -> Rendered:
    texts = Templates(home)
    return texts.render(
        REF, version=texts.version(REF), locale="en-CA", channel=channel, values={**SAMPLE, **values}, fallback="en-CA",
        detail=level,
    )  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "Ana (Botox)",
        "Skinpen",
        "acne scars",
        "Ana $50 off",
        "Ana www.filler.example",
        "Ana bit.ly/x",
        "visage",
        "Rosacea",
    ],
)
def test_a_name_that_says_more_is_left_out(tmp_path: Path, name: str) -> None:
    assert "dear" not in render(folder(tmp_path, sms=GREETS), given_name=name).text


@pytest.mark.parametrize("name", ["Ana", "Chin", "Menton", "Marie-Ève", "D'Arcy", "Legault", "Facey", "Ipland"])
def test_a_name_that_is_one_is_shown(tmp_path: Path, name: str) -> None:
    assert f"dear {name}," in render(folder(tmp_path, sms=GREETS), given_name=name).text


def test_a_text_that_needs_such_a_name_is_held(tmp_path: Path) -> None:
    home = folder(tmp_path, sms=SMS + " {{ practitioner }}")
    with pytest.raises(TemplateFault, match="practitioner"):
        render(home, practitioner="Botox nurse")


def test_the_body_of_a_mail_may_say_everything(tmp_path: Path) -> None:
    home = folder(tmp_path, body=BODY)
    assert "Skinpen" in render(home, Channel.EMAIL, given_name="Skinpen").text


def test_the_subject_of_a_mail_may_not(tmp_path: Path) -> None:
    home = folder(tmp_path, subject="Care{% if given_name is defined %} for {{ given_name }}{% endif %}")
    assert render(home, Channel.EMAIL, given_name="Ana Botox").subject == "Care"
    assert render(home, Channel.EMAIL, given_name="Ana").subject == "Care for Ana"


@pytest.mark.parametrize("level", [DetailLevel.GENERIC, DetailLevel.NONE])
def test_a_text_that_names_treatments_needs_the_clinic(tmp_path: Path, level: DetailLevel) -> None:
    home = folder(tmp_path, front=TREATMENT, subject="After microneedling", sms=SMS + " Microneedling.")
    assert "Microneedling" in render(home, level=DetailLevel.TREATMENT).text
    with pytest.raises(TemplateFault, match="more than the clinic allows"):
        render(home, Channel.EMAIL, level=level)
    if level is DetailLevel.GENERIC:
        with pytest.raises(TemplateFault, match="more than the clinic allows"):
            render(home, level=level)


def test_where_nothing_may_show_only_a_notice_goes(tmp_path: Path) -> None:
    text = render(folder(tmp_path), level=DetailLevel.NONE).text
    assert "there is a message for you" in text
    assert str(SAMPLE["link"]) in text
    assert "rest today" not in text
