"""Faults that show only when protocols, texts and clinics are held against each other."""

import shutil

import pytest

from followup.content.clinics import WrittenClinic, read_clinic
from followup.content.inspection import check_config, check_folder
from followup.content.templates import Templates
from tests.builders import ROOT

SKINPEN = "protocols/skinpen-microneedling.yaml"


@pytest.fixture
def config(tmp_path):
    """A copy of the shipped config that a test may break."""
    for name in ("protocols", "clinics"):
        shutil.copytree(ROOT / "config" / name, tmp_path / "config" / name)
    return tmp_path / "config"


@pytest.fixture
def texts(tmp_path):
    """A copy of the shipped texts that a test may break."""
    return shutil.copytree(ROOT / "templates", tmp_path / "templates")


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def rules(config, texts):
    return [(f.rule, f.file.removeprefix(f"{config}/"), f.is_error) for f in check_config(config, Templates(texts))]


def test_shipped_files_agree_with_each_other(config, texts):
    assert rules(config, texts) == []


def test_step_without_its_text_is_an_error(config, texts):
    shutil.rmtree(texts / "messages/skinpen-microneedling/month-3")
    assert rules(config, texts) == [("unknown-template", SKINPEN, True)]


def test_text_lacking_a_declared_language_is_an_error(config, texts):
    (texts / "messages/skinpen-microneedling/day-1/fr-CA.j2").unlink()
    assert ("missing-locale", SKINPEN, True) in rules(config, texts)


def test_text_lacking_a_clinics_language_is_an_error(config, texts):
    change(config / "clinics/canstrive.yaml", "[en-CA, fr-CA]", "[en-CA, fr-CA, es-MX]")
    assert ("missing-locale", SKINPEN, True) in rules(config, texts)


def test_class_must_be_that_of_the_text(config, texts):
    change(config / SKINPEN, "class: promo", "class: checkin")
    assert ("class-mismatch", SKINPEN, True) in rules(config, texts)


def test_hours_of_a_clinic_may_spoil_a_step(config, texts):
    hours = "\nsend_windows:\n  care: [{days: mon, opens: 22:00, closes: 23:00}]\n"
    change(config / "clinics/canstrive.yaml", "\nsend_windows:\n", hours)
    found = rules(config, texts)
    assert ("outside-hours", SKINPEN, False) in found
    assert ("valid-for-too-short", SKINPEN, True) in found


def test_two_protocols_for_one_code_are_a_note(config, texts):
    again = (config / SKINPEN).read_text().replace("key: skinpen-microneedling", "key: skinpen-two", 1)
    (config / "protocols/skinpen-two.yaml").write_text(again)
    assert rules(config, texts) == [("shared-code", "protocols/skinpen-two.yaml", False)]


def test_broken_offset_of_a_clinic_is_found(config, texts):
    change(config / "clinics/canstrive.yaml", "offsets: {}", "offsets: {skinpen-microneedling/maintenance: P2Y}")
    assert rules(config, texts) == [("out-of-bounds", "clinics/canstrive.yaml", True)]


def test_single_file_is_checked_with_the_clinics_hours(config, texts):
    found, _ = read_clinic(config / "clinics/canstrive.yaml")
    assert isinstance(found, WrittenClinic)
    assert check_folder(config / SKINPEN, Templates(texts), [found]) == []
    change(config / SKINPEN, "offset: P1D", "offset: P1Day")
    assert [f.rule for f in check_folder(config / SKINPEN, Templates(texts), [found])] == ["bad-offset"]


@pytest.mark.parametrize("gap", ["session", "of", "next_session", "practitioner"])
def test_gaps_that_events_may_leave_open_are_noted(config, texts, gap):
    for language in ("en-CA", "fr-CA"):
        change(
            texts / f"messages/skinpen-microneedling/day-1/{language}.j2",
            "{{ link }}",
            f"{{{{ {gap} }}}} {{{{ link }}}}",
        )
    found = [f for f in check_config(config, Templates(texts)) if f.rule == "needs-detail"]
    assert [(f.is_error, f"shows {gap!r} (en-CA sms, fr-CA sms)" in f.text) for f in found] == [(False, True)]
    assert f"{{% if {gap} is defined %}}" in found[0].cure


def test_a_guarded_gap_is_no_finding(config, texts):
    for language in ("en-CA", "fr-CA"):
        guarded = "{% if of is defined %}{{ of }}{% endif %} {{ link }}"
        change(texts / f"messages/skinpen-microneedling/day-1/{language}.j2", "{{ link }}", guarded)
    assert rules(config, texts) == []


def test_a_protocol_without_a_title_in_a_language_is_noted(config, texts):
    change(config / SKINPEN, "  fr-CA: Suivi de microperforation\n", "")
    assert rules(config, texts) == [("missing-title", SKINPEN, False)]


@pytest.mark.parametrize("name", ["copy.yaml", "try 2.yaml", "skinpen-microneedling.yaml.bak"])
def test_a_copied_file_is_checked_by_any_name(config, texts, tmp_path, name):
    copied = shutil.copy(config / SKINPEN, tmp_path / name)
    assert check_folder(copied, Templates(texts)) == []


def test_a_copy_in_the_folder_is_told_apart(config, texts):
    shutil.copy(config / SKINPEN, config / "protocols/copy.yaml")
    assert ("file-name", "protocols/copy.yaml", True) in rules(config, texts)
