"""Zone: where a person is taken to be, and by what; the area code of their number may only narrow the hours."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import phonenumbers
from phonenumbers import timezone

from followup.domain.region import region_of

#: Every zone in which the numbering data places Canadian numbers.
CANADIAN = frozenset({
    "America/St_Johns", "America/Halifax", "America/Toronto", "America/Winnipeg", "America/Regina", "America/Edmonton",
    "America/Fort_Nelson", "America/Vancouver",
})  # fmt: skip
_UNKNOWN = "Etc/Unknown"


class ZoneChoice(StrEnum):
    """By what a zone was chosen."""

    PATIENT = "patient"  # recorded for the person
    CLINIC = "clinic"  # nobody asked the person
    AREA_CODE = "area_code"  # the clinic's, and the number may lie in others: all of them must be open


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The zone whose clock is shown, how it was chosen, and further zones that must be open as well."""

    zone: str
    choice: ZoneChoice
    further: tuple[str, ...] = ()

    @property
    def zones(self) -> tuple[str, ...]:
        """Every zone that must be open."""
        return (self.zone, *self.further)

    @classmethod
    def of(cls, own: str, clinic: str, number: str = "") -> "Whereabouts":
        """From the person's own zone (empty if nobody asked), the clinic's, and the number that is written to."""
        if own:
            return cls(own, ZoneChoice.PATIENT)
        further = tuple(zone for zone in zones_of_number(number) if zone != clinic) if number else ()
        return cls(clinic, ZoneChoice.AREA_CODE if further else ZoneChoice.CLINIC, further)


@lru_cache(maxsize=100_000)
def zones_of_number(number: str) -> tuple[str, ...]:
    """The zones in which this number may be, sorted; a Canadian one without a place may be in any of Canada's.

    Empty where the number says nothing at all.
    """
    try:
        found = {z for z in timezone.time_zones_for_number(phonenumbers.parse(number)) if z != _UNKNOWN}
    except phonenumbers.NumberParseException:
        return ()
    if region_of(number) == "CA":
        found = found & CANADIAN or set(CANADIAN)
    return tuple(sorted(found))
