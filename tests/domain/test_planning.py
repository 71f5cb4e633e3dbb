"""Planning: what a patient should be sent, and when, from the facts alone."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from followup.domain.booking import Booking, BookingState, Treatment
from followup.domain.facts import PatientFacts
from followup.domain.ids import BookingId, PatientId, TreatmentId
from followup.domain.message import Reason
from followup.domain.offset import Offset
from followup.domain.patient import PatientStatus
from followup.domain.planning import Course, Drop, Known, Plan, Planned, plan
from followup.domain.protocol import Anchor, Condition, LatePolicy, Repeat, Step
from tests.builders import make_clinic, make_patient, make_protocol, make_step

CODE = "skinpen-microneedling"
#: Monday 2 March 2026, 15:30 in Toronto.
DONE = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)
DAY = timedelta(days=1)
AT_TEN = time(10)

DAY_0 = make_step("day-0", offset=Offset(), max_late=Offset(minutes=18 * 60), valid_for=Offset(minutes=12 * 60))
DAY_1 = make_step("day-1", at=AT_TEN)
NUDGE = make_step("nudge", offset=Offset(days=28), at=AT_TEN, only_if=frozenset({Condition.SERIES_OPEN}))
CHECK = make_step("check", anchor=Anchor.SERIES_END, offset=Offset(months=3), at=AT_TEN)
REMINDER = make_step("reminder", anchor=Anchor.BOOKING, offset=Offset(days=-1), at=AT_TEN)
STEPS = (DAY_0, DAY_1, NUDGE, CHECK, REMINDER)


def treatment(name: str = "T-1", day: float = 0, **more: Any) -> Treatment:
    given = {"code": CODE, "performed_at": DONE + day * DAY, "event_row": f"evt_{name}", **more}
    return Treatment(TreatmentId(name), PatientId("P-17"), **given)


def planned(
    *done: Treatment,
    steps: tuple[Step, ...] = STEPS,
    now: datetime = DONE,
    repeat: Repeat = Repeat.SUPERSEDE,
    **more: Any,
) -> Plan:
    facts = PatientFacts(more.pop("patient", make_patient()), treatments=done, bookings=more.pop("bookings", ()))
    protocol = make_protocol(*steps, repeat=repeat)
    return plan(facts, {protocol.key: protocol}, more.pop("clinic", make_clinic()), now=now, **more)


def course(found: Plan, source: str = "T-1", kind: str = "treatment") -> Course:
    return found.courses[CODE, kind, source]


def only(step: Step, now: datetime, performed: datetime = DONE, **more: Any) -> Planned:
    done = treatment(performed_at=performed, backfill=more.pop("backfill", False))
    return course(planned(done, steps=(step,), now=now, **more)).steps[0]


def toronto(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    """An hour in Toronto before the clock change of 8 March 2026 or after it, as UTC."""
    shift = 5 if (month, day) < (3, 8) else 4
    return datetime(2026, month, day, tzinfo=UTC) + timedelta(hours=hour + shift, minutes=minute)


def test_steps_count_from_the_treatment_in_local_time() -> None:
    steps = course(planned(treatment())).steps
    assert [(s.step_key, s.due_at) for s in steps] == [
        ("day-0", DONE),
        ("day-1", toronto(3, 10)),
        ("nudge", toronto(30, 10)),
        ("check", toronto(2, 10, month=6)),
    ]


@pytest.mark.parametrize(
    ("late", "now", "due", "skip"),
    [
        (LatePolicy.NEXT_WINDOW, toronto(3, 9), toronto(3, 10), None),
        (LatePolicy.NEXT_WINDOW, toronto(3, 10), toronto(3, 10), None),
        (LatePolicy.NEXT_WINDOW, toronto(3, 14), toronto(3, 14), None),
        (LatePolicy.NEXT_WINDOW, toronto(3, 23), toronto(4, 8), None),
        (LatePolicy.NEXT_WINDOW, toronto(4, 10), toronto(4, 10), None),
        (LatePolicy.NEXT_WINDOW, toronto(4, 10, 1), toronto(3, 10), Reason.LATE),
        (LatePolicy.SEND_NOW, toronto(3, 14), toronto(3, 14), None),
        (LatePolicy.SEND_NOW, toronto(3, 23), toronto(3, 23), None),
        (LatePolicy.SEND_NOW, toronto(4, 10, 1), toronto(3, 10), Reason.LATE),
        (LatePolicy.SKIP, toronto(3, 10, 1), toronto(3, 10), Reason.LATE),
    ],
)
def test_a_late_step_follows_its_own_policy(
    late: LatePolicy, now: datetime, due: datetime, skip: Reason | None
) -> None:
    step = only(make_step("day-1", at=AT_TEN, late=late), now)
    assert (step.due_at, step.skip, step.planned_for) == (due, skip, toronto(3, 10))


@pytest.mark.parametrize("late", list(LatePolicy))
def test_backfill_skips_the_past_and_keeps_the_rest(late: LatePolicy) -> None:
    past = only(make_step("day-1", at=AT_TEN, late=late), toronto(3, 11), backfill=True)
    coming = only(make_step("day-1", at=AT_TEN, late=late), toronto(3, 9), backfill=True)
    assert (past.skip, coming.skip) == (Reason.PAST, None)


@pytest.mark.parametrize(
    ("performed", "now", "due", "expires"),
    [
        (toronto(2, 15, 30), toronto(2, 15, 35), toronto(2, 15, 35), toronto(3, 3, 30)),
        (toronto(2, 21, 20), toronto(2, 21, 25), toronto(3, 8), toronto(3, 21)),
        (toronto(2, 7), toronto(2, 7), toronto(2, 8), toronto(2, 21)),
        (toronto(2, 18), toronto(2, 23), toronto(3, 8), toronto(3, 21)),
    ],
)
def test_day_0_is_moved_with_its_deadline_never_lost(
    performed: datetime, now: datetime, due: datetime, expires: datetime
) -> None:
    step = only(DAY_0, now, performed)
    assert (step.due_at, step.expires_at, step.skip) == (due, expires, None)


def test_the_patients_zone_decides_the_hour() -> None:
    step = only(DAY_1, DONE, patient=make_patient(time_zone="America/Vancouver"))
    assert step.due_at == toronto(3, 13)


def test_the_clinics_own_offset_replaces_the_protocols() -> None:
    clinic = make_clinic(offsets={f"{CODE}/day-1": Offset(days=3)})
    assert only(DAY_1, DONE, clinic=clinic).due_at == toronto(5, 10)


@pytest.mark.parametrize(
    ("repeat", "older"),
    [
        (Repeat.SUPERSEDE, ["day-0", "day-1"]),
        (Repeat.KEEP_BOTH, ["day-0", "day-1", "nudge"]),
        (Repeat.RESTART, []),
        (Repeat.MERGE, ["day-0", "day-1"]),
    ],
)
def test_a_further_session_leaves_what_the_policy_leaves(repeat: Repeat, older: list[str]) -> None:
    found = planned(treatment("T-1"), treatment("T-2", 28), repeat=repeat)
    kept = found.courses.get((CODE, "treatment", "T-1"))
    assert [s.step_key for s in kept.steps] == older if kept else older == []
    assert [s.step_key for s in course(found, "T-2").steps] == ["day-0", "day-1", "nudge", "check"]


def test_what_is_superseded_names_the_event_that_did_it() -> None:
    found = planned(treatment("T-1"), treatment("T-2", 28))
    assert course(found).dropped == dict.fromkeys(["nudge", "check"], Drop(Reason.SUPERSEDED, "evt_T-2"))
    restarted = planned(treatment("T-1"), treatment("T-2", 28), repeat=Repeat.RESTART)
    assert restarted.why_not((CODE, "treatment", "T-1")) == Drop(Reason.SUPERSEDED, "evt_T-2")


def test_a_new_series_leaves_the_old_one_alone() -> None:
    found = planned(treatment("T-1"), treatment("T-2", 100))
    assert "check" in [s.step_key for s in course(found).steps]


@pytest.mark.parametrize(("hours", "kept"), [(3, ["T-2"]), (24, ["T-1", "T-2"])])
def test_merge_keeps_one_of_equal_steps_a_day(hours: int, kept: list[str]) -> None:
    found = planned(treatment("T-1"), treatment("T-2", hours / 24), repeat=Repeat.MERGE, steps=(DAY_0,))
    assert sorted(c.key[2] for c in found.courses.values()) == kept


def test_merge_drops_what_is_out_already_that_day() -> None:
    known = {(CODE, "treatment", "T-1"): Known(make_protocol(*STEPS, repeat=Repeat.MERGE), frozenset({"day-0"}))}
    found = planned(treatment("T-1"), treatment("T-2", 1 / 24), repeat=Repeat.MERGE, known=known)
    assert course(found, "T-2").dropped["day-0"] == Drop(Reason.DUPLICATE, "evt_T-1")


@pytest.mark.parametrize(
    ("status", "reason"), [(PatientStatus.DECEASED, Reason.DECEASED), (PatientStatus.ARCHIVED, Reason.ARCHIVED)]
)
def test_nobody_gone_has_a_plan(status: PatientStatus, reason: Reason) -> None:
    found = planned(treatment(), patient=make_patient(status=status))
    assert (found.courses, found.why_not((CODE, "treatment", "T-1")).reason) == ({}, reason)


def test_a_patient_without_a_name_has_no_plan_yet() -> None:
    assert planned(treatment(), patient=make_patient(given_name="", family_name="")).courses == {}


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (BookingState.BOOKED, [toronto(9, 10)]),
        (BookingState.ATTENDED, []),
        (BookingState.OFFERED, []),
        (BookingState.CANCELLED, []),
        (BookingState.MISSED, []),
    ],
)
def test_only_a_standing_booking_has_steps_around_it(state: BookingState, due: list[datetime]) -> None:
    visit = Booking(BookingId("B-1"), PatientId("P-17"), CODE, toronto(10, 14), state)
    found = planned(bookings=(visit,))
    assert [s.due_at for c in found.courses.values() for s in c.steps] == due


def test_who_came_is_only_sent_what_follows() -> None:
    after = make_step("after", anchor=Anchor.BOOKING, offset=Offset(days=1), at=AT_TEN)
    visit = Booking(
        BookingId("B-1"), PatientId("P-17"), CODE, toronto(10, 14), BookingState.ATTENDED, event_row="evt_9"
    )
    found = course(planned(bookings=(visit,), steps=(REMINDER, after)), "B-1", "booking")
    assert ([s.step_key for s in found.steps], found.dropped) == (
        ["after"],
        {"reminder": Drop(Reason.REPLANNED, "evt_9")},
    )


def test_a_reminder_out_of_hours_never_outlives_its_use() -> None:
    early = make_step("soon", anchor=Anchor.BOOKING, offset=Offset(minutes=-120), valid_for=Offset(minutes=100))
    visit = Booking(BookingId("B-1"), PatientId("P-17"), CODE, toronto(4, 8), BookingState.BOOKED)
    (step,) = course(planned(bookings=(visit,), steps=(early,)), "B-1", "booking").steps
    assert step.skip is Reason.LATE


def test_an_enrollment_keeps_the_version_it_began_with() -> None:
    older = make_protocol(DAY_1, version="0ld0000000000000")
    found = planned(treatment(), known={(CODE, "treatment", "T-1"): Known(older)})
    assert (course(found).protocol.version, len(course(found).steps)) == ("0ld0000000000000", 1)


def test_the_same_treatment_can_follow_several_protocols() -> None:
    facts = PatientFacts(make_patient(), treatments=(treatment(),))
    both = {key: make_protocol(DAY_1, key=key) for key in ("care", "review")}
    assert sorted(plan(facts, both, make_clinic(), now=DONE).courses) == [
        ("care", "treatment", "T-1"),
        ("review", "treatment", "T-1"),
    ]
