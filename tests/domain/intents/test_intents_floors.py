"""Floors on every labelled file, those that the rules were not written for among them."""

from collections.abc import Iterator

import pytest

from tests.support.labelled import RED_FLAGS, REPLIES, Row, rows

each_replies = pytest.mark.parametrize("name", REPLIES)
each_flags = pytest.mark.parametrize("name", RED_FLAGS)
FLOOR = {"en": 0.95, "fr-CA": 0.95}


def labelled(name: str, *labels: str) -> Iterator[Row]:
    """The rows of a file with one of these labels."""
    return (row for row in rows(name) if row.label in labels)


@each_replies
def test_every_emergency_among_replies_is_one(name: str) -> None:
    assert [row.text for row in labelled(name, "clinical_emergency") if row.understood.severity != "emergency"] == []


@each_flags
def test_every_emergency_among_symptoms_is_one(name: str) -> None:
    assert [row.text for row in labelled(name, "emergency") if row.understood.severity != "emergency"] == []


@each_flags
def test_nothing_harmless_is_called_an_emergency(name: str) -> None:
    assert [row.text for row in labelled(name, "none") if row.understood.severity == "emergency"] == []


@each_replies
def test_no_wish_for_silence_is_missed(name: str) -> None:
    assert [row.text for row in rows(name) if "stop" in row.wants - row.got] == []


@each_replies
def test_nothing_else_is_taken_for_a_stop(name: str) -> None:
    assert [row.text for row in rows(name) if "stop" in row.got - row.wants] == []


@each_replies
def test_no_other_reply_is_taken_for_a_yes(name: str) -> None:
    assert [row.text for row in rows(name) if row.understood.intent == "confirm" != row.label] == []


@each_replies
def test_no_wish_to_cancel_or_move_confirms_anything(name: str) -> None:
    wishes = labelled(name, "cancel", "reschedule", "decline")
    assert [row.text for row in wishes if "confirm" in row.got] == []


@each_replies
@pytest.mark.parametrize("language", FLOOR)
def test_intents_are_right_nearly_always(name: str, language: str) -> None:
    found = [row.label == row.understood.intent for row in rows(name) if row.language == language]
    assert sum(found) / len(found) >= FLOOR[language]


@each_replies
def test_what_stands_beside_is_heard_too(name: str) -> None:
    known = {"confirm", "cancel", "decline", "reschedule", "stop"}
    beside = [row for row in rows(name) if (row.wants - {row.label}) & known]
    assert [row.text for row in beside if (row.wants & known) - row.got] == []


@each_flags
def test_what_is_urgent_is_seen_the_same_day(name: str) -> None:
    seen = [row.understood.severity in {"urgent", "emergency"} for row in labelled(name, "urgent")]
    assert sum(seen) / len(seen) >= 0.98
