"""Premises: the files of the simulated clinic, beside the protocols and texts of this installation."""

import json
import shutil
from pathlib import Path
from typing import Any

import yaml

from followup.domain.errors import InvalidInput
from followup.sandbox.simulation.law import CLOSURES
from followup.sandbox.simulation.town import CLINIC
from followup.settings import Settings, load_settings

SECOND = "simulated-second"
_CLINIC = """name: Simulated clinic
legal_name: Simulated Clinic Inc.
address: 1 Nowhere Street, Toronto, ON M5H 1A1
phone: 416-555-0100
web: https://clinic.example.com
email: care@clinic.example.com
time_zone: America/Toronto
province: ON
languages: [en-CA, fr-CA]
closures: [{closures}]
privacy_regime: pipeda
casl_implied_promo: true
us_enabled: true
us_preset: US_COMMON
alerts_to: [desk@clinic.example.com]
"""


def furnish(folder: Path, own: Settings) -> tuple[Settings, tuple[str, str]]:
    """Write the files below `folder`; returns the settings to live there by and the codes of two treatments."""
    config = folder / "config"
    shutil.copytree(own.config / "protocols", config / "protocols")
    if (own.config / "hours").is_dir():
        shutil.copytree(own.config / "hours", config / "hours")
    (config / "clinics").mkdir()
    closures = ", ".join(day.isoformat() for day in sorted(CLOSURES))
    (config / "clinics" / f"{CLINIC}.yaml").write_text(_CLINIC.format(closures=closures), "utf-8")
    code = _write_second(config / "protocols")
    environ = {
        "DATABASE_URL": f"sqlite:///{folder}/simulated.db",
        "FOLLOWUP_CONFIG": str(config),
        "FOLLOWUP_TEMPLATES": str(own.templates),
        "FOLLOWUP_SECRET_KEY": "a secret of this simulation alone",
        "FOLLOWUP_TRIAL_ALLOW": "*",
        "FOLLOWUP_SETTLE": "2m",
    }
    return load_settings(environ, data=folder), (code, SECOND)


def _write_second(protocols: Path) -> str:
    """A protocol for another treatment with texts of the first one; returns the first one's treatment code."""
    first = next(iter(sorted(protocols.glob("*.yaml"))), None)
    if first is None:
        raise InvalidInput("there is no protocol to simulate", cure="add one under config/protocols")
    plain: dict[str, Any] = yaml.safe_load(first.read_text("utf-8"))
    care = [s for s in plain["steps"] if s["class"] == "care" and s["anchor"] == "treatment"]
    if not care:
        raise InvalidInput("the first protocol has no care after a treatment", cure="add a step of class care")
    text = [care[n % len(care)]["template"] for n in (2, 3, 1)]
    channels = care[0]["channels"]
    step = {"anchor": "treatment", "class": "care", "channels": channels}
    second = {
        "key": SECOND,
        "title": dict.fromkeys(plain["title"], "Another treatment"),
        "treatment_codes": [SECOND],
        "priority": 50,
        "review": {"source": "simulation", "reviewer": "nobody", "reviewed_on": "2026-01-01", "note": "not for use"},
        "steps": [
            {**step, "key": "day-0", "offset": "PT0M", "template": text[0], "max_late": "PT18H", "valid_for": "PT20H"},
            {**step, "key": "day-1", "offset": "P1D", "at": "10:00", "template": text[1], "valid_for": "P1D"},
            {**step, "key": "day-7", "offset": "P7D", "at": "10:00", "template": text[2], "valid_for": "P3D"},
        ],
    }
    (protocols / f"{SECOND}.yaml").write_text(json.dumps(second, indent=1), "utf-8")
    return str(plain["treatment_codes"][0])
