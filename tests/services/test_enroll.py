"""Enroll: from stored events to a schedule; what cannot be planned is quarantined and never lost."""

from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from followup.domain.escalation import EscalationKind, EscalationState
from followup.domain.event import EventState
from followup.domain.ids import PatientId
from followup.domain.lifecycle import Signal
from followup.domain.message import MessageState, Reason
from followup.services import enroll
from followup.storage import enrollments, escalations, events, messages, patients
from followup.storage.database import Database
from tests.builders import CLINIC, make_ctx
from tests.fakes import FakeClock
from tests.services.telling import (
    DAY,
    MONDAY,
    E,
    Story,
    booked,
    make_story,
    person,
    protocols_of,
    steps_of,
    treated,
    write_protocol,
)

ID_ONLY = {"id": "P-1"}


@pytest.fixture
def story(database: Database, tmp_path: Path) -> Story:
    """A clinic on a Monday morning with one protocol for peels."""
    return make_story(database, tmp_path, clock=FakeClock(MONDAY))


def alerts(story: Story, kind: EscalationKind, *states: EscalationState) -> list[str]:
    with story.ctx.db.reading() as conn:
        found = escalations.listing(conn, CLINIC, states=states or [EscalationState.OPEN])
    return [e.subject for e in found if e.kind is kind]


def reasons(story: Story, source: str = "T-1", patient: str = "P-1") -> dict[str, tuple[str, str | None, str | None]]:
    """Step → state, reason and cause of its newest message."""
    with story.ctx.db.reading() as conn:
        begun = {e.id for e in enrollments.of(conn, CLINIC, [PatientId(patient)]) if e.source_id == source}
    rows = sorted(story.messages(patient), key=lambda m: m.occurrence)
    return {m.step_key: (m.state.value, m.reason, m.cause_event) for m in rows if m.enrollment_id in begun}


def close_all(story: Story, state: MessageState, step: str) -> None:
    """Take the open message of a step as far as the state, as a delivery does."""
    way = {MessageState.SENT: [Signal.CLAIMED, Signal.STARTED, Signal.ACCEPTED]}[state]
    ids = [m.id for m in story.messages() if m.step_key == step]
    with story.ctx.db.transaction() as conn:
        for signal in way:
            messages.apply(conn, ids, signal, MONDAY, values={"attempt_no": 1})


def test_a_treatment_becomes_a_schedule(story: Story) -> None:
    event = story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY))
    story.plan(event)
    assert steps_of(story.schedule()) == ["check", "first", "nudge", "second"]
    assert story.state_of(event) == ("planned", None)


def test_an_event_planned_twice_changes_nothing(story: Story) -> None:
    event = story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY))
    for _ in range(3):
        story.plan(event)
    assert len(story.messages()) == 4


def test_a_further_session_supersedes_and_says_why(story: Story) -> None:
    story.plan(story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY)))
    second = story.event(E.TREATMENT_COMPLETED, MONDAY + DAY, treated(MONDAY + DAY, "T-2", patient=ID_ONLY))
    story.plan(second)
    assert steps_of(story.schedule()) == ["first", "second"]
    assert reasons(story)["check"] == ("cancelled", Reason.SUPERSEDED, second.row_id)
    assert steps_of(story.schedule(), "T-2") == ["check", "first", "nudge", "second"]


def test_voiding_the_newer_session_revives_the_older(story: Story) -> None:
    story.plan(story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY)))
    before = story.schedule()
    story.plan(story.event(E.TREATMENT_COMPLETED, MONDAY + DAY, treated(MONDAY + DAY, "T-2", patient=ID_ONLY)))
    story.store(story.event(E.TREATMENT_VOIDED, MONDAY + 2 * DAY, {"treatment": {"id": "T-2"}}))
    assert story.schedule() == before
    assert reasons(story)["check"][0] == "scheduled"


@pytest.mark.parametrize(
    ("kind", "data", "reason"),
    [
        (E.TREATMENT_VOIDED, {"treatment": {"id": "T-1"}}, Reason.VOIDED),
        (E.PATIENT_DECEASED, {"patient": ID_ONLY}, Reason.DECEASED),
        (E.PATIENT_ARCHIVED, {"patient": ID_ONLY}, Reason.ARCHIVED),
    ],
)
def test_stopping_events_act_before_the_door_answers(story: Story, kind: Any, data: Any, reason: Reason) -> None:
    story.plan(story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY)))
    stop = story.event(kind, MONDAY + DAY, data)
    story.store(stop)
    assert story.schedule() == []
    assert set(reasons(story).values()) == {("cancelled", reason, stop.row_id)}
    assert story.state_of(stop) == ("planned", None)


def test_a_stop_told_first_waits_for_its_treatment(story: Story) -> None:
    void = story.event(E.TREATMENT_VOIDED, MONDAY + DAY, {"treatment": {"id": "T-1"}})
    story.store(void)
    assert story.state_of(void) == ("waiting", "unknown_thing")
    story.plan(story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY)))
    assert story.schedule() == []
    assert story.state_of(void) == ("planned", None)


