"""Offset: an ISO 8601 duration from minutes to calendar years, or business days (`P3BD`)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

_ISO = re.compile(
    r"^(?P<sign>-)?P(?:(?P<business>\d+)BD|"
    r"(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?)?)$"
)


@dataclass(frozen=True, slots=True)
class Offset:
    """A signed distance in calendar months, days and business days, which are local, and minutes, which are exact."""

    months: int = 0
    days: int = 0
    business_days: int = 0
    minutes: int = 0

    @classmethod
    def parse(cls, text: str) -> "Offset":
        """Read `PT90M`, `P1D`, `P4W`, `P3M`, `-P2D` or `P3BD`; raises ValueError with the cure for anything else."""
        found = _ISO.match(text.strip())
        if found is None or text.strip().endswith(("P", "T")):
            raise ValueError(f"{text!r} is no duration: write PT90M, P1D, P4W, P3M, P1Y or P3BD")
        part = {k: int(v) for k, v in found.groupdict().items() if v and k != "sign"}
        sign = -1 if found["sign"] else 1
        return cls(
            months=sign * (12 * part.get("years", 0) + part.get("months", 0)),
            days=sign * (7 * part.get("weeks", 0) + part.get("days", 0)),
            business_days=sign * part.get("business", 0),
            minutes=sign * (60 * part.get("hours", 0) + part.get("minutes", 0)),
        )

    @property
    def is_dated(self) -> bool:
        """True if it counts in days or months, so that a preferred local time can apply."""
        return bool(self.months or self.days or self.business_days)

    def after(self, moment: datetime) -> datetime:
        """A deadline this far from `moment`: counted in UTC, a business day as a day; never a local date."""
        month = moment + relativedelta(months=self.months) if self.months else moment
        return month + timedelta(days=self.days + self.business_days, minutes=self.minutes)

    def approximate_days(self) -> float:
        """Length in days for comparing (a month counts 30.44); never for arithmetic on dates."""
        return self.months * 30.44 + self.days + self.business_days * 1.4 + self.minutes / 1440
