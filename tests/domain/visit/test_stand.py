"""Where a booking stands: the clinic's words and the patient's answers, folded in the order of their times."""

from datetime import timedelta
from typing import Any

import pytest

from followup.domain.booking import Booking, BookingState
from followup.domain.event import OUR_SOURCE, EventType
from followup.domain.facts import fold
from followup.domain.ids import PatientId
from tests.builders import PERFORMED, make_event

E, B = EventType, BookingState
HOUR = timedelta(hours=1)
ANA = {"id": "P-1", "given_name": "Ana"}


def at(hours: int) -> str:
    return (PERFORMED + hours * HOUR).isoformat()


def clinic(kind: E, hours: int | None = None, **more: Any) -> tuple[E, dict[str, Any]]:
    """A word of the clinic about the visit."""
    told: dict[str, Any] = {"booking": {"id": "B-1"} | more}
    if hours is not None:
        told["booking"]["starts_at"] = at(hours)
    if kind in {E.BOOKING_OFFERED, E.BOOKING_MADE}:
        told["booking"]["treatment_code"] = "peel"
        told["patient"] = ANA
    return kind, told


def we(answer: str, hours: int = 48) -> tuple[E, dict[str, Any]]:
    """An answer about the visit at that time."""
    return E.BOOKING_ANSWERED, {"booking": {"id": "B-1", "starts_at": at(hours)}, "answer": answer}


OFFERED, MADE = clinic(E.BOOKING_OFFERED, 48), clinic(E.BOOKING_MADE, 48)
MOVED, CANCELLED = clinic(E.BOOKING_MOVED, 50), clinic(E.BOOKING_CANCELLED)
EXPIRED = (E.BOOKING_EXPIRED, {"booking": {"id": "B-1", "starts_at": at(48), "answer_by": None}})
REFUSED = (E.BOOKING_REFUSED, {"booking": {"id": "B-1", "starts_at": at(48)}})


def booking(*told: tuple[E, dict[str, Any]]) -> Booking:
    """The booking after these events, an hour apart."""
    events = [
        make_event(kind, row_id=f"e{n}", id=f"e{n}", time=PERFORMED + n * HOUR, data=data, source=OUR_SOURCE)
        for n, (kind, data) in enumerate(told)
    ]
    return fold(events).people[PatientId("P-1")].bookings[0]


@pytest.mark.parametrize(
    ("told", "state", "answer"),
    [
        ([OFFERED, we("confirm")], B.BOOKED, "confirm"),
        ([OFFERED, we("reschedule")], B.CHANGE_ASKED, "reschedule"),
        ([OFFERED, we("decline")], B.DECLINED, "decline"),
        ([OFFERED, EXPIRED], B.EXPIRED, ""),
        ([MADE, we("confirm")], B.BOOKED, "confirm"),
        ([MADE, we("decline")], B.CHANGE_ASKED, "decline"),
        ([OFFERED, we("confirm"), MADE], B.BOOKED, "confirm"),
        ([OFFERED, we("confirm"), REFUSED], B.CANCELLED, "confirm"),
        ([OFFERED, we("confirm"), MOVED], B.BOOKED, ""),
        ([OFFERED, we("confirm"), OFFERED], B.OFFERED, ""),
        ([OFFERED, we("reschedule"), MADE], B.BOOKED, ""),
        ([OFFERED, CANCELLED, we("confirm")], B.CANCELLED, ""),
        ([OFFERED, MOVED, we("confirm")], B.OFFERED, ""),
        ([OFFERED, we("decline"), we("confirm")], B.DECLINED, "decline"),
        ([OFFERED, we("confirm"), EXPIRED], B.BOOKED, "confirm"),
        ([OFFERED, we("nonsense")], B.OFFERED, ""),
        ([MADE, clinic(E.BOOKING_ATTENDED), we("confirm")], B.ATTENDED, ""),
    ],
)
def test_an_answer_counts_where_it_can(told: Any, state: B, answer: str) -> None:
    found = booking(*told)
    assert (found.state, found.answer) == (state, answer)


def test_a_yes_keeps_its_time() -> None:
    assert booking(OFFERED, we("confirm")).confirmed_at == PERFORMED + HOUR
    assert booking(OFFERED, we("confirm"), MOVED).confirmed_at is None


@pytest.mark.parametrize(
    ("told", "rounds"),
    [([OFFERED, OFFERED], 1), ([OFFERED, EXPIRED, OFFERED], 2), ([OFFERED, we("decline"), OFFERED, MADE], 2)],
)
def test_what_begins_anew_is_counted(told: Any, rounds: int) -> None:
    assert booking(*told).round == rounds


def test_a_longer_wait_undoes_the_end() -> None:
    longer = clinic(E.BOOKING_OFFERED, 48, answer_by=at(40))
    assert booking(OFFERED, longer, EXPIRED).state is B.OFFERED
