"""Care of one day for several treatments: one message, each block once."""

from datetime import timedelta
from typing import Any

import pytest

from followup.domain.booking import Booking, BookingState, Treatment
from followup.domain.facts import PatientFacts
from followup.domain.ids import BookingId, PatientId, TreatmentId
from followup.domain.message import Channel, MessageClass
from followup.domain.offset import Offset
from followup.domain.planning import Known, Plan, Planned, SourceKey, plan
from followup.domain.protocol import Anchor, CareProtocol
from tests.builders import PERFORMED, make_clinic, make_patient, make_protocol, make_step

HOUR = timedelta(hours=1)


def protocol(code: str, *, priority: int = 100, **step: Any) -> CareProtocol:
    """One care step a day later, with a text of its own."""
    only = make_step("day-1", template=f"{code}/day-1", **step)
    return make_protocol(only, key=code, version=code, treatment_codes=(code,), priority=priority)


def done(code: str, hours: float = 0, name: str = "") -> Treatment:
    return Treatment(
        TreatmentId(name or code), PatientId("P-17"), code, PERFORMED + hours * HOUR, event_row=f"evt_{code}"
    )


def visit(name: str, hours: float) -> Booking:
    starts_at = PERFORMED + hours * HOUR
    return Booking(BookingId(name), PatientId("P-17"), "peel", starts_at, BookingState.BOOKED)


def planned(*treatments: Treatment, protocols: dict[str, CareProtocol], **more: Any) -> Plan:
    clinic = more.pop("clinic", make_clinic())
    facts = PatientFacts(make_patient(), treatments=treatments)
    return plan(facts, protocols, clinic, now=PERFORMED, **more)


def key(code: str, name: str = "") -> tuple[SourceKey, str]:
    return (code, "treatment", name or code), "day-1"


def step(found: Plan, code: str, name: str = "") -> Planned:
    return found.courses[code, "treatment", name or code].steps[0]


TWO = {"peel": protocol("peel"), "laser": protocol("laser", priority=10)}


def test_care_of_one_day_goes_with_the_first() -> None:
    found = planned(done("peel"), done("laser", 2), protocols=TWO)
    assert step(found, "peel").into is None
    assert step(found, "laser").into == key("peel")


def test_of_equal_times_what_matters_most_carries() -> None:
    found = planned(done("peel"), done("laser"), protocols=TWO)
    assert (step(found, "peel").into, step(found, "laser").into) == (key("laser"), None)


@pytest.mark.parametrize(
    "other",
    [
        protocol("laser", offset=Offset(days=2)),
        protocol("laser", channels=(Channel.EMAIL,)),
        protocol("laser", message_class=MessageClass.CHECKIN),
    ],
)
def test_what_differs_in_kind_stays_apart(other: CareProtocol) -> None:
    found = planned(done("peel"), done("laser", 1), protocols={**TWO, "laser": other})
    assert step(found, "laser").into is None


@pytest.mark.parametrize("kind", [k for k in MessageClass if k is not MessageClass.CARE])
def test_no_text_is_planned_twice_a_day(kind: MessageClass) -> None:
    same = {"peel": protocol("peel", message_class=kind)}
    found = planned(done("peel", name="A"), done("peel", 2, name="B"), protocols=same)
    assert (step(found, "peel", "A").into, step(found, "peel", "B").into) == (None, key("peel", "A"))


def test_a_checkin_that_went_today_stands_for_both() -> None:
    same = {"peel": protocol("peel", message_class=MessageClass.CHECKIN)}
    known = {("peel", "treatment", "B"): Known(same["peel"], spent=frozenset({"day-1"}))}
    found = planned(done("peel", name="A"), done("peel", 2, name="B"), protocols=same, known=known)
    assert step(found, "peel", "A").into == key("peel", "B")


def test_reminders_of_two_visits_stay_apart() -> None:
    before = make_step("day-1", template="peel/day-1", anchor=Anchor.BOOKING, message_class=MessageClass.TRANSACTIONAL)
    both = {"peel": make_protocol(before, key="peel", treatment_codes=("peel",))}
    facts = PatientFacts(make_patient(), bookings=(visit("A", 48), visit("B", 50)))
    found = plan(facts, both, make_clinic(), now=PERFORMED)
    assert [c.steps[0].into for c in found.courses.values()] == [None, None]


def test_treatments_of_two_days_stay_apart() -> None:
    found = planned(done("peel"), done("laser", 24), protocols=TWO)
    assert step(found, "laser").into is None


def test_a_clinic_may_merge_only_what_lies_near() -> None:
    near = make_clinic(merge_within=Offset(minutes=60))
    found = planned(done("peel"), done("laser", 2), protocols=TWO, clinic=near)
    assert step(found, "laser").into is None


def test_when_the_first_went_only_the_new_is_sent() -> None:
    known = {("peel", "treatment", "peel"): Known(TWO["peel"], spent=frozenset({"day-1"}))}
    found = planned(done("peel"), done("laser", 2), protocols=TWO, known=known)
    assert step(found, "laser").into is None


def test_a_text_that_went_today_is_not_sent_again() -> None:
    known = {("peel", "treatment", "A"): Known(TWO["peel"], spent=frozenset({"day-1"}))}
    found = planned(done("peel", name="A"), done("peel", 2, name="B"), protocols=TWO, known=known)
    assert step(found, "peel", "B").into == key("peel", "A")


def test_what_ended_for_good_carries_nothing() -> None:
    known = {("peel", "treatment", "peel"): Known(TWO["peel"], ended=frozenset({"day-1"}))}
    found = planned(done("peel"), done("laser", 2), protocols=TWO, known=known)
    assert step(found, "laser").into is None
