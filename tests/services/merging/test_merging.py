"""Several treatments of one day: one aftercare message with each block once, whatever comes in between."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from followup.domain.message import Channel, Message, MessageState
from followup.domain.outcome import Transient, Unknown
from followup.services import finish
from followup.services.proof import drift, resolve
from followup.services.reading import show
from followup.storage.database import Database
from tests.builders import CLINIC, make_ctx
from tests.services.seeds import fake, run, sent, wire
from tests.services.telling import DAY, MONDAY, E, Story, person, protocols_of, treated

HOUR = timedelta(hours=1)
PROTOCOL = """key: {key}
title: {{en-CA: {title}, fr-CA: {title}}}
treatment_codes: [{key}]
priority: {priority}
review: {{source: test, reviewer: test, reviewed_on: 2026-01-01, note: for tests}}
steps:
  - {{key: day-0, anchor: treatment, offset: PT0M, class: care, channels: {channels}, template: {day_0},
     max_late: PT18H, valid_for: PT20H}}
  - {{key: day-1, anchor: treatment, offset: P1D, at: '10:00', class: care, channels: {channels}, template: {day_1}}}
"""
REF = "skinpen-microneedling/"


@pytest.fixture
def story(database: Database, tmp_path: Path) -> Story:
    return told(database, tmp_path)


def told(database: Database, folder: Path, channels: str = "[sms, email]") -> Story:
    for key, priority, day_0, day_1 in (("peel", 100, "day-0", "day-1"), ("laser", 10, "week-2", "day-7")):
        text = PROTOCOL.format(
            key=key, title=key.title(), priority=priority, channels=channels, day_0=REF + day_0, day_1=REF + day_1
        )
        (folder / f"{key}.yaml").write_text(text)
    story = Story(make_ctx(database, protocols=protocols_of(folder)))
    story.ctx.clock.set(MONDAY)  # type: ignore[attr-defined]
    wire(story.ctx)
    return story


def done(story: Story, code: str, after: timedelta = timedelta(0)) -> None:
    """A treatment of Ana's on that Monday, told when it ended."""
    at = MONDAY + after
    story.ctx.clock.set(at)  # type: ignore[attr-defined]
    story.plan(story.event(E.TREATMENT_COMPLETED, at, treated(at, f"T-{code}", code=code)))


def until(story: Story, moment: Any) -> None:
    story.ctx.clock.set(moment)  # type: ignore[attr-defined]
    run(story.ctx)


def rows(story: Story, step: str) -> dict[str, Message]:
    """The messages of a step by the template they are of."""
    return {m.template_ref.removeprefix(REF): m for m in story.messages() if m.step_key == step}


def page(story: Story) -> str:
    """What lies behind the link of the last text."""
    token = sent(story.ctx)[-1].text.partition("/m/")[2].split()[0]
    shown = show.full_text(story.ctx, token)
    assert shown is not None
    return shown.page.html


def test_care_of_one_day_is_planned_as_one_message(story: Story) -> None:
    done(story, "peel")
    done(story, "laser", 2 * HOUR)
    own, other = rows(story, "day-1")["day-7"], rows(story, "day-1")["day-1"]
    assert own.state is MessageState.SCHEDULED
    assert (other.state, other.reason, other.carried_by) == (MessageState.CANCELLED, "merged", own.id)


def test_one_text_leads_to_every_block_once(story: Story) -> None:
    done(story, "peel")
    done(story, "laser", 2 * HOUR)
    until(story, MONDAY + 3 * HOUR)
    before = len(sent(story.ctx))
    until(story, MONDAY + DAY)
    (text,) = sent(story.ctx)[before:]
    assert "one part for each treatment" in text.text
    html = page(story)
    assert html.index("Laser") < html.index("About a week has passed") < html.index("Peel")
    assert html.count("Redness usually begins to fade now") == 1


def test_one_mail_has_every_block_in_order(database: Database, tmp_path: Path) -> None:
    story = told(database, tmp_path, channels="[email]")
    done(story, "peel")
    done(story, "laser", 2 * HOUR)
    until(story, MONDAY + DAY)
    text = sent(story.ctx, Channel.EMAIL)[-1].text
    assert text.index("About a week has passed") < text.index("Redness usually begins to fade now")


def test_a_second_treatment_joins_what_has_not_gone(story: Story) -> None:
    done(story, "peel")
    done(story, "laser", 2 * HOUR)
    run(story.ctx)
    assert len(sent(story.ctx)) == 1
    assert "one part for each treatment" in sent(story.ctx)[0].text


def test_what_went_already_is_not_told_again(story: Story) -> None:
    done(story, "peel")
    run(story.ctx)
    done(story, "laser", 2 * HOUR)
    run(story.ctx)
    first, second = sent(story.ctx)
    assert "hands off the area" in first.text
    assert "one part for each" not in second.text
    assert rows(story, "day-0")["week-2"].state is MessageState.SENT


def test_the_same_treatment_twice_is_told_once(story: Story) -> None:
    done(story, "peel")
    story.plan(story.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY + HOUR, "T-again")))
    until(story, MONDAY + 2 * HOUR)
    until(story, MONDAY + DAY)
    texts = [one.text for one in sent(story.ctx)]
    assert len(texts) == 2
    assert not any("one part for each" in text for text in texts)


