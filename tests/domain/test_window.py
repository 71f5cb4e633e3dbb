"""Local time: windows, business days and the instant a step falls due."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup.domain.clinic import SendWindow
from followup.domain.message import MessageClass
from followup.domain.offset import Offset
from followup.domain.window import (
    DEFAULT_WINDOWS,
    Calendar,
    add_business_days,
    closes_at,
    find_zone,
    is_open,
    longest_shut,
    next_opening,
    step_instant,
    to_local,
    to_utc,
    windows_for,
)
from tests.builders import make_clinic
from tests.domain.minutes import dated, local_instant, next_open_minute, open_minutes

EVERY_DAY = frozenset(range(7))
CARE = DEFAULT_WINDOWS[MessageClass.CARE]
PROMO = DEFAULT_WINDOWS[MessageClass.PROMO]
ZONES = ["America/Toronto", "America/Vancouver", "America/St_Johns", "America/Regina", "America/Edmonton"]
#: Both clock changes of 2026 and 2027, the western provinces' last one, and ordinary days.
DAYS = [date(2026, 3, 7), date(2026, 10, 31), date(2027, 3, 13), date(2027, 11, 6), date(2026, 7, 1), date(2028, 2, 28)]

quarter_hours = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
windows = st.lists(
    st.builds(
        SendWindow,
        st.frozensets(st.integers(0, 6), min_size=1),
        quarter_hours,
        quarter_hours,
        on_holidays=st.booleans(),
    ),
    min_size=1,
    max_size=2,
)
moments = st.builds(
    lambda day, n: datetime.combine(day, time(0), tzinfo=UTC) + timedelta(minutes=n),
    st.sampled_from(DAYS),
    st.integers(0, 4 * 1440),
)
days_off = st.sampled_from(
    [frozenset(), frozenset({date(2026, 3, 8), date(2026, 11, 1)}), frozenset({date(2027, 3, 14)})]
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def local(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@given(windows=windows, zone=st.sampled_from(ZONES), moment=moments, off=days_off)
@settings(max_examples=150)
def test_next_opening_agrees_with_a_wall_clock_model(windows, zone, moment, off):
    expected = next_open_minute(windows, zone, moment, off)
    if expected is not None:
        assert next_opening(windows, zone, moment, calendar=Calendar(off)) == expected


@given(windows=windows, zone=st.sampled_from(ZONES), moment=moments, off=days_off)
@settings(max_examples=150)
def test_open_now_agrees_with_a_wall_clock_model(windows, zone, moment, off):
    today = moment.astimezone(ZoneInfo(zone)).date()
    days = [today + timedelta(days=n) for n in (-1, 0, 1)]
    expected = any(moment in open_minutes(windows, zone, day, off) for day in days)
    assert is_open(windows, zone, moment, calendar=Calendar(off)) == expected


@given(windows=windows, zone=st.sampled_from(ZONES), moment=moments, off=days_off)
@settings(max_examples=150)
def test_hours_stay_open_until_they_close(windows, zone, moment, off):
    calendar = Calendar(off)
    try:
        opened = next_opening(windows, zone, moment, calendar=calendar)
    except ValueError:
        return
    closes = closes_at(windows, zone, moment, calendar=calendar)
    if closes is not None:
        assert not is_open(windows, zone, closes, calendar=calendar)
        assert is_open(windows, zone, closes - timedelta(minutes=1), calendar=calendar)
        assert closes > opened >= moment


@given(
    zone=st.sampled_from(ZONES),
    patient_zone=st.sampled_from(ZONES),
    anchor=moments,
    offset=st.builds(Offset, months=st.integers(0, 14), days=st.integers(0, 40), business_days=st.integers(0, 4)),
    at=quarter_hours,
    off=days_off,
)
def test_step_instant_agrees_with_a_wall_clock_model(zone, patient_zone, anchor, offset, at, off):
    if not offset.is_dated:
        return
    day = dated(anchor.astimezone(ZoneInfo(zone)).date(), offset, off)
    due = step_instant(anchor, offset, clinic_zone=zone, patient_zone=patient_zone, at=at, calendar=Calendar(off))
    assert due == local_instant(patient_zone, datetime.combine(day, at))


@pytest.mark.parametrize(
    ("anchor", "offset", "day"),
    [
        ("2026-08-31", "P6M", "2027-02-28"),
        ("2027-08-31", "P6M", "2028-02-29"),
        ("2028-02-29", "P1Y", "2029-02-28"),
        ("2026-11-30", "P3M", "2027-02-28"),
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2026-01-31", "P1M1D", "2026-03-01"),
        ("2026-03-02", "P4W", "2026-03-30"),
        ("2026-12-24", "P3BD", "2026-12-29"),
        ("2026-12-26", "P1BD", "2026-12-28"),
        ("2026-03-02", "-P2D", "2026-02-28"),
    ],
)
def test_months_clip_to_the_last_day(anchor, offset, day):
    start = local(f"{anchor}T15:30", "America/Toronto")
    due = step_instant(
        start,
        Offset.parse(offset),
        clinic_zone="America/Toronto",
        patient_zone="America/Toronto",
        at=time(10),
        calendar=Calendar(),
    )
    assert to_local(due, "America/Toronto").isoformat()[:16] == f"{day}T10:00"


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (time(10), "2026-03-09T10:00"),
        (None, "2026-03-09T12:30"),  # 15:30 in Toronto is 12:30 in Vancouver
    ],
)
def test_date_is_the_clinics_and_hour_the_patients(at, due):
    anchor = local("2026-03-08T15:30", "America/Toronto")
    found = step_instant(
        anchor,
        Offset(days=1),
        clinic_zone="America/Toronto",
        patient_zone="America/Vancouver",
        at=at,
        calendar=Calendar(),
    )
    assert found == local(due, "America/Vancouver")


def test_minutes_are_exact_across_the_clock_change():
    anchor = local("2027-03-14T01:30", "America/Toronto")
    zone = "America/Toronto"
    due = step_instant(
        anchor, Offset(minutes=90), clinic_zone=zone, patient_zone=zone, at=time(10), calendar=Calendar()
    )
    assert due - anchor == timedelta(minutes=90)


def test_wanted_weekdays_move_a_step_forward():
    anchor, zone = local("2026-03-02T15:30", "America/Toronto"), "America/Toronto"
    due = step_instant(
        anchor,
        Offset(days=1),
        clinic_zone=zone,
        patient_zone="",
        at=time(10),
        calendar=Calendar(),
        weekdays=frozenset({0, 4}),
    )
    assert due == local("2026-03-06T10:00", zone)


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant"),
    [
        ("America/Toronto", "2027-03-14", time(2, 30), "2027-03-14T03:30:00-04:00"),
        ("America/Toronto", "2026-11-01", time(1, 30), "2026-11-01T01:30:00-04:00"),
        ("America/St_Johns", "2027-03-14", time(2, 15), "2027-03-14T03:15:00-02:30"),
        ("America/Vancouver", "2026-12-01", time(9), "2026-12-01T09:00:00-07:00"),
        ("America/Edmonton", "2026-12-01", time(9), "2026-12-01T09:00:00-06:00"),
        ("America/Winnipeg", "2026-12-01", time(9), "2026-12-01T09:00:00-05:00"),
        ("America/Regina", "2026-07-01", time(9), "2026-07-01T09:00:00-06:00"),
    ],
)
def test_missing_hours_move_and_doubled_come_first(zone, day, at, instant):
    assert to_utc(date.fromisoformat(day), at, zone) == utc(instant)


@pytest.mark.parametrize(
    ("windows", "moment", "opens"),
    [
        (CARE, "2026-03-02T21:20", "2026-03-03T08:00"),
        (CARE, "2026-03-02T21:00", "2026-03-03T08:00"),
        (CARE, "2026-03-02T20:59", "2026-03-02T20:59"),
        (CARE, "2026-12-25T07:00", "2026-12-25T08:00"),
        (PROMO, "2026-12-24T20:30", "2026-12-26T10:00"),
        (PROMO, "2026-03-06T20:00", "2026-03-07T10:00"),
        (PROMO, "2026-03-08T18:00", "2026-03-09T09:00"),
        ((), "2026-03-08T03:00", "2026-03-08T03:00"),
        ((SendWindow(EVERY_DAY, time(7), time(7)),), "2026-03-08T03:00", "2026-03-08T03:00"),
        ((SendWindow(frozenset({6}), time(22), time(6)),), "2026-03-09T05:59", "2026-03-09T05:59"),
        ((SendWindow(frozenset({6}), time(22), time(6)),), "2026-03-09T06:00", "2026-03-15T22:00"),
        ((SendWindow(EVERY_DAY, time(2, 30), time(5)),), "2027-03-14T01:00", "2027-03-14T03:30"),
    ],
)
def test_message_waits_for_the_next_opening(windows, moment, opens):
    zone = "America/Toronto"
    calendar = Calendar(frozenset({date(2026, 12, 25)}))
    assert next_opening(windows, zone, local(moment, zone), calendar=calendar) == local(opens, zone)


def test_hours_inside_the_missing_hour_stay_shut():
    window = (SendWindow(EVERY_DAY, time(2, 10), time(2, 50)),)
    opens = next_opening(window, "America/Toronto", local("2027-03-14T00:00", "America/Toronto"), calendar=Calendar())
    assert opens == local("2027-03-15T02:10", "America/Toronto")


def test_closing_in_the_missing_hour_comes_not_later():
    window = (SendWindow(EVERY_DAY, time(0), time(2, 30)),)
    closes = closes_at(window, "America/Toronto", local("2027-03-14T00:30", "America/Toronto"), calendar=Calendar())
    assert closes == utc("2027-03-14T03:00:00-04:00")


def test_windows_that_touch_close_as_one():
    both = (SendWindow(EVERY_DAY, time(8), time(12)), SendWindow(EVERY_DAY, time(12), time(20)))
    zone = "America/Toronto"
    closes = closes_at(both, zone, local("2026-03-02T09:00", zone), calendar=Calendar())
    assert closes == local("2026-03-02T20:00", zone)


def test_windows_that_never_close_have_no_end():
    always = (SendWindow(EVERY_DAY, time(0), time(0)),)
    assert closes_at(always, "America/Toronto", utc("2026-03-02T09:00Z"), calendar=Calendar()) is None
    assert closes_at((), "America/Toronto", utc("2026-03-02T09:00Z"), calendar=Calendar()) is None


@pytest.mark.parametrize(
    "shut", [SendWindow(frozenset(), time(8), time(9)), SendWindow(EVERY_DAY, time(8), time(9), on_holidays=False)]
)
def test_search_for_an_open_day_is_bounded(shut):
    with pytest.raises(ValueError, match="no send window opens within 60 days"):
        next_opening((shut,), "America/Toronto", utc("2026-03-02T09:00Z"), calendar=Calendar(lambda _day: True))


def test_search_for_a_business_day_is_bounded():
    with pytest.raises(ValueError, match="no business day within 60 days"):
        add_business_days(date(2026, 3, 2), 1, calendar=Calendar(lambda _day: True))


@pytest.mark.parametrize("name", ["Mars/Phobos", "", "America", "../etc/passwd", "a\0b", "America/Toronto "])
def test_unknown_zone_is_named_with_a_cure(name):
    with pytest.raises(ValueError, match="America/Toronto"):
        find_zone(name)


@pytest.mark.parametrize(("windows", "hours"), [(CARE, 11), (PROMO, 16), ((), 0)])
def test_longest_wait_for_an_opening_is_known(windows, hours):
    assert longest_shut(windows) == timedelta(hours=hours)


def test_clinic_without_own_hours_has_the_usual_ones():
    own = (SendWindow(EVERY_DAY, time(9), time(12)),)
    found = make_clinic(windows={MessageClass.CHECKIN: own})
    assert windows_for(found, MessageClass.CHECKIN) == own
    assert windows_for(found, MessageClass.PROMO) == PROMO
    assert windows_for(found, MessageClass.REPLY) == ()
