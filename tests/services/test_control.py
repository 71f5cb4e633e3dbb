"""Control: staff pause, resume and stop a patient, with their name and reason in the audit."""

from pathlib import Path

import pytest

from followup.domain.errors import NotFound
from followup.domain.ids import PatientId
from followup.domain.message import Hold, Reason
from followup.services import control
from followup.storage import audit, enrollments
from followup.storage.database import Database
from tests.builders import CLINIC
from tests.fakes import FakeClock
from tests.services.telling import DAY, MONDAY, E, Story, make_story, person, treated

ANA = PatientId("P-1")


@pytest.fixture
def story(database: Database, tmp_path: Path) -> Story:
    """Ana after her peel."""
    told = make_story(database, tmp_path, clock=FakeClock(MONDAY))
    told.plan(told.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY)))
    return told


def holds(story: Story) -> set[Hold | None]:
    return {m.hold for m in story.messages()}


def states(story: Story) -> list[str]:
    with story.ctx.db.reading() as conn:
        return [e.state.value for e in enrollments.of(conn, CLINIC, [ANA])]


def test_a_pause_holds_all_open_messages(story: Story) -> None:
    assert control.pause(story.ctx, CLINIC, ANA, by="Okafor", reason="asked to wait") == 4
    assert (holds(story), states(story)) == ({Hold.PATIENT_PAUSED}, ["paused"])


def test_what_is_planned_during_a_pause_is_held(story: Story) -> None:
    control.pause(story.ctx, CLINIC, ANA, by="Okafor", reason="asked to wait")
    story.plan(story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY + DAY, "T-2", patient=person())))
    assert (holds(story), states(story)) == ({Hold.PATIENT_PAUSED}, ["paused", "paused"])


def test_resuming_releases_every_message(story: Story) -> None:
    control.pause(story.ctx, CLINIC, ANA, by="Okafor", reason="asked to wait")
    assert control.resume(story.ctx, CLINIC, ANA, by="Okafor", reason="called back") == 4
    assert (holds(story), states(story)) == ({None}, ["active"])


def test_what_staff_stopped_is_not_planned_again(story: Story) -> None:
    assert control.stop(story.ctx, CLINIC, ANA, by="Okafor", reason="moved away") == 4
    story.plan(story.event(E.TREATMENT_CORRECTED, MONDAY + DAY, treated(MONDAY + DAY)))
    assert (story.schedule(), states(story)) == ([], ["stopped"])
    assert {m.reason for m in story.messages()} == {Reason.STAFF}


def test_a_later_treatment_is_followed_up_again(story: Story) -> None:
    control.stop(story.ctx, CLINIC, ANA, by="Okafor", reason="moved away")
    story.plan(story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY + DAY, "T-2")))
    assert {row[2] for row in story.schedule()} == {"T-2"}


@pytest.mark.parametrize("act", [control.pause, control.resume, control.stop])
def test_every_act_names_who_and_why(story: Story, act: object) -> None:
    assert callable(act)
    act(story.ctx, CLINIC, ANA, by="Okafor", reason="asked to")
    with story.ctx.db.reading() as conn:
        last = audit.about(conn, CLINIC, subject=ANA)[0]
    assert (last["actor"], last["patient_id"], last["detail"]["reason"]) == ("Okafor", ANA, "asked to")


def test_an_unknown_patient_is_said_so(story: Story) -> None:
    with pytest.raises(NotFound, match="no such patient"):
        control.pause(story.ctx, CLINIC, PatientId("P-404"), by="Okafor", reason="asked to")
