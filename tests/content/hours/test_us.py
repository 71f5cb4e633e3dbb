"""Hours for US numbers are data: presets, a table of states, and files of one's own."""

from datetime import time
from pathlib import Path

import pytest

from followup.content.clinics import load_clinics
from followup.content.hours.us import UsPreset, load_us_hours
from followup.domain.clinic import SendWindow
from followup.domain.errors import ConfigFault
from followup.domain.message import MessageClass
from tests.builders import ROOT

CONFIG = ROOT / "config"
WEEK = frozenset(range(7))
MON_SAT, SUN = frozenset(range(6)), frozenset({6})


def day(opens: int, closes: int, days: frozenset[int] = WEEK, *, holidays: bool = True) -> SendWindow:
    return SendWindow(days, time(opens), time(closes), holidays)


@pytest.mark.parametrize(
    ("preset", "windows"),
    [
        (UsPreset.COMMON, (day(9, 20, MON_SAT, holidays=False), day(12, 20, SUN, holidays=False))),
        (UsPreset.STRICT, (day(10, 17, MON_SAT, holidays=False),)),
    ],
)
def test_presets_are_what_they_are_called(preset: UsPreset, windows: tuple[SendWindow, ...]) -> None:
    terms = load_us_hours(CONFIG, preset).terms("+12125550123")
    assert terms.windows(MessageClass.PROMO)[0] == terms.windows(MessageClass.CONSENT_REQUEST)[0] == windows
    assert terms.windows(MessageClass.CARE) == ((day(8, 21),), "47 CFR 64.1200(c)(1)")
    assert (terms.care_per_day, terms.care_per_week) == (1, 3)


@pytest.mark.parametrize(
    ("number", "name", "windows"),
    [
        ("+13055550123", "Florida", (day(8, 20),)),
        ("+12145550123", "Texas", (day(9, 21, MON_SAT), day(12, 21, SUN))),
        ("+18605550123", "Connecticut", (day(9, 20),)),
        ("+12055550123", "Alabama", (day(8, 20, MON_SAT, holidays=False),)),
        ("+15045550123", "Louisiana", (day(8, 20, MON_SAT),)),
        ("+15025550123", "Kentucky", (day(10, 21),)),
        ("+14015550123", "Rhode Island", (day(9, 18, frozenset(range(5))), day(10, 17, frozenset({5, 6})))),
        ("+18045550123", "Virginia", (day(8, 21),)),
        ("+18005550123", "US_STRICT", (day(10, 17, MON_SAT, holidays=False),)),
    ],
)
def test_a_number_keeps_the_hours_of_its_state(number: str, name: str, windows: tuple[SendWindow, ...]) -> None:
    terms = load_us_hours(CONFIG, UsPreset.BY_STATE).terms(number)
    assert (terms.name, terms.soliciting) == (name, windows)


def test_every_area_code_is_of_one_state() -> None:
    found = load_us_hours(CONFIG, UsPreset.BY_STATE)
    assert len(found.states) == 51
    assert len(found.area_codes) > 350


def test_a_folder_of_ones_own_goes_first(tmp_path: Path) -> None:
    (tmp_path / "hours").mkdir()
    text = (CONFIG / "hours" / "us.yaml").read_text("utf-8").replace("per_week: 3", "per_week: 2")
    (tmp_path / "hours" / "us.yaml").write_text(text, "utf-8")
    assert load_us_hours(tmp_path, UsPreset.STRICT).usual.care_per_week == 2


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("per_day: 1", "per_day: -1", "us.yaml:15: bad-per-day"),
        ("US_STRICT: #", "US_LAX: #", "unknown-key: unknown key 'US_LAX'"),
        ("opens: 10:00, closes: 17:00", "opens: 10 am, closes: 17:00", "bad-time: '10 am' is no time of day"),
    ],
)
def test_a_broken_table_names_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    (tmp_path / "hours").mkdir()
    text = (CONFIG / "hours" / "us.yaml").read_text("utf-8")
    assert old in text
    (tmp_path / "hours" / "us.yaml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigFault) as fault:
        load_us_hours(tmp_path, UsPreset.STRICT)
    assert told in str(fault.value)


def clinic(tmp_path: Path, more: str) -> Path:
    folder = tmp_path / "clinics"
    folder.mkdir()
    text = (CONFIG / "clinics" / "canstrive.yaml").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("us_enabled")]
    (folder / "canstrive.yaml").write_text("\n".join([*lines, more]), "utf-8")
    return tmp_path


def test_enabling_us_numbers_asks_for_a_preset(tmp_path: Path) -> None:
    with pytest.raises(ConfigFault, match="no hours are chosen for US numbers"):
        load_clinics(clinic(tmp_path, "us_enabled: true"))


def test_a_clinic_gets_the_hours_it_chose(tmp_path: Path) -> None:
    (only,) = load_clinics(clinic(tmp_path, "us_enabled: true\nus_preset: US_COMMON")).all()
    assert only.us_hours is not None
    assert only.us_hours.usual.name == "US_COMMON"
