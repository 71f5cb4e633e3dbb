"""Frequency limits by local days."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.domain.caps import Sent, crowded
from followup.domain.clinic import Caps, Terms
from followup.domain.message import MessageClass as C

NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)  # 10:00 in Toronto
ZONE = "America/Toronto"
TOMORROW = datetime(2026, 3, 5, 5, 0, tzinfo=UTC)  # local midnight


def ago(**past: float) -> datetime:
    return NOW - timedelta(**past)


def room_left(caps: Caps, kind: C, sent: list[Sent], **more: Any) -> datetime | None:
    """When there is room, if not now."""
    found = crowded(caps, kind, sent, **{"now": NOW, "zone": ZONE, **more})
    return found.until if found else None


@pytest.mark.parametrize("kind", [C.TRANSACTIONAL, C.COMPLIANCE, C.REPLY])
def test_answers_and_bookings_are_never_capped(kind: C) -> None:
    assert room_left(Caps(), kind, [(C.CARE, NOW)] * 50) is None


@pytest.mark.parametrize("first", [C.CARE, C.CHECKIN])
def test_care_and_checkins_share_one_limit(first: C) -> None:
    assert room_left(Caps(), C.CARE, [(first, ago(hours=1))]) is None
    assert room_left(Caps(), C.CARE, [(first, ago(hours=1)), (C.CARE, ago(hours=2))]) == TOMORROW


def test_a_local_day_ends_at_local_midnight() -> None:
    last_evening = datetime(2026, 3, 4, 4, 30, tzinfo=UTC)  # 23:30 the day before in Toronto
    assert room_left(Caps(), C.CARE, [(C.CARE, last_evening)] * 2) is None


def test_a_full_week_waits_for_its_first_day_to_leave() -> None:
    sent = [(C.CARE, ago(days=d)) for d in (6, 5, 4, 3, 2)]
    assert room_left(Caps(), C.CARE, sent) == TOMORROW


def test_promo_is_counted_by_day_and_month() -> None:
    assert room_left(Caps(), C.PROMO, [(C.PROMO, ago(hours=1))]) == TOMORROW
    sent = [(C.PROMO, ago(days=29)), (C.PROMO, ago(days=20))]
    assert room_left(Caps(), C.PROMO, sent) == TOMORROW


def test_no_limit_means_always_room() -> None:
    free = Caps(care_per_day=None, care_per_week=None)
    assert room_left(free, C.CARE, [(C.CARE, NOW)] * 99) is None


def test_a_limit_of_zero_never_has_room() -> None:
    closed = room_left(Caps(promo_per_day=0), C.PROMO, [])
    assert closed is not None
    assert closed > NOW + timedelta(days=360)


TERMS = Terms("US_COMMON", (), (), "law", "law", care_per_day=1, care_per_week=3, care_source="47 CFR")


@pytest.mark.parametrize("first", [C.CARE, C.CHECKIN, C.TRANSACTIONAL])
@pytest.mark.parametrize("kind", [C.CARE, C.CHECKIN, C.TRANSACTIONAL])
def test_abroad_bookings_count_with_care(first: C, kind: C) -> None:
    assert room_left(Caps(), kind, [(first, ago(hours=1))], terms=TERMS) == TOMORROW
    assert room_left(Caps(), kind, [(first, ago(days=1))], terms=TERMS) is None
    week = [(first, ago(days=d)) for d in (5, 3, 1)]
    assert room_left(Caps(), kind, week, terms=TERMS) == TOMORROW + timedelta(days=1)


def test_terms_never_widen_a_clinics_own_caps() -> None:
    strict = Caps(care_per_day=0)
    assert room_left(strict, C.CARE, [], terms=TERMS) is not None


def test_a_lower_class_leaves_room_for_a_higher() -> None:
    later_today = [(C.CARE, NOW + timedelta(hours=3)), (C.CARE, NOW + timedelta(hours=5))]
    assert room_left(Caps(), C.CHECKIN, [], rivals=later_today) == TOMORROW
    assert room_left(Caps(), C.CARE, [], rivals=[(C.CHECKIN, NOW)] * 5) is None
    assert room_left(Caps(), C.CARE, [(C.CARE, NOW)], rivals=[(C.CARE, NOW)] * 5) is None


def test_room_of_a_week_is_kept_for_care_to_come() -> None:
    sent = [(C.CARE, ago(days=d)) for d in (3, 2, 1)]
    to_come = [(C.CARE, NOW + timedelta(days=d)) for d in (1, 2)]
    assert room_left(Caps(), C.CHECKIN, sent) is None
    assert room_left(Caps(), C.CHECKIN, sent, rivals=to_come) == TOMORROW + timedelta(days=3)


def test_care_and_promo_are_counted_apart() -> None:
    assert room_left(Caps(), C.CARE, [(C.PROMO, NOW)] * 9) is None
    assert room_left(Caps(), C.PROMO, [(C.CARE, NOW)] * 9) is None


def test_a_promo_waits_where_a_day_has_its_fill() -> None:
    both = Caps(all_per_day=2)
    assert room_left(both, C.PROMO, [(C.CARE, NOW), (C.TRANSACTIONAL, NOW)]) == TOMORROW
    assert room_left(both, C.PROMO, [(C.CARE, NOW)], rivals=[(C.CARE, NOW + timedelta(hours=6))]) == TOMORROW
    assert room_left(both, C.CARE, [(C.TRANSACTIONAL, NOW)] * 5) is None


def test_a_promo_keeps_off_the_days_of_checkins() -> None:
    found = crowded(Caps(), C.PROMO, [(C.CHECKIN, ago(hours=1))], now=NOW, zone=ZONE)
    assert found is not None
    assert (found.until, found.text) == (TOMORROW, "the patient has a check-in on that day")
    assert room_left(Caps(), C.PROMO, [], rivals=[(C.CHECKIN, NOW + timedelta(hours=8))]) == TOMORROW


CLASSES = st.sampled_from([C.CARE, C.CHECKIN, C.TRANSACTIONAL, C.PROMO, C.CONSENT_REQUEST])
DAYS = st.lists(st.tuples(CLASSES, st.integers(-35, 0)), max_size=14)
AHEAD = st.lists(st.tuples(CLASSES, st.integers(0, 12)), max_size=6)


@given(CLASSES, DAYS, AHEAD, st.booleans())
def test_room_agrees_with_counting_every_window(kind: C, past: list[Any], ahead: list[Any], us: bool) -> None:
    sent, rivals = ([(c, NOW + timedelta(days=d)) for c, d in some] for some in (past, ahead))
    found = room_left(Caps(), kind, sent, rivals=rivals, terms=TERMS if us else None)
    wait = 0 if found is None else (found.astimezone(ZoneInfo(ZONE)).date() - NOW.date()).days
    assert wait == slow_wait(kind, past, ahead, us=us)


def slow_wait(kind: C, past: list[Any], ahead: list[Any], *, us: bool) -> int:
    """The first day from today with room, by laying every window of the rules over the calendar."""
    care = {C.CARE, C.CHECKIN} | ({C.TRANSACTIONAL} if us else set())
    rules = [(1, 1, care), (3, 7, care)] if us else [(2, 1, care), (5, 7, care)]
    if kind in {C.PROMO, C.CONSENT_REQUEST}:
        rules = [(1, 1, {C.PROMO, C.CONSENT_REQUEST}), (2, 30, {C.PROMO, C.CONSENT_REQUEST})]
    if kind is C.TRANSACTIONAL and not us:
        return 0
    order = [C.CARE, C.TRANSACTIONAL, C.CHECKIN, C.CONSENT_REQUEST, C.PROMO]
    kept = past + [(c, d) for c, d in ahead if order.index(c) < order.index(kind)]
    for day in range(80):
        full = any(
            sum(c in classes and start <= d < start + days for c, d in [*kept, (kind, day)]) > most
            for most, days, classes in rules
            for start in range(day - days + 1, day + 1)
        )
        if not full and not (kind is C.PROMO and (C.CHECKIN, day) in kept):
            return day
    return 80
