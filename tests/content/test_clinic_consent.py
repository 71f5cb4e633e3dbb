"""What a clinic's file says of consent and of how long suppressions stand."""

from pathlib import Path

import pytest

from followup.content.clinics import load_clinics, read_clinics
from followup.domain.offset import Offset
from tests.builders import ROOT

CANSTRIVE = (ROOT / "config" / "clinics" / "canstrive.yaml").read_text("utf-8")
LIFE = "suppression_expiry: { hard_bounce: P12M }"


def write(tmp_path: Path, old: str, new: str) -> Path:
    assert old in CANSTRIVE
    (tmp_path / "canstrive.yaml").write_text(CANSTRIVE.replace(old, new), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("said", "lives"),
    [
        (LIFE, {"hard_bounce": Offset(months=12)}),
        ("", {"hard_bounce": Offset(months=12)}),
        (
            "suppression_expiry: { hard_bounce: none, complaint: P90D }",
            {"hard_bounce": None, "complaint": Offset(days=90)},
        ),
        ("suppression_expiry: {}", {}),
    ],
)
def test_soft_reasons_end_as_the_file_says(tmp_path: Path, said: str, lives: dict[str, Offset | None]) -> None:
    (clinic,) = load_clinics(write(tmp_path, LIFE, said)).all()
    assert clinic.suppression_expiry == lives


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (LIFE, "suppression_expiry: { opt_out: P12M }", "never-ends"),
        (LIFE, "suppression_expiry: { hard_bounce: soon }", "bad-offset"),
        (LIFE, "suppression_expiry: { hard_bounce: -P1D }", "bad-offset"),
        (LIFE, "suppression_expiry: { angry: P1D }", "unknown-key"),
        ("casl_implied_promo: false", "casl_implied_promo: true", "implied-without-effect"),
        ("us_enabled: false", "us_enabled: false\nus_promo_written: perhaps", "bad-us-promo-written"),
    ],
)
def test_what_the_law_does_not_know_is_told(tmp_path: Path, old: str, new: str, rule: str) -> None:
    _, findings = read_clinics(write(tmp_path, old, new))
    assert rule in {f.rule for f in findings}


def test_implied_consent_counts_under_pipeda(tmp_path: Path) -> None:
    text = CANSTRIVE.replace("privacy_regime: phipa", "privacy_regime: pipeda")
    (tmp_path / "canstrive.yaml").write_text(text.replace("casl_implied_promo: false", "casl_implied_promo: true"))
    (clinic,), findings = read_clinics(tmp_path)
    assert (clinic.clinic.casl_implied_promo, findings) == (True, [])
