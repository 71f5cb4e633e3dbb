"""Migrating running enrollments to another version of their protocol."""

from dataclasses import replace

import pytest

from followup.content.protocols import load_protocols
from followup.domain.errors import NotFound
from followup.services.author.migrate import describe, migrate
from followup.storage import audit, enrollments
from tests.builders import CLINIC
from tests.services.telling import MONDAY, STEPS, E, make_story, treated, write_protocol

#: The second step an hour later, no nudge, the check a month later, and a step more.
REWRITTEN = (
    STEPS[0],
    ("second", "treatment", "P1D", "at: '11:00'"),
    ("check", "series_end", "P4M", "at: '10:00'"),
    ("extra", "treatment", "P5D", "at: '10:00'"),
    STEPS[4],
)


@pytest.fixture
def story(database, tmp_path):
    """Ana was treated and enrolled before the protocol was written anew."""
    told = make_story(database, tmp_path)
    told.plan(told.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY)))
    write_protocol(tmp_path, "peel", steps=REWRITTEN)
    told.ctx = replace(told.ctx, protocols=load_protocols(tmp_path))
    return told


def dates(story):
    return sorted(((row[3], row[4].isoformat()[:16]) for row in story.schedule()), key=lambda d: d[1])


def changes(moves):
    return [(c.step_key, c.what, c.before[:16], c.after[:16]) for move in moves for c in move.changes]


EXPECTED = [
    ("second", "date", "2026-03-03 10:00", "2026-03-03 11:00"),
    ("extra", "added", "", "2026-03-07 10:00"),
    ("nudge", "dropped", "2026-03-30 10:00", ""),
    ("check", "date", "2026-06-02 10:00", "2026-07-02 10:00"),
]


def test_enrolled_patients_stay_on_their_version(story):
    before = dates(story)
    story.plan(story.event(E.PATIENT_UPDATED, MONDAY, {"patient": {"id": "P-1", "given_name": "Anna"}}))
    assert dates(story) == before


def test_dry_run_lists_each_change_and_writes_nothing(story):
    before = dates(story)
    assert changes(migrate(story.ctx, CLINIC, "peel", actor="test", dry_run=True)) == EXPECTED
    assert dates(story) == before
    with story.ctx.db.reading() as conn:
        assert [e for e in audit.about(conn, CLINIC) if e["action"] == "enrollment.migrated"] == []


def test_migration_moves_dates_and_binds_the_version(story):
    moves = migrate(story.ctx, CLINIC, "peel", actor="test")
    assert changes(moves) == EXPECTED
    assert [d for d in dates(story) if d[0] != "first"] == [
        ("second", "2026-03-03T16:00"),
        ("extra", "2026-03-07T15:00"),
        ("check", "2026-07-02T14:00"),
    ]
    with story.ctx.db.reading() as conn:
        bound = enrollments.of(conn, CLINIC, ["P-1"])[0].protocol_version
    assert bound == moves[0].new_version == story.ctx.protocols.need("peel").version


def test_migrating_twice_changes_nothing_more(story):
    migrate(story.ctx, CLINIC, "peel", actor="test")
    assert migrate(story.ctx, CLINIC, "peel", actor="test") == ()


def test_what_went_out_is_never_planned_again(story):
    migrate(story.ctx, CLINIC, "peel", actor="test")
    assert [m.step_key for m in story.messages()].count("first") == 1


def test_changed_channels_and_class_are_listed(story, tmp_path):
    path = tmp_path / "peel.yaml"
    path.write_text(
        path.read_text().replace("class: care, channels: [sms, email]", "class: checkin, channels: [email]")
    )
    story.ctx = replace(story.ctx, protocols=load_protocols(tmp_path))
    found = changes(migrate(story.ctx, CLINIC, "peel", actor="test"))
    assert ("second", "class", "care", "checkin") in found
    assert ("second", "channels", "sms email", "email") in found


def test_each_migration_is_audited_with_its_versions(story):
    move = migrate(story.ctx, CLINIC, "peel", actor="test")[0]
    with story.ctx.db.reading() as conn:
        entry = audit.about(conn, CLINIC, subject=move.enrollment_id)[0]
    assert entry["detail"] == {"from": move.old_version, "to": move.new_version, "changes": len(EXPECTED)}
    assert describe(move)["changes"][0] == {
        "step": "second", "what": "date", "before": "2026-03-03 10:00 EST", "after": "2026-03-03 11:00 EST",
    }  # fmt: skip


def test_unknown_protocol_cannot_be_migrated_to(story):
    with pytest.raises(NotFound, match="no protocol 'laser'"):
        migrate(story.ctx, CLINIC, "laser", actor="test")
