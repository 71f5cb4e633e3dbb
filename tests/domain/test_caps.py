"""Frequency limits by local days."""

from datetime import UTC, datetime, timedelta

import pytest

from followup.domain.caps import room_left
from followup.domain.clinic import Caps
from followup.domain.message import MessageClass as C

NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)  # 10:00 in Toronto
ZONE = "America/Toronto"
TOMORROW = datetime(2026, 3, 5, 5, 0, tzinfo=UTC)  # local midnight


def ago(**past: float) -> datetime:
    return NOW - timedelta(**past)


@pytest.mark.parametrize("kind", [C.TRANSACTIONAL, C.COMPLIANCE, C.REPLY])
def test_answers_and_bookings_are_never_capped(kind: C) -> None:
    assert room_left(Caps(), kind, [(C.CARE, NOW)] * 50, now=NOW, zone=ZONE) is None


@pytest.mark.parametrize("first", [C.CARE, C.CHECKIN])
def test_care_and_checkins_share_one_limit(first: C) -> None:
    assert room_left(Caps(), C.CARE, [(first, ago(hours=1))], now=NOW, zone=ZONE) is None
    assert room_left(Caps(), C.CARE, [(first, ago(hours=1)), (C.CARE, ago(hours=2))], now=NOW, zone=ZONE) == TOMORROW


def test_a_local_day_ends_at_local_midnight() -> None:
    last_evening = datetime(2026, 3, 4, 4, 30, tzinfo=UTC)  # 23:30 the day before in Toronto
    assert room_left(Caps(), C.CARE, [(C.CARE, last_evening)] * 2, now=NOW, zone=ZONE) is None


def test_a_full_week_waits_for_its_first_day_to_leave() -> None:
    sent = [(C.CARE, ago(days=d)) for d in (6, 5, 4, 3, 2)]
    assert room_left(Caps(), C.CARE, sent, now=NOW, zone=ZONE) == TOMORROW


def test_promo_is_counted_by_day_and_month() -> None:
    assert room_left(Caps(), C.PROMO, [(C.PROMO, ago(hours=1))], now=NOW, zone=ZONE) == TOMORROW
    sent = [(C.PROMO, ago(days=29)), (C.PROMO, ago(days=20))]
    assert room_left(Caps(), C.PROMO, sent, now=NOW, zone=ZONE) == TOMORROW


def test_no_limit_means_always_room() -> None:
    free = Caps(care_per_day=None, care_per_week=None)
    assert room_left(free, C.CARE, [(C.CARE, NOW)] * 99, now=NOW, zone=ZONE) is None


def test_a_limit_of_zero_never_has_room() -> None:
    closed = room_left(Caps(promo_per_day=0), C.PROMO, [], now=NOW, zone=ZONE)
    assert closed is not None
    assert closed > NOW + timedelta(days=360)
