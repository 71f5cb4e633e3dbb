"""A clinic changes its hours or days off: what waits is planned anew, in bounded batches, once."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from followup.content.clinics import Clinics
from followup.domain.clinic import Clinic, SendWindow
from followup.domain.ids import MessageId
from followup.domain.lifecycle import Signal
from followup.domain.message import MessageClass
from followup.domain.offset import Offset
from followup.domain.window import to_local
from followup.services.calendars.follow import digest, follow
from followup.storage import audit, messages
from followup.storage.database import Database
from tests.builders import CLINIC, make_clinic, make_ctx
from tests.services.telling import MONDAY, E, Story, person, protocols_of, treated, write_protocol

EVERY_DAY = frozenset(range(7))
STEPS = (("days", "treatment", "P3BD", "at: '10:00'"), ("second", "treatment", "P1D", "at: '07:00'"))


@pytest.fixture
def story(database: Database, tmp_path: Path) -> Story:
    write_protocol(tmp_path, "peel", steps=STEPS)
    story = Story(make_ctx(database, protocols=protocols_of(tmp_path)))
    follow(story.ctx)
    for n in range(3):
        story.plan(story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY, f"T-{n}", patient=person(f"P-{n}"))))
    return story


def reopened(story: Story, **changes: Any) -> Story:
    """The same installation started again with a changed clinic file."""
    story.ctx = replace(story.ctx, clinics=Clinics([make_clinic(**changes)]))
    return story


def due(story: Story, step: str, patient: str = "P-0") -> str:
    (row,) = [m for m in story.messages(patient) if m.step_key == step]
    return f"{to_local(row.due_at, 'America/Toronto'):%m-%d %H:%M}"


LATE = {MessageClass.CARE: (SendWindow(EVERY_DAY, time(9, 30), time(21)),)}


def test_an_unchanged_clinic_is_left_alone(story: Story) -> None:
    assert follow(story.ctx) == 0
    assert follow(reopened(story).ctx) == 0


def test_a_new_closure_moves_business_days(story: Story) -> None:
    assert due(story, "days") == "03-05 10:00"
    assert follow(reopened(story, closures=(date(2026, 3, 4),)).ctx) == 3
    assert due(story, "days") == "03-06 10:00"


def test_other_hours_move_what_is_due_that_day(story: Story) -> None:
    assert due(story, "second") == "03-03 08:00"
    follow(reopened(story, windows=LATE).ctx)
    assert due(story, "second") == "03-03 09:30"


def test_it_goes_on_in_bounded_batches(story: Story) -> None:
    reopened(story, windows=LATE)
    assert [follow(story.ctx, limit=2) for _ in range(4)] == [2, 1, 0, 0]
    assert {due(story, "second", f"P-{n}") for n in range(3)} == {"03-03 09:30"}


def test_another_process_takes_up_where_it_stopped(story: Story) -> None:
    follow(reopened(story, windows=LATE).ctx, limit=1)
    assert follow(reopened(story, windows=LATE).ctx) == 2


def test_a_change_in_between_begins_again(story: Story) -> None:
    follow(reopened(story, windows=LATE).ctx, limit=1)
    assert follow(reopened(story).ctx) == 3
    assert {due(story, "second", f"P-{n}") for n in range(3)} == {"03-03 08:00"}


def test_what_has_ended_stays_as_it_is(story: Story) -> None:
    (row,) = [m for m in story.messages("P-0") if m.step_key == "second"]
    with story.ctx.db.transaction() as conn:
        messages.apply(conn, [MessageId(row.id)], Signal.CANCELLED, MONDAY, reason="staff")
    follow(reopened(story, windows=LATE).ctx)
    assert due(story, "second") == "03-03 08:00"


def test_the_change_is_in_the_audit_once(story: Story) -> None:
    reopened(story, windows=LATE)
    for _ in range(3):
        follow(story.ctx, limit=1)
    with story.ctx.db.reading() as conn:
        entries = [e for e in audit.about(conn, CLINIC) if e["action"] == "clinic.hours_changed"]
    assert len(entries) == 1


def test_one_that_cannot_be_planned_stops_no_other(story: Story) -> None:
    import sqlalchemy as sa

    with story.ctx.db.transaction() as conn:
        conn.execute(sa.text("UPDATE enrollments SET protocol_version = 'gone' WHERE patient_id = 'P-1'"))
    follow(reopened(story, windows=LATE).ctx)
    assert [due(story, "second", f"P-{n}") for n in range(3)] == ["03-03 09:30", "03-03 08:00", "03-03 09:30"]


@pytest.mark.parametrize(
    "changes",
    [
        {"time_zone": "America/Vancouver"}, {"province": "QC"}, {"windows": LATE}, {"closures": (date(2026, 3, 4),)},
        {"offsets": {"peel/days": Offset(days=2)}}, {"merge_within": Offset(minutes=60)},
    ],
)  # fmt: skip
def test_the_digest_changes_with_what_planning_sees(changes: dict[str, Any]) -> None:
    assert digest(make_clinic(**changes)) != digest(make_clinic())


def test_the_digest_knows_nothing_else() -> None:
    other: Clinic = make_clinic(name="Another", phone="+14165550199", us_enabled=True)
    assert digest(other) == digest(make_clinic())