def test_a_booking_moves_and_drops_its_reminder(story: Story) -> None:
    story.store(story.event(E.BOOKING_MADE, MONDAY, booked(MONDAY + 9 * DAY)))
    first = story.schedule()
    later = (MONDAY + 16 * DAY).isoformat()
    story.store(story.event(E.BOOKING_MOVED, MONDAY + DAY, {"booking": {"id": "B-1", "starts_at": later}}))
    moved = story.schedule()
    story.store(story.event(E.BOOKING_CANCELLED, MONDAY + 2 * DAY, {"booking": {"id": "B-1"}}))
    assert steps_of(first, "B-1") == steps_of(moved, "B-1") == ["reminder"]
    assert moved[0][4] - first[0][4] == 7 * DAY
    assert story.schedule() == []


def test_what_was_sent_is_not_sent_again(story: Story) -> None:
    story.plan(story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY)))
    close_all(story, MessageState.SENT, "first")
    story.store(story.event(E.TREATMENT_VOIDED, MONDAY + DAY, {"treatment": {"id": "T-1"}}))
    story.plan(story.event(E.TREATMENT_CORRECTED, MONDAY + 2 * DAY, treated(MONDAY)))
    assert steps_of(story.schedule()) == ["check", "nudge", "second"]


def test_a_merged_patient_goes_on_as_the_survivor(story: Story) -> None:
    story.plan(story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY)))
    close_all(story, MessageState.SENT, "first")
    merge = story.event(E.PATIENT_MERGED, MONDAY + DAY, {"patient": ID_ONLY, "into": "P-2"})
    story.plan(merge)
    assert story.schedule("P-1") == []
    assert steps_of(story.schedule("P-2")) == ["check", "nudge", "second"]
    assert "first" in reasons(story, patient="P-2")


def test_a_new_zone_moves_the_hour_of_open_steps(story: Story) -> None:
    story.plan(story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY)))
    before = {row[3]: row[4] for row in story.schedule()}
    west = {"patient": {**ID_ONLY, "time_zone": "America/Vancouver"}}
    story.plan(story.event(E.PATIENT_UPDATED, MONDAY + DAY, west))
    after = {row[3]: row[4] for row in story.schedule()}
    assert after["second"] - before["second"] == timedelta(hours=3)
    assert after["first"] == before["first"].replace(hour=16)  # eight in Vancouver


def test_backfill_never_sends_what_is_past(story: Story) -> None:
    old = MONDAY - 20 * DAY
    story.plan(story.event(E.TREATMENT_COMPLETED, old, treated(old), backfill=True))
    assert {s: r for s, (_, r, _) in reasons(story).items() if r} == {"first": Reason.PAST, "second": Reason.PAST}
    assert steps_of(story.schedule()) == ["check", "nudge"]


def test_an_unknown_code_waits_for_its_protocol(story: Story, tmp_path: Path) -> None:
    event = story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY, code="laser"))
    story.plan(event)
    assert story.state_of(event) == ("quarantined", "unknown_treatment_code")
    assert alerts(story, EscalationKind.QUARANTINE) == ["treatment-code:laser"]
    write_protocol(tmp_path, "laser")
    later = Story(make_ctx(story.ctx.db, protocols=protocols_of(tmp_path), clock=story.ctx.clock, ids=story.ctx.ids))
    assert enroll.retry(later.ctx, CLINIC, event.row_id) is EventState.PLANNED
    assert steps_of(later.schedule()) == ["check", "first", "nudge", "second"]
    assert alerts(later, EscalationKind.QUARANTINE) == []


def test_quarantine_is_tried_again_later_and_later(story: Story) -> None:
    event = story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY, code="laser"))
    waits, now = [], story.ctx.ops.now()
    for _ in range(4):
        story.plan(event)
        with story.ctx.db.transaction() as conn:
            delay = next(d for d in range(1, 9999) if events.claim(
                conn, now=now + timedelta(seconds=d), lease_until=now + 9 * DAY, limit=1))  # fmt: skip
        waits.append(delay)
    assert waits == [5, 10, 20, 40]


def test_an_unknown_patient_waits_for_a_name(story: Story) -> None:
    event = story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY, patient=ID_ONLY))
    story.plan(event)
    assert story.state_of(event) == ("quarantined", "unknown_patient")
    assert alerts(story, EscalationKind.QUARANTINE) == [event.row_id]
    story.plan(story.event(E.PATIENT_UPDATED, MONDAY, {"patient": person()}))
    assert story.state_of(event) == ("planned", None)
    assert len(story.schedule()) == 4
    assert alerts(story, EscalationKind.QUARANTINE) == []


def test_a_malformed_event_is_kept_with_its_fault(story: Story) -> None:
    bad = story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY, session="second"))
    good = story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY, "T-2"))
    story.plan(bad, good)
    assert story.state_of(bad) == ("quarantined", "/data/treatment/session: must be a whole number")
    assert story.state_of(good) == ("planned", None)


