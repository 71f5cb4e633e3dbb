"""Where a person is taken to be: asked, the clinic's, or wherever the number may lie."""

import pytest

from followup.domain.hours import Whereabouts, ZoneChoice, zones_of_number
from followup.domain.hours.zone import CANADIAN

TORONTO, VANCOUVER = "America/Toronto", "America/Vancouver"


@pytest.mark.parametrize(
    ("number", "zones"),
    [
        ("+14165550123", [TORONTO]),
        ("+16045550123", [VANCOUVER]),
        ("+17095550123", ["America/Halifax", "America/St_Johns"]),
        ("+18072235555", ["America/Winnipeg"]),  # 807 is Toronto's, but for some exchanges
        ("+12505550123", [VANCOUVER]),
        ("+16005550123", sorted(CANADIAN)),  # of no place
        ("+12125550123", ["America/New_York"]),
        ("nonsense", []),
        ("", []),
    ],
)
def test_a_number_lies_in_the_zones_of_its_prefix(number: str, zones: list[str]) -> None:
    assert list(zones_of_number(number)) == zones


@pytest.mark.parametrize(
    ("own", "number", "zone", "choice", "further"),
    [
        (VANCOUVER, "+14165550123", VANCOUVER, ZoneChoice.PATIENT, ()),
        ("", "+14165550123", TORONTO, ZoneChoice.CLINIC, ()),
        ("", "+16045550123", TORONTO, ZoneChoice.AREA_CODE, (VANCOUVER,)),
        ("", "", TORONTO, ZoneChoice.CLINIC, ()),
        ("", "12345", TORONTO, ZoneChoice.CLINIC, ()),
    ],
)
def test_the_zone_says_how_it_was_chosen(
    own: str, number: str, zone: str, choice: ZoneChoice, further: tuple[str, ...]
) -> None:
    assert Whereabouts.of(own, TORONTO, number) == Whereabouts(zone, choice, further)
