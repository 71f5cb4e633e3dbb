"""Replan: what changes in the rows so that they hold what the plan wants."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from followup.domain.booking import Treatment
from followup.domain.enrollment import Enrollment, EnrollmentState
from followup.domain.facts import PatientFacts
from followup.domain.ids import EnrollmentId, MessageId, PatientId, TreatmentId
from followup.domain.message import Message, MessageState, Reason
from followup.domain.patient import PatientStatus
from followup.domain.planning import Changes, Drop, Existing, known, plan, replan
from tests.builders import CLINIC, PERFORMED, make_clinic, make_message, make_patient, make_protocol, make_step

M, R = MessageState, Reason
PROTOCOL = make_protocol(make_step("day-1", at=time(10)))
TEN = PERFORMED - timedelta(hours=5, minutes=30) + timedelta(days=1)
ENROLLMENT = Enrollment(
    EnrollmentId("enr_1"),
    CLINIC,
    PatientId("P-17"),
    PROTOCOL.key,
    PROTOCOL.version,
    "treatment",
    "T-1",
    PERFORMED,
    "evt_1",
)


def row(**more: Any) -> Message:
    """The message of day 1 as it was first planned."""
    return make_message(**{"due_at": TEN, "planned_for": TEN, "expires_at": TEN + timedelta(days=2), **more})


def facts(
    performed: datetime = PERFORMED, *, voided: bool = False, backfill: bool = False, **more: Any
) -> PatientFacts:
    done = Treatment(
        TreatmentId("T-1"), PatientId("P-17"), PROTOCOL.treatment_codes[0], performed, voided=voided, backfill=backfill,
        event_row="evt_1", last_event_row="evt_2",
    )  # fmt: skip
    person = {"treatments": (done,), "ids": frozenset({PatientId("P-17")}), **more}
    return PatientFacts(person.pop("patient", make_patient()), **person)


def changes(
    told: PatientFacts, *rows: Message, now: datetime = PERFORMED, zone: str = "America/Toronto", **more: Any
) -> Changes:
    existing = [Existing(replace(ENROLLMENT, **more), rows)] if rows else []
    wanted = plan(
        told,
        {PROTOCOL.key: PROTOCOL},
        make_clinic(),
        now=now,
        known=known(existing, {PROTOCOL.version: PROTOCOL}),
    )
    return replan(wanted, told, existing, zones={PatientId("P-17"): zone})


def test_a_new_source_begins_an_enrollment_with_steps() -> None:
    found = changes(facts())
    assert [c.key for c in found.begin] == [(PROTOCOL.key, "treatment", "T-1")]
    assert [(a.step.step_key, a.step.due_at, a.to) for a in found.add] == [("day-1", TEN, None)]


def test_planning_the_same_again_changes_nothing() -> None:
    assert not changes(facts(), row())


def test_a_deferred_row_keeps_its_later_time() -> None:
    assert not changes(facts(), row(due_at=TEN + timedelta(hours=9)), now=TEN + timedelta(hours=5))


def test_an_overdue_row_is_left_to_the_gate() -> None:
    assert not changes(facts(), row(), now=TEN + timedelta(days=9))


def test_a_corrected_date_moves_the_open_row() -> None:
    found = changes(facts(PERFORMED + timedelta(days=2)), row(), now=PERFORMED)
    assert [(i, s.due_at, s.planned_for) for i, s in found.move] == [("msg_1", *[TEN + timedelta(days=2)] * 2)]
    assert [e.anchor_at for e in found.correct] == [PERFORMED + timedelta(days=2)]


def test_a_corrected_date_too_long_ago_cancels_it() -> None:
    found = changes(facts(PERFORMED - timedelta(days=20)), row())
    assert found.cancel == [("msg_1", Drop(R.LATE))]


def test_a_new_zone_moves_the_hour() -> None:
    moved = facts(patient=make_patient(time_zone="America/Vancouver"))
    assert [(i, s.due_at) for i, s in changes(moved, row()).move] == [("msg_1", TEN + timedelta(hours=3))]


def test_a_voided_treatment_stops_its_enrollment() -> None:
    found = changes(facts(voided=True), row())
    assert found.cancel == [("msg_1", Drop(R.VOIDED, "evt_2"))]
    assert found.stop == [("enr_1", Drop(R.VOIDED, "evt_2"))]


def test_a_death_stops_all_and_names_its_event() -> None:
    dead = facts(patient=make_patient(status=PatientStatus.DECEASED), status_event="evt_9")
    assert changes(dead, row()).cancel == [("msg_1", Drop(R.DECEASED, "evt_9"))]


@pytest.mark.parametrize("state", [M.SENDING, M.UNCONFIRMED, M.SENT, M.DELIVERED, M.UNDELIVERED, M.FAILED])
def test_what_went_out_is_neither_cancelled_nor_repeated(state: MessageState) -> None:
    gone = row(state=state, attempt_no=1)
    assert not changes(facts(), gone)
    assert changes(facts(voided=True), gone).cancel == []


@pytest.mark.parametrize(
    ("end", "again"),
    [
        ({"state": M.CANCELLED, "reason": R.VOIDED}, True),
        ({"state": M.CANCELLED, "reason": R.SUPERSEDED}, True),
        ({"state": M.CANCELLED, "reason": R.DECEASED}, True),
        ({"state": M.CANCELLED, "reason": R.MERGED}, True),
        ({"state": M.SKIPPED, "reason": R.LATE}, True),
        ({"state": M.SKIPPED, "reason": R.PAST}, True),
        ({"state": M.CANCELLED, "reason": R.VOIDED, "attempt_no": 1}, False),
        ({"state": M.CANCELLED, "reason": R.STAFF}, False),
        ({"state": M.SKIPPED, "reason": R.EXPIRED}, False),
        ({"state": M.SKIPPED, "reason": R.BOOKED}, False),
        ({"state": M.SKIPPED, "reason": R.OPTED_OUT}, False),
    ],
)
def test_only_a_revocable_end_is_planned_anew(end: dict[str, Any], again: bool) -> None:
    found = changes(facts(), row(**end))
    assert [(a.occurrence, a.to) for a in found.add] == ([(2, "enr_1")] if again else [])


def test_what_is_late_by_now_is_not_planned_anew() -> None:
    ended = row(state=M.CANCELLED, reason=R.VOIDED)
    assert changes(facts(), ended, now=TEN + timedelta(days=9)).add == []


@pytest.mark.parametrize(
    ("before", "reason", "reopened"),
    [
        (EnrollmentState.STOPPED, "voided", ["enr_1"]),
        (EnrollmentState.COMPLETED, None, ["enr_1"]),
        (EnrollmentState.STOPPED, "staff", []),
        (EnrollmentState.ACTIVE, None, []),
    ],
)
def test_an_enrollment_that_goes_on_is_reopened(
    before: EnrollmentState, reason: str | None, reopened: list[str]
) -> None:
    ended = row(state=M.CANCELLED, reason=R.VOIDED)
    assert changes(facts(), ended, state=before, reason=reason).reopen == reopened


def test_history_told_later_cancels_only_what_is_past() -> None:
    now = TEN + timedelta(hours=1)
    assert changes(facts(backfill=True), row(), now=now).cancel == [("msg_1", Drop(R.PAST))]
    assert changes(facts(backfill=True), row(), now=PERFORMED).cancel == []


def test_another_way_of_the_same_contact_stays_put() -> None:
    heir = row(id=MessageId("msg_2"), occurrence=2, follows=MessageId("msg_1"))
    first = row(state=M.UNDELIVERED, attempt_no=1)
    assert changes(facts(PERFORMED + timedelta(days=2)), first, heir).move == []


def test_a_merged_patients_enrollment_becomes_the_survivors() -> None:
    twin = PatientId("P-9")
    found = changes(facts(ids=frozenset({PatientId("P-17"), twin})), row(patient_id=twin), patient_id=twin)
    assert found.adopt == ["msg_1"]
    assert [e.patient_id for e in found.correct] == ["P-17"]
    assert (found.begin, found.add, found.cancel) == ([], [], [])


def test_a_double_of_a_merged_patient_is_ended() -> None:
    twin = replace(ENROLLMENT, id=EnrollmentId("enr_2"), patient_id=PatientId("P-9"))
    existing = [Existing(twin, (row(id=MessageId("msg_2")),)), Existing(ENROLLMENT, (row(),))]
    told = facts(ids=frozenset({PatientId("P-17"), PatientId("P-9")}), merge_event="evt_3")
    wanted = plan(told, {PROTOCOL.key: PROTOCOL}, make_clinic(), now=PERFORMED)
    found = replan(wanted, told, existing, zones={PatientId("P-17"): "America/Toronto"})
    assert found.cancel == [("msg_2", Drop(R.MERGED, "evt_3"))]
