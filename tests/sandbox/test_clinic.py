"""The synthetic clinic tells sound events, the same ones for the same seed."""

import random
from datetime import UTC, datetime
from itertools import pairwise

import phonenumbers
import pytest

from followup.domain.triage import severity
from followup.sandbox.cast import demo_story
from followup.sandbox.clinic import Answer, Closed, Happening, Story, Told
from followup.sandbox.year import synthetic_story

START = datetime(2026, 1, 5, tzinfo=UTC)


def made(seed: int) -> Story:
    return synthetic_story(random.Random(seed), patients=60, start=START)


def told(story: Story) -> list[Told]:
    return [h for h in story.happenings if isinstance(h, Told)]


def test_one_seed_always_makes_the_same_year() -> None:
    assert made(7) == made(7)
    assert made(7) != made(8)


@pytest.mark.parametrize("story", [demo_story(), made(1)], ids=["demo", "synthetic"])
def test_a_story_is_told_in_order_of_time(story: Story) -> None:
    assert all(a.at <= b.at for a, b in pairwise(story.happenings))
    assert all(h.at.tzinfo is UTC for h in story.happenings)


@pytest.mark.parametrize("story", [demo_story(), made(1)], ids=["demo", "synthetic"])
def test_no_two_events_share_an_id(story: Story) -> None:
    ids = [h.event["id"] for h in told(story)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("story", [demo_story(), made(1)], ids=["demo", "synthetic"])
def test_every_number_that_looks_real_is_valid(story: Story) -> None:
    numbers = [p.sms for p in story.people if p.sms.startswith("+")]
    assert numbers
    assert len(numbers) == len(set(numbers))
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(n)) for n in numbers)


def test_the_cast_of_the_demo_is_complete() -> None:
    people = demo_story().people
    assert {p.language for p in people} == {"en-CA", "fr-CA"}
    assert {p.time_zone.split("/")[1] for p in people} == {"Toronto", "Vancouver", "St_Johns", "Regina"}
    assert [p.role for p in people if not p.sms] == ["e-mail only"]
    assert [p.role for p in people if p.sms and not p.sms.startswith("+")] == ["no real phone"]
    assert [p.role for p in people if p.promo] == ["wants offers"]


def test_one_treatment_of_the_cast_ends_after_the_window() -> None:
    late = [h for h in told(demo_story()) if "T21:20" in str(h.event["data"].get("treatment", {}).get("performed_at"))]
    assert [h.person.role for h in late] == ["ends at 21:20"]


def test_patients_answer_only_from_real_numbers() -> None:
    def answered(happenings: tuple[Happening, ...]) -> list[Answer]:
        return [h for h in happenings if isinstance(h, Answer)]

    answers = answered(made(3).happenings) + answered(demo_story().happenings)
    assert answers
    assert all(a.person.sms.startswith("+1") for a in answers)


def test_the_demo_confirms_a_visit_and_heeds_an_emergency() -> None:
    story = demo_story()
    answers = {h.person.id: h.text for h in story.happenings if isinstance(h, Answer)}
    flagged = [h.person.id for h in story.happenings if isinstance(h, Closed)]
    assert "C" in answers.values()
    assert [severity(answers[person]).severity for person in flagged] == ["emergency"]
