"""A promo never falls on the day of a check-in."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.domain.booking import Treatment
from followup.domain.facts import PatientFacts
from followup.domain.ids import PatientId, TreatmentId
from followup.domain.message import MessageClass
from followup.domain.offset import Offset
from followup.domain.planning import plan
from followup.domain.protocol import Anchor
from followup.domain.window import to_local
from tests.builders import make_clinic, make_patient, make_protocol, make_step

CODE = "skinpen-microneedling"
CHECK = make_step("check", anchor=Anchor.SERIES_END, offset=Offset(months=6), at=time(10),
                  message_class=MessageClass.CHECKIN)  # fmt: skip
NUDGE = make_step("nudge", anchor=Anchor.SERIES_END, offset=Offset(months=6), at=time(10),
                  message_class=MessageClass.PROMO)  # fmt: skip


def days(performed: datetime, *, nudge: Offset, zone: str = "America/Toronto") -> dict[str, datetime]:
    """When the check-in and the nudge fall due, by the wall clock of `zone`."""
    clinic = make_clinic(offsets={f"{CODE}/nudge": nudge})
    done = Treatment(TreatmentId("T-1"), PatientId("P-17"), CODE, performed, event_row="evt_1")
    facts = PatientFacts(make_patient(time_zone=zone), treatments=(done,))
    found = plan(facts, {CODE: make_protocol(CHECK, NUDGE, horizon=Offset(months=18))}, clinic, now=performed)
    return {s.step_key: to_local(s.due_at, zone) for s in found.courses[CODE, "treatment", "T-1"].steps}


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T15:00+00:00")


@pytest.mark.parametrize(
    ("performed", "check", "nudge"),
    [
        ("2026-03-02", date(2026, 9, 2), date(2026, 9, 3)),
        ("2026-03-06", date(2026, 9, 6), date(2026, 9, 8)),  # a Sunday; the Monday is Labour Day
        ("2026-06-24", date(2026, 12, 24), date(2026, 12, 27)),  # no promo on Christmas and Boxing Day
        ("2026-08-31", date(2027, 2, 28), date(2027, 3, 1)),
    ],
)
def test_a_nudge_of_six_months_moves_on(performed: str, check: date, nudge: date) -> None:
    found = days(at(performed), nudge=Offset(months=6))
    assert (found["check"].date(), found["nudge"].date()) == (check, nudge)
    assert found["nudge"].hour in (9, 10)


def test_a_nudge_of_another_day_stays_there() -> None:
    assert days(at("2026-03-02"), nudge=Offset(months=9))["nudge"].date() == date(2026, 12, 2)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 30), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(175, 190),
    st.sampled_from(["America/Toronto", "America/Vancouver", "America/St_Johns"]),
)
def test_no_distance_brings_both_on_one_day(performed: datetime, distance: int, zone: str) -> None:
    found = days(performed, nudge=Offset(days=distance), zone=zone)
    assert found["check"].date() != found["nudge"].date()
    assert found["nudge"] - found["check"] < timedelta(days=20)
