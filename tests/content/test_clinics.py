"""Clinic files: what is read, what is refused and how each fault is told."""

from datetime import date, time

import pytest

from followup.content.clinics import Clinics, check_offsets, load_clinics, read_clinics
from followup.content.protocols import load_protocols
from followup.domain.clinic import Caps, SendWindow
from followup.domain.errors import ConfigFault, NotFound
from followup.domain.message import MessageClass
from followup.domain.offset import Offset
from tests.builders import ROOT, make_clinic

CANSTRIVE = (ROOT / "config/clinics/canstrive.yaml").read_text()


def findings_of(folder, text):
    (folder / "canstrive.yaml").write_text(text)
    written, findings = read_clinics(folder)
    protocols = tuple(load_protocols(ROOT / "config").current.values())
    findings += [f for w in written for f in check_offsets(w, protocols)]
    return [str(f).removeprefix(f"{folder}/canstrive.yaml:") for f in findings]


def test_shipped_clinic_is_read_whole():
    clinic = load_clinics(ROOT / "config").need("canstrive")
    assert (clinic.province, clinic.time_zone, clinic.languages) == ("ON", "America/Toronto", ("en-CA", "fr-CA"))
    weekdays = SendWindow(frozenset(range(5)), time(9), time(20), on_holidays=False)
    assert clinic.windows[MessageClass.PROMO][0] == weekdays
    assert clinic.closures == (date(2026, 12, 24), date(2026, 12, 31))
    assert clinic.caps == Caps()
    assert clinic.staff[1].sms == "+19055550143"
    assert clinic.alerts_to == ("frontdesk@canstrive.example.com",)


def test_shipped_clinic_has_no_findings(tmp_path):
    assert findings_of(tmp_path, CANSTRIVE) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("America/Toronto", "America/Torronto", "11: unknown-zone: unknown time zone 'America/Torronto' (an IANA name"),
        ("America/Toronto", "America", "11: unknown-zone: unknown time zone 'America' ("),
        ("province: ON", "province: Ontario", "12: unknown-province: unknown province 'Ontario' (write ON)"),
        ("province: ON", "province: XX", "12: unknown-province: unknown province 'XX' (one of: AB, BC"),
        ("905-555-0142", "905-555", "7: bad-phone: '905-555' is no phone number (ten digits"),
        ("care@canstrive", "canstrive", "9: bad-email: 'canstrive.example.com' is no e-mail address (an email"),
        ("web: https://", "web: ", "8: bad-web: 'canstrive.example.com' is no web address (write https://…)"),
        ("legal_name:", "legalname:", "5: unknown-key: unknown key 'legalname' (did you mean 'legal_name'?)"),
        ("care_per_day: 2", "care_per_day: two", "28: bad-cap: 'two' is no cap (a whole number, or none"),
        (
            "promo_per_day",
            "promo_pr_day",
            "30: unknown-key: unknown key 'promo_pr_day' (did you mean 'promo_per_day'?)",
        ),
        ("  promo:\n", "  prom:\n", "18: unknown-key: unknown key 'prom' (did you mean 'promo'?)"),
        ("  promo:\n", "  reply:\n", "18: class-has-no-hours: reply answers go at any time (take the hours away)"),
        ("opens: 09:00", "opens: 9am", "19: bad-time: '9am' is no time of day (write 08:00 or 17:30)"),
        ("opens: 09:00", "opens: 07:00", "19: promo-hours: wider than a caller's hours (09:00-21:30"),
        ("days: mon-fri", "days: mon-fry", "19: unknown-day: unknown day 'fry' (did you mean 'fri'?)"),
        ("[2026-12-24", "[2026-13-24", "25: bad-closures: closures: input should be a valid date"),
        (
            "ladder: [front_desk",
            "ladder: [frontdesk",
            "43: unknown-rung: nobody is 'frontdesk' (did you mean 'front_desk'?)",
        ),
        (
            "desk, email: frontdesk@canstrive.example.com",
            "desk",
            "40: unreachable-staff: front_desk cannot be told (add",
        ),
        ("webhooks: []", "webhooks: [{url: http://a.b, secret_env: S}]", "44: bad-web: 'http://a.b' is no web address"),
        ("languages: [en-CA, fr-CA]", "languages: []", "13: bad-languages: "),
        ("languages: [en-CA, fr-CA]", "languages: [english]", "13: bad-word: 'english' cannot stand here (write en-CA"),
        (
            "generic #",
            "genric #",
            "33: unknown-sms-detail-level: unknown sms_detail_level 'genric' (did you mean 'generic'?)",
        ),
        ("us_enabled: false", "us_enabled: maybe", "36: bad-us-enabled: us_enabled: input should be a valid boolean"),
        ("alerts_to: [frontdesk@canstrive.example.com]", "alerts_to: []", "38: bad-alerts-to: "),
    ],
)
def test_each_fault_names_line_rule_and_cure(tmp_path, old, new, told):
    assert old in CANSTRIVE
    found = findings_of(tmp_path, CANSTRIVE.replace(old, new, 1))
    assert any(line.startswith(told) for line in found), found