def test_a_patient_nobody_can_reach_is_enrolled_and_shown(story: Story) -> None:
    nobody = person(contact_points=[{"channel": "sms", "value": "no phone"}])
    story.plan(story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY, patient=nobody)))
    assert len(story.schedule()) == 4
    assert alerts(story, EscalationKind.UNREACHABLE) == ["P-1"]
    story.plan(story.event(E.PATIENT_UPDATED, MONDAY + DAY, {"patient": person()}))
    assert alerts(story, EscalationKind.UNREACHABLE) == []


def test_one_event_with_a_bug_stops_no_other(story: Story) -> None:
    lost = story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY, "T-2", patient=person("P-2")))
    good = story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY))
    story.plan(lost)
    forget_protocol_of(story, "P-2")
    again = story.event(E.PATIENT_UPDATED, MONDAY, {"patient": {"id": "P-2", "time_zone": "America/Regina"}})
    story.plan(again, good)
    assert story.state_of(again) == ("quarantined", "fault:NotFound")
    assert story.state_of(good) == ("planned", None)


def forget_protocol_of(story: Story, patient: str) -> None:
    """Bind a patient's enrollments to a version that nobody kept."""
    import sqlalchemy as sa

    with story.ctx.db.transaction() as conn:
        conn.execute(sa.text("UPDATE enrollments SET protocol_version = 'gone' WHERE patient_id = :p"), {"p": patient})


def test_what_is_used_is_pinned(story: Story) -> None:
    story.plan(story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY)))
    version = story.ctx.protocols.current["peel"].version
    text = {m.template_version for m in story.messages()}
    with story.ctx.db.reading() as conn:
        assert enrollments.kept_versions(conn, protocols=[version], templates=text) == {version, *text}


def test_an_enrollment_stays_on_its_version(story: Story, tmp_path: Path) -> None:
    story.plan(story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY)))
    write_protocol(tmp_path, "peel", steps=[("other", "treatment", "P2D", "at: '10:00'")])
    later = Story(
        make_ctx(story.ctx.db, protocols=protocols_of(tmp_path), clock=story.ctx.clock, ids=story.ctx.ids), count=9
    )
    later.plan(later.event(E.TREATMENT_CORRECTED, MONDAY + DAY, treated(MONDAY + DAY)))
    later.plan(later.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY, "T-2", patient=person("P-2"))))
    assert steps_of(later.schedule()) == ["check", "first", "nudge", "second"]
    assert steps_of(later.schedule("P-2"), "T-2") == ["other"]


def test_replan_brings_lost_rows_back(story: Story) -> None:
    story.plan(story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY)))
    with story.ctx.db.transaction() as conn:
        ids = [m.id for m in story.messages()]
        messages.apply(conn, ids, Signal.CANCELLED, MONDAY, reason=Reason.REPLANNED)
        enroll.replan(story.ctx, conn, CLINIC, PatientId("P-1"))
    assert len(story.schedule()) == 4


def test_enrollments_end_with_their_last_message(story: Story) -> None:
    ancient = MONDAY - 900 * DAY
    story.plan(story.event(E.TREATMENT_COMPLETED, ancient, treated(ancient), backfill=True))
    assert (enroll.complete(story.ctx), enroll.complete(story.ctx)) == (1, 0)


def test_enrollments_are_looked_through_slice_by_slice(story: Story) -> None:
    ancient, look = MONDAY - 900 * DAY, enroll.Completion(slice_size=2)
    for n in range(5):
        data = treated(ancient, f"T-{n}", patient=person(f"P-{n}"))
        story.plan(story.event(E.TREATMENT_COMPLETED, ancient, data, backfill=True))
    assert [look(story.ctx) for _ in range(4)] == [2, 2, 1, 0]


def test_merged_records_leave_one_known_patient(story: Story) -> None:
    story.plan(
        story.event(E.PATIENT_UPDATED, MONDAY, {"patient": person()}),
        story.event(E.PATIENT_MERGED, MONDAY + DAY, {"patient": ID_ONLY, "into": "P-2"}),
    )
    with story.ctx.db.reading() as conn:
        stored = patients.get_many(conn, CLINIC, [PatientId("P-1"), PatientId("P-2")])
    assert sorted((p.id, p.status.value, p.given_name) for p in stored.values()) == [
        ("P-1", "merged", "Ana"),
        ("P-2", "active", "Ana"),
    ]


def test_actors_and_doors_at_once_end_as_one(story: Story) -> None:
    told = [
        story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY)),
        story.event(E.TREATMENT_COMPLETED, MONDAY + DAY, treated(MONDAY + DAY, "T-2", patient=ID_ONLY)),
        story.event(E.PATIENT_UPDATED, MONDAY + DAY, {"patient": {**ID_ONLY, "time_zone": "America/Regina"}}),
        story.event(E.TREATMENT_VOIDED, MONDAY + 2 * DAY, {"treatment": {"id": "T-2"}}),
    ]
    start = Barrier(len(told) * 2)

    def tell(event: Any) -> None:
        start.wait()
        story.plan(event)

    crowd = [Thread(target=tell, args=(e,)) for e in told * 2]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert {story.state_of(e) for e in told} == {("planned", None)}
    assert steps_of(story.schedule()) == ["check", "first", "nudge", "second"]
    assert steps_of(story.schedule(), "T-2") == []
