"""Interrupting one follow-up: its messages wait, the patient's others go on, and it can be taken back."""

from pathlib import Path

import pytest

from followup.domain.errors import InvalidInput, NotFound, TooLate
from followup.domain.ids import EnrollmentId, PatientId
from followup.domain.message import Hold
from followup.services import control
from followup.storage import audit, enrollments
from followup.storage.database import Database
from tests.builders import CLINIC
from tests.fakes import FakeClock
from tests.services.telling import DAY, MONDAY, E, Story, make_story, treated

ANA = PatientId("P-1")
SAID = {"by": "Okafor", "reason": "asked to wait"}
ALONE, ALL = Hold.ENROLLMENT_PAUSED, Hold.PATIENT_PAUSED


@pytest.fixture
def story(database: Database, tmp_path: Path) -> Story:
    """Ana after two treatments of different days."""
    told = make_story(database, tmp_path, clock=FakeClock(MONDAY))
    told.plan(told.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY)))
    told.plan(told.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY + DAY, "T-2")))
    return told


def one(story: Story, source: str = "T-1") -> EnrollmentId:
    with story.ctx.db.reading() as conn:
        return next(e.id for e in enrollments.of(conn, CLINIC, [ANA]) if e.source_id == source)


def holds(story: Story) -> tuple[set[Hold | None], set[Hold | None]]:
    """Of the open messages of the first and of the second follow-up."""
    first = one(story)
    open_ones = [m for m in story.messages() if m.state == "scheduled"]
    return {m.hold for m in open_ones if m.enrollment_id == first}, {
        m.hold for m in open_ones if m.enrollment_id != first
    }


def test_pausing_one_leaves_the_others_alone(story: Story) -> None:
    assert control.pause_one(story.ctx, CLINIC, one(story), **SAID) > 0
    assert holds(story) == ({ALONE}, {None})
    assert control.resume_one(story.ctx, CLINIC, one(story), **SAID) > 0
    assert holds(story) == ({None}, {None})


def test_the_patients_resume_does_not_end_it(story: Story) -> None:
    control.pause_one(story.ctx, CLINIC, one(story), **SAID)
    control.pause(story.ctx, CLINIC, ANA, **SAID)
    assert holds(story) == ({ALONE}, {ALL})
    control.resume(story.ctx, CLINIC, ANA, **SAID)
    assert holds(story) == ({ALONE}, {None})


def test_its_own_resume_keeps_the_patients_pause(story: Story) -> None:
    control.pause(story.ctx, CLINIC, ANA, **SAID)
    control.pause_one(story.ctx, CLINIC, one(story), **SAID)
    assert control.resume_one(story.ctx, CLINIC, one(story), **SAID) == 0
    assert holds(story) == ({ALL}, {ALL})
    control.resume(story.ctx, CLINIC, ANA, **SAID)
    assert holds(story) == ({None}, {None})


def test_what_is_planned_meanwhile_is_held(story: Story) -> None:
    control.pause_one(story.ctx, CLINIC, one(story), **SAID)
    story.plan(story.event(E.TREATMENT_CORRECTED, MONDAY, treated(MONDAY - DAY)))
    assert holds(story) == ({ALONE}, {None})


def test_it_can_be_paused_only_once(story: Story) -> None:
    with pytest.raises(TooLate, match="not paused"):
        control.resume_one(story.ctx, CLINIC, one(story), **SAID)
    control.pause_one(story.ctx, CLINIC, one(story), **SAID)
    with pytest.raises(TooLate, match="is paused"):
        control.pause_one(story.ctx, CLINIC, one(story), **SAID)


@pytest.mark.parametrize("said", [SAID | {"by": " "}, SAID | {"reason": ""}])
def test_it_needs_a_name_and_a_reason(story: Story, said: dict[str, str]) -> None:
    for act in (control.pause_one, control.resume_one):
        with pytest.raises(InvalidInput, match="a name and a reason"):
            act(story.ctx, CLINIC, one(story), **said)
    with pytest.raises(InvalidInput, match="a name and a reason"):
        control.pause(story.ctx, CLINIC, ANA, **said)


def test_the_audit_names_who_and_why(story: Story) -> None:
    control.pause_one(story.ctx, CLINIC, one(story), **SAID)
    with story.ctx.db.reading() as conn:
        last = audit.about(conn, CLINIC, subject=one(story))[0]
    assert (last["actor"], last["action"]) == ("Okafor", "enrollment.paused")
    assert (last["patient_id"], last["detail"]["reason"]) == (ANA, "asked to wait")


def test_an_unknown_one_is_said_so(story: Story) -> None:
    with pytest.raises(NotFound, match="no enrollment"):
        control.pause_one(story.ctx, CLINIC, EnrollmentId("enr_404"), **SAID)
