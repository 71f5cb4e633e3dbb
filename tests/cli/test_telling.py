"""Timelines and biographies on a terminal: nothing is cut, whatever its width."""

from typing import Any

import pytest

from followup.cli import telling

LONG = "outside the hours of care: 07:00 in America/Argentina/ComodRivadavia, the patient's zone"
MESSAGE: dict[str, Any] = {
    "id": "msg_1k10rwndyznq8q9gkpcd8050bt", "step": "next-session-again", "class": "transactional", "channel": None,
    "channels": ["sms", "email"], "state": "scheduled", "hold": None, "reason": None,
    "due_local": "2026-03-03T10:00-05:00",
    "foreseen": {
        "text": f"would be sent on 3 March at 10:00 because until then it waits: {LONG}",
        "local": "2026-03-03T10:00-05:00",
        "checks": [{"rule": "hours", "passed": False, "text": LONG, "source": "clinic's send_windows, care"}],
        "passed_over": [],
    },
}  # fmt: skip
PATIENT: dict[str, Any] = {
    "id": "P-17", "status": "active", "language": "en-CA", "time_zone": "America/Argentina/ComodRivadavia",
    "reachable": True, "paused": None, "paused_until": "2026-04-01T00:00:00Z",
    "contact_points": [{"channel": "sms", "valid": False, "problem": "is a landline", "flag": "", "suppressed": []}],
}  # fmt: skip
TIMELINE: dict[str, Any] = {
    "patient": PATIENT, "enrollments": [], "messages": [MESSAGE], "escalations": [], "replies": [], "unplanned": [],
}  # fmt: skip


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_every_word_of_a_timeline_is_shown(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = list(telling.timeline(TIMELINE))
    told = telling.say(lines)
    assert words(told) == words(" ".join(lines))
    assert max(map(len, told.splitlines())) <= width


def test_a_timeline_says_hour_zone_step_and_verdict() -> None:
    told = " ".join(words(telling.say(telling.timeline(TIMELINE))))
    for part in ("Tue 2026-03-03 10:00 next-session-again", LONG, "paused by the patient until", "sms: is a landline"):
        assert part in told


def test_an_event_that_waits_is_told_with_its_cure() -> None:
    stuck = {
        "row": "evt_1", "id": "T-1", "type": "treatment.completed", "time": "2026-03-02T20:30:00Z",
        "state": "quarantined", "reason": "unknown_treatment_code", "text": "not followed up", "cure": "add it",
    }  # fmt: skip
    told = telling.say(telling.timeline(TIMELINE | {"messages": [], "unplanned": [stuck]}))
    assert "not followed up" in " ".join(words(told))
    assert "cure  add it" in told
    assert "no messages are planned" in told
