"""Steps: what a protocol's file promises, read once more and apart from the product's own reader."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from followup.sandbox.simulation.law import later
from followup.sandbox.simulation.town import HOME

_PARTS = re.compile(r"P(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")


@dataclass(frozen=True, slots=True)
class Promised:
    """One step: how long after its anchor, at which local hour, and for how long it is of use."""

    key: str
    kind: str
    anchor: str
    months: int
    after: timedelta
    at: time | None
    lasts: timedelta

    def earliest(self, anchor: datetime, zone: str) -> datetime:
        """No sooner than this: the date counts where the clinic is, the hour where the patient is."""
        if self.at is None:
            return anchor + self.after
        day: date = later(anchor.astimezone(ZoneInfo(HOME)).date(), self.months) + self.after
        return datetime.combine(day, self.at, ZoneInfo(zone or HOME))


def read_steps(protocols: Path) -> Mapping[str, Sequence[Promised]]:
    """The steps of every treatment code."""
    found: dict[str, list[Promised]] = {}
    for path in sorted(protocols.glob("*.yaml")):
        plain = yaml.safe_load(path.read_text("utf-8"))
        for code in plain["treatment_codes"]:
            found.setdefault(code, []).extend(_step(one) for one in plain["steps"])
    return found


def _step(plain: Mapping[str, str | int]) -> Promised:
    months, after = _span(str(plain["offset"]))
    at = plain.get("at")
    minutes = at if isinstance(at, int) else None  # YAML 1.1 reads 10:00 as sixty times ten
    hour = time(*divmod(minutes, 60)) if minutes is not None else time.fromisoformat(str(at)) if at else None
    lasts = _span(str(plain["valid_for"]))[1]
    return Promised(str(plain["key"]), str(plain["class"]), str(plain["anchor"]), months, after, hour, lasts)


def _span(text: str) -> tuple[int, timedelta]:
    match = _PARTS.fullmatch(text)
    assert match is not None, text
    months, weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
    return months, timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
