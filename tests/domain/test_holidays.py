"""Days off: statutory holidays by province, and a clinic's own closures."""

from datetime import date

import pytest

from followup.domain.holidays import PROVINCES, calendar_of, clinic_calendar, holidays_of, is_holiday
from followup.domain.window import add_business_days
from tests.builders import make_clinic


@pytest.mark.parametrize(
    ("province", "day", "expected"),
    [
        ("ON", "2026-02-16", True),  # Family Day
        ("ON", "2026-05-18", True),  # Victoria Day
        ("ON", "2026-06-24", False),
        ("QC", "2026-06-24", True),  # Fête nationale
        ("QC", "2026-02-16", False),
        ("BC", "2026-08-03", True),  # British Columbia Day
        ("ON", "2026-08-03", False),  # a civic holiday, not a statutory one
        ("AB", "2026-11-11", True),
        ("ON", "2027-12-25", True),
        ("SK", "2026-07-01", True),
    ],
)
def test_statutory_holidays_are_those_of_the_province(province, day, expected):
    assert is_holiday(province, date.fromisoformat(day)) is expected


@pytest.mark.parametrize("province", sorted(PROVINCES))
def test_every_province_has_its_holidays(province):
    assert {date(2026, 1, 1), date(2026, 4, 3), date(2026, 7, 1), date(2026, 12, 25)} <= set(
        holidays_of(province, 2026)
    )


def test_quebec_names_its_holidays_in_french():
    assert holidays_of("QC", 2026, "fr")[date(2026, 6, 24)] == "Fête nationale du Québec"


def test_business_days_pass_over_holidays_and_closures():
    calendar = calendar_of("ON", [date(2026, 12, 24)])
    assert add_business_days(date(2026, 12, 23), 1, calendar=calendar) == date(2026, 12, 29)
    assert add_business_days(date(2026, 12, 29), -1, calendar=calendar) == date(2026, 12, 23)


def test_a_clinics_calendar_knows_both_kinds():
    calendar = clinic_calendar(make_clinic(province="ON", closures=(date(2026, 3, 4),)))
    assert calendar.is_day_off(date(2026, 3, 4))
    assert calendar.is_day_off(date(2026, 7, 1))
    assert calendar.is_business_day(date(2026, 3, 5))
