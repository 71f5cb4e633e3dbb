"""The rows are what the events say, after any story; and every row that was changed behind their back is found."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from sqlalchemy.engine import Connection

from followup.domain.escalation import EscalationKind, EscalationState
from followup.services import control, enroll
from followup.services.context import Context
from followup.services.proof import drift
from followup.services.proof.nightly import compare_nightly, mark_of
from followup.storage import escalations
from followup.storage.database import Database
from followup.storage.machine import marks
from followup.storage.tables import (
    bookings,
    enrollments,
    events,
    message_history,
    messages,
    patients,
    protocol_versions,
    treatments,
)
from tests.builders import CLINIC
from tests.fakes import FakeClock
from tests.services.seeds import run
from tests.services.telling import DAY, MONDAY, E, Story, booked, make_story, treated
from tests.services.test_any_order import PEOPLE, World, stories, world  # noqa: F401 -- a fixture

Corruption = Callable[[Connection], object]


@pytest.fixture
def story(database: Database, tmp_path: Path) -> Story:
    """Two visits and a booking to come, planned at the day of the second visit."""
    told = make_story(database, tmp_path, clock=FakeClock(MONDAY))
    told.plan(told.event(E.TREATMENT_COMPLETED, MONDAY - 30 * DAY, treated(MONDAY - 30 * DAY, "T-0")))
    told.plan(told.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY)))
    told.plan(told.event(E.BOOKING_MADE, MONDAY, booked(MONDAY + 20 * DAY)))
    assert found(told.ctx) == set()
    return told


def found(ctx: Context) -> set[str]:
    return {one.difference.kind.value for one in drift.find(ctx, CLINIC)}


def waiting(table: sa.Table = messages, **where: Any) -> sa.ColumnElement[bool]:
    """One open message, or another row."""
    own = {"state": "scheduled", "step_key": "check"} if table is messages else {}
    return sa.and_(sa.true(), *(table.c[name] == value for name, value in {**own, **where}.items()))


def change(table: sa.Table, *, where: dict[str, Any] | None = None, **values: Any) -> Corruption:
    def corrupt(conn: Connection) -> object:
        done = conn.execute(sa.update(table).where(waiting(table, **(where or {}))).values(values))
        assert done.rowcount
        return done

    return corrupt


def remove(table: sa.Table, **where: Any) -> Corruption:
    return lambda conn: conn.execute(sa.delete(table).where(waiting(table, **where)))


def double(table: sa.Table, **values: Any) -> Corruption:
    """Insert a copy of a row that differs in these columns."""

    def corrupt(conn: Connection) -> object:
        row = dict(conn.execute(sa.select(table).where(waiting(table)).limit(1)).one()._mapping)
        return conn.execute(table.insert(), {**row, **values})

    return corrupt


def without_trace(conn: Connection) -> None:
    """The enrollment is gone with all its messages."""
    gone = sa.select(enrollments.c.id).where(enrollments.c.source_id == "T-1")
    conn.execute(sa.delete(messages).where(messages.c.enrollment_id.in_(gone)))
    conn.execute(sa.delete(enrollments).where(enrollments.c.source_id == "T-1"))


LATER, NEWEST = MONDAY + 200 * DAY, {"source_id": "T-1"}
CORRUPTIONS: dict[str, tuple[Corruption, str]] = {
    "a message is gone": (remove(messages), "missing"),
    "an enrollment is gone": (without_trace, "missing"),
    "a message too many": (double(messages, id="msg_x", occurrence=9), "extra"),
    "a message of no step": (double(messages, id="msg_x", step_key="other"), "extra"),
    "an enrollment too many": (double(enrollments, id="enr_x", source_id="T-9"), "extra"),
    "an enrollment of nobody": (double(enrollments, id="enr_x", patient_id="P-9", source_id="T-9"), "extra"),
    "another due time": (change(messages, due_at=LATER), "time"),
    "an earlier due time": (change(messages, due_at=MONDAY), "time"),
    "another planned time": (change(messages, planned_for=LATER), "time"),
    "another deadline": (change(messages, expires_at=LATER), "time"),
    "a message called off": (change(messages, state="cancelled", reason="superseded"), "state"),
    "a message called off for good": (change(messages, state="cancelled", reason="staff"), "state"),
    "a message called sent": (change(messages, state="sent"), "state"),
    "a message held for ever": (change(messages, hold="patient_paused"), "state"),
    "another class": (change(messages, message_class="promo"), "record"),
    "another channel": (change(messages, channels="email"), "record"),
    "another text": (change(messages, template_ref="skinpen-microneedling/day-0"), "record"),
    "another patient's message": (change(messages, patient_id="P-9"), "record"),
    "an enrollment stopped": (change(enrollments, where=NEWEST, state="stopped", reason="voided"), "state"),
    "an enrollment paused": (change(enrollments, where=NEWEST, state="paused"), "state"),
    "an enrollment completed": (change(enrollments, where=NEWEST, state="completed"), "state"),
    "another anchor": (change(enrollments, where=NEWEST, anchor_at=LATER), "record"),
    "another zone": (change(patients, time_zone="America/Vancouver"), "record"),
    "another status": (change(patients, status="deceased"), "record"),
    "the patient is gone": (remove(patients), "missing"),
    "another day of treatment": (change(treatments, where={"id": "T-1"}, performed_at=LATER), "record"),
    "a booking called off": (change(bookings, state="cancelled"), "record"),
    "the history is gone": (lambda conn: conn.execute(sa.delete(message_history)), "extra"),
}  # fmt: skip


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_every_planted_corruption_is_found(story: Story, name: str) -> None:
    corrupt, kind = CORRUPTIONS[name]
    with story.ctx.db.transaction() as conn:
        corrupt(conn)
    assert kind in found(story.ctx)


def test_a_lost_protocol_is_a_difference_too(story: Story, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "peel.yaml").rename(tmp_path / "empty" / "other.yaml")
    text = (tmp_path / "empty" / "other.yaml").read_text().replace("peel", "other")
    (tmp_path / "empty" / "other.yaml").write_text(text)
    bare = make_story(story.ctx.db, tmp_path / "empty", clock=story.ctx.clock).ctx
    assert found(bare) == set()  # its version is kept
    with bare.db.transaction() as conn:
        conn.execute(sa.delete(protocol_versions))
    again = make_story(story.ctx.db, tmp_path / "empty", clock=story.ctx.clock).ctx
    assert found(again) == {"missing"}


def test_what_goes_its_way_is_no_drift(story: Story) -> None:
    clock = story.ctx.clock
    assert isinstance(clock, FakeClock)
    for day in range(0, 200, 3):
        clock.set(MONDAY + day * DAY)
        run(story.ctx)
        enroll.complete(story.ctx)
        assert list(drift.find(story.ctx, CLINIC)) == []


def test_pauses_and_stops_by_staff_are_no_drift(story: Story) -> None:
    for act in (control.pause, control.resume, control.pause, control.stop):
        act(story.ctx, CLINIC, "P-1", by="Kim", reason="test")  # type: ignore[arg-type]
        assert list(drift.find(story.ctx, CLINIC)) == []


def test_an_event_still_to_be_planned_is_no_drift(story: Story) -> None:
    story.store(story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY + DAY, "T-2")))
    assert found(story.ctx) == set()


def test_comparing_the_rows_writes_nothing(story: Story) -> None:
    every = (events, enrollments, messages, message_history, patients, treatments)

    def all_rows() -> list[Any]:
        with story.ctx.db.reading() as conn:
            return [conn.execute(sa.select(table)).all() for table in every]

    before = all_rows()
    with story.ctx.db.transaction() as conn:
        without_trace(conn)
    damaged = all_rows()
    assert found(story.ctx)
    assert all_rows() == damaged != before


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plot=stories)
def test_no_story_leaves_any_drift(world: World, plot: Any) -> None:  # noqa: F811
    told, happened = world.tell(plot)
    for event in happened:
        told.plan(event)
        names = [told.mark + name for name in PEOPLE]
        assert drift.of_patients(world.ctx, CLINIC, names) == []


# Every night --------------------------------------------------------------------------------------------------------
def open_questions(ctx: Context) -> list[str]:
    with ctx.db.reading() as conn:
        return [
            e.summary
            for e in escalations.listing(conn, CLINIC, states=[EscalationState.OPEN])
            if e.kind is EscalationKind.DRIFT
        ]


def test_a_night_tells_of_drift_and_of_its_end(story: Story) -> None:
    clock = story.ctx.clock
    assert isinstance(clock, FakeClock)
    assert compare_nightly(story.ctx) == 0  # the first look only notes the day
    with story.ctx.db.transaction() as conn:
        change(messages, state="sent")(conn)
    assert compare_nightly(story.ctx) == 0
    clock.advance(timedelta(hours=16))  # two in the morning, and no day has gone by
    assert compare_nightly(story.ctx) == 0
    clock.advance(timedelta(hours=24))
    assert compare_nightly(story.ctx) > 0
    assert compare_nightly(story.ctx) == 0
    (summary,) = open_questions(story.ctx)
    assert "state" in summary
    with story.ctx.db.transaction() as conn:
        conn.execute(sa.update(messages).where(messages.c.state == "sent").values(state="scheduled"))
        number = marks.get(conn, mark_of(CLINIC))
    assert number is not None
    assert number.number > 0
    clock.advance(timedelta(hours=24))
    compare_nightly(story.ctx)
    assert open_questions(story.ctx) == []