def test_a_withdrawn_carrier_gives_back_what_it_carried(story: Story) -> None:
    done(story, "peel")
    done(story, "laser", 2 * HOUR)
    until(story, MONDAY + 3 * HOUR)
    gone = {"patient": {"id": "P-1"}, "treatment": {"id": "T-laser"}}
    story.plan(story.event(E.TREATMENT_VOIDED, MONDAY + 4 * HOUR, gone))
    until(story, MONDAY + DAY)
    assert "after 24 h" in sent(story.ctx)[-1].text


def test_a_withdrawn_treatment_leaves_its_block_out(story: Story) -> None:
    done(story, "peel")
    done(story, "laser", 2 * HOUR)
    until(story, MONDAY + 3 * HOUR)
    gone = {"patient": {"id": "P-1"}, "treatment": {"id": "T-peel"}}
    story.plan(story.event(E.TREATMENT_VOIDED, MONDAY + 4 * HOUR, gone))
    until(story, MONDAY + DAY)
    assert "most people are back to their routine" in sent(story.ctx)[-1].text


def test_planning_anew_brings_nothing_carried_back(story: Story) -> None:
    done(story, "peel")
    done(story, "laser", 2 * HOUR)
    until(story, MONDAY + DAY)
    before = len(sent(story.ctx))
    moved = {"patient": person(time_zone="America/Vancouver")}
    story.plan(story.event(E.PATIENT_UPDATED, MONDAY + DAY, moved))
    until(story, MONDAY + DAY + HOUR)
    assert len(sent(story.ctx)) == before
    assert [m.occurrence for m in story.messages() if m.step_key == "day-1"] == [1, 1]


def test_another_try_by_mail_tells_it_all(story: Story) -> None:
    done(story, "peel")
    done(story, "laser", 2 * HOUR)
    until(story, MONDAY + 3 * HOUR)
    carrier = rows(story, "day-1")["day-7"]
    with story.ctx.db.transaction() as conn:
        heir = finish.succeed(story.ctx, conn, carrier, now_over=Channel.SMS)
    assert heir is not None
    until(story, MONDAY + DAY)
    text = sent(story.ctx, Channel.EMAIL)[-1].text
    assert "About a week has passed" in text
    assert "Redness usually begins to fade now" in text


CHECKIN = """key: peel
title: {en-CA: Peel, fr-CA: Peel}
treatment_codes: [peel]
review: {source: test, reviewer: test, reviewed_on: 2026-01-01, note: for tests}
steps:
  - {key: day-3, anchor: treatment, offset: P3D, at: '10:00', class: checkin, channels: [sms],
     template: skinpen-microneedling/day-3}
"""


@pytest.fixture
def asking(database: Database, tmp_path: Path) -> Story:
    """A protocol that asks how it goes three days later."""
    (tmp_path / "peel.yaml").write_text(CHECKIN)
    story = Story(make_ctx(database, protocols=protocols_of(tmp_path)))
    story.ctx.clock.set(MONDAY)  # type: ignore[attr-defined]
    wire(story.ctx)
    return story


def test_two_treatments_of_a_day_ask_once(asking: Story) -> None:
    done(asking, "peel")
    asking.plan(asking.event(E.TREATMENT_COMPLETED, MONDAY, treated(MONDAY + HOUR, "T-again")))
    until(asking, MONDAY + 3 * DAY)
    assert len(sent(asking.ctx)) == 1
    until(asking, MONDAY + 5 * DAY)
    assert len(sent(asking.ctx)) == 1


def test_two_records_of_one_person_ask_once(asking: Story) -> None:
    done(asking, "peel")
    other = treated(MONDAY + HOUR, "T-2", patient=person("P-2"))
    asking.plan(asking.event(E.TREATMENT_COMPLETED, MONDAY, other))
    asking.plan(asking.event(E.PATIENT_MERGED, MONDAY + DAY, {"patient": {"id": "P-2"}, "into": "P-1"}))
    until(asking, MONDAY + 3 * DAY)
    assert len(sent(asking.ctx)) == 1


def test_a_checkin_that_went_to_the_merged_record_stands(asking: Story) -> None:
    done(asking, "peel")
    until(asking, MONDAY + 3 * DAY)
    other = treated(MONDAY + HOUR, "T-2", patient=person("P-2", contact_points=[]))
    asking.plan(asking.event(E.TREATMENT_COMPLETED, MONDAY, other))
    asking.plan(asking.event(E.PATIENT_MERGED, MONDAY + DAY, {"patient": {"id": "P-2"}, "into": "P-1"}))
    until(asking, MONDAY + 3 * DAY + HOUR)
    assert len(sent(asking.ctx)) == 1


@pytest.mark.parametrize("fate", [Transient("429", "too many"), Unknown("timeout", "no answer")])
def test_a_text_that_never_went_is_shared_again(story: Story, fate: Any) -> None:
    done(story, "peel")
    fake(story.ctx).script.append(fate)
    run(story.ctx)
    done(story, "laser", HOUR)
    story.ctx.ops.advance(timedelta(minutes=16))  # type: ignore[attr-defined]
    resolve.resolve(story.ctx, [rows(story, "day-0")["day-0"].id])
    first, other = rows(story, "day-0")["day-0"], rows(story, "day-0")["week-2"]
    assert (first.state, other.carried_by) == (MessageState.SCHEDULED, first.id)
    assert list(drift.find(story.ctx, CLINIC)) == []
