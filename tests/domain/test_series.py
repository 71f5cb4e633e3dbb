"""Series: which sessions belong together, and whether a further one is still to come."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from followup.domain.booking import Booking, BookingState, Treatment
from followup.domain.ids import BookingId, PatientId, TreatmentId
from followup.domain.series import group, is_open
from tests.builders import PERFORMED, make_protocol

PROTOCOL = make_protocol()
CODE = PROTOCOL.treatment_codes[0]


def session(name: str, weeks: float, **more: Any) -> Treatment:
    given = {"code": CODE, "performed_at": PERFORMED + timedelta(weeks=weeks), **more}
    return Treatment(TreatmentId(name), PatientId("P-1"), **given)


def booking(weeks: float, code: str = CODE, state: BookingState = BookingState.BOOKED) -> Booking:
    return Booking(BookingId("B-1"), PatientId("P-1"), code, PERFORMED + timedelta(weeks=weeks), state)


@pytest.mark.parametrize(
    ("sessions", "series"),
    [
        ([session("a", 0)], [["a"]]),
        ([session("b", 5), session("a", 0)], [["a", "b"]]),
        ([session("a", 0), session("b", 12), session("c", 24.1)], [["a", "b"], ["c"]]),
        ([session("a", 0, series_id="S"), session("b", 40, series_id="S")], [["a", "b"]]),
        ([session("a", 0, series_id="S"), session("b", 4, series_id="R")], [["a"], ["b"]]),
        ([session("a", 0, series_id="S"), session("b", 4)], [["a"], ["b"]]),
        ([session("a", 0), session("b", 4, voided=True), session("c", 8, code="peel")], [["a"]]),
        ([session("b", 0), session("a", 0)], [["a", "b"]]),
    ],
)
def test_sessions_belong_together_by_id_or_gap(sessions: list[Treatment], series: list[list[str]]) -> None:
    assert [[t.id for t in s.treatments] for s in group(PROTOCOL, sessions)] == series


def at(weeks: float) -> datetime:
    return PERFORMED + timedelta(weeks=weeks)


@pytest.mark.parametrize(
    ("sessions", "bookings", "weeks", "expected"),
    [
        ([session("a", 0, session=1, of=3)], [], 4, True),
        ([session("a", 0, session=1, of=3)], [], 12, True),
        ([session("a", 0, session=1, of=3)], [], 12.1, False),
        ([session("a", 0, session=1, of=3)], [booking(20)], 14, True),
        ([session("a", 0, session=1, of=3)], [booking(20, code="peel")], 14, False),
        ([session("a", 0, session=1, of=3)], [booking(20, state=BookingState.CANCELLED)], 14, False),
        ([session("a", 0, session=3, of=3)], [booking(8)], 1, False),
        ([session("a", 0)], [], 1, True),
        ([session("a", 0)], [], 13, False),
        ([session("a", 0, session=2)], [], 1, True),
        ([session("a", 0, session=3, of=3), session("b", 20, session=1, of=3)], [], 21, True),
        ([session("b", 0), session("a", 20, session=1, of=1)], [], 21, False),
    ],
)
def test_a_series_is_open_until_complete_or_lapsed(
    sessions: list[Treatment], bookings: list[Booking], weeks: float, expected: bool
) -> None:
    assert is_open(PROTOCOL, sessions, bookings, source_id="a", now=at(weeks)) is expected