@pytest.mark.parametrize(
    ("offsets", "told"),
    [
        ("{skinpen-microneedling/maintenance: P10M}", None),
        ("{skinpen-microneedling/maintenance: P6M}", "46: same-day: "),
        ("{skinpen-microneedling/maintenance: P13M}", "46: out-of-bounds: "),
        ("{skinpen-microneedling/maintenance: P5M}", "46: out-of-bounds: "),
        ("{skinpen-microneedling/day-1: P2D}", "46: not-adjustable: "),
        ("{skinpen-microneedling/maintenanse: P10M}", "46: unknown-step: "),
        ("{maintenance: P10M}", "46: bad-word: "),
        ("{skinpen-microneedling/maintenance: 10 months}", "46: bad-offset: "),
    ],
)
def test_own_offsets_stay_within_the_bounds(tmp_path, offsets, told):
    found = findings_of(tmp_path, CANSTRIVE.replace("offsets: {}", f"offsets: {offsets}"))
    assert (found == []) if told is None else found[0].startswith(told), found


def test_own_offset_is_kept_by_step(tmp_path):
    text = CANSTRIVE.replace("offsets: {}", "offsets: {skinpen-microneedling/maintenance: P10M}")
    (tmp_path / "canstrive.yaml").write_text(text)
    clinic = load_clinics(tmp_path).need("canstrive")
    assert clinic.offsets == {"skinpen-microneedling/maintenance": Offset(months=10)}


def test_caps_may_be_lifted_by_a_word(tmp_path):
    (tmp_path / "canstrive.yaml").write_text(CANSTRIVE.replace("care_per_day: 2", "care_per_day: none"))
    assert load_clinics(tmp_path).need("canstrive").caps.care_per_day is None


def test_broken_clinic_is_refused_with_every_error(tmp_path):
    (tmp_path / "canstrive.yaml").write_text(CANSTRIVE.replace("ON\n", "XX\n").replace("905-555-0142", "1"))
    with pytest.raises(ConfigFault) as caught:
        load_clinics(tmp_path)
    assert {f.rule for f in caught.value.faults} == {"unknown-province", "bad-phone"}


def test_folder_without_clinics_is_refused(tmp_path):
    with pytest.raises(ConfigFault, match="no-clinic"):
        load_clinics(tmp_path)


def test_clinics_are_found_by_key():
    clinics = Clinics([make_clinic()])
    assert clinics.only() == clinics.get("canstrive") == clinics.need("canstrive") == clinics.all()[0]
    with pytest.raises(NotFound, match="no clinic 'other'"):
        clinics.need("other")
    assert Clinics([make_clinic(), make_clinic(id="b")]).only() is None
