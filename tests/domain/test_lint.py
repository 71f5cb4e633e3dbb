"""Protocols that read well and still cannot work."""

from datetime import time

import pytest

from followup.domain.clinic import SendWindow
from followup.domain.finding import Level
from followup.domain.lint import remarks_on, same_day, within
from followup.domain.message import MessageClass
from followup.domain.offset import Offset
from followup.domain.protocol import Anchor, Condition, LatePolicy, Repeat
from tests.builders import make_protocol, make_step

OPEN, CLOSED, BOOKED = Condition.SERIES_OPEN, Condition.SERIES_CLOSED, Condition.FUTURE_BOOKING


def remarks(*steps, hours=None, **protocol):
    found = remarks_on(make_protocol(*steps, **protocol), hours or {})
    return [(r.place[-1], r.rule, r.level) for r in found]


@pytest.mark.parametrize(
    ("changes", "place", "rule"),
    [
        ({"only_if": frozenset({OPEN, CLOSED})}, "only_if", "unreachable"),
        ({"unless": frozenset({OPEN, CLOSED})}, "only_if", "unreachable"),
        ({"only_if": frozenset({OPEN}), "unless": frozenset({OPEN})}, "unless", "unreachable"),
        (
            {"offset": Offset(days=90), "only_if": frozenset({OPEN}), "unless": frozenset({BOOKED})},
            "offset",
            "unreachable",
        ),
        ({"offset": Offset(days=-1)}, "offset", "unreachable"),
        ({"offset": Offset(months=19)}, "offset", "past-horizon"),
        ({"adjustable": (Offset(days=1), Offset(months=20))}, "offset", "past-horizon"),
        ({"at": time(9), "window": (time(9), time(11))}, "window", "two-times"),
        ({"window": (time(9), time(9))}, "window", "empty-window"),
        ({"window": (time(22), time(23))}, "window", "never-open"),
        ({"offset": Offset(minutes=90), "at": time(9)}, "at", "at-on-minutes"),
        ({"offset": Offset(minutes=90), "weekdays": frozenset({1})}, "weekdays", "at-on-minutes"),
        ({"max_late": Offset()}, "max_late", "late-without-time"),
        ({"max_late": Offset(days=3)}, "max_late", "late-beyond-valid"),
        ({"valid_for": Offset(), "late": LatePolicy.SKIP}, "valid_for", "valid-for-too-short"),
        ({"valid_for": Offset(minutes=600), "max_late": Offset(minutes=60)}, "valid_for", "valid-for-too-short"),
        ({"adjustable": (Offset(days=2), Offset(days=9))}, "adjustable", "bad-bounds"),
        ({"adjustable": (Offset(days=9), Offset(days=1))}, "adjustable", "bad-bounds"),
        ({"adjustable": (Offset(minutes=9), Offset(days=1))}, "adjustable", "bad-bounds"),
    ],
)
def test_step_that_cannot_work_is_an_error(changes, place, rule):
    assert (place, rule, Level.ERROR) in remarks(make_step(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"at": time(10), "valid_for": Offset(minutes=60), "max_late": Offset(minutes=30)},
        {"anchor": Anchor.BOOKING, "offset": Offset(days=-1)},
        {"offset": Offset(), "valid_for": Offset(minutes=720), "max_late": Offset(minutes=600)},
        {"window": (time(7), time(9))},
        {"offset": Offset(days=30), "only_if": frozenset({OPEN}), "unless": frozenset({BOOKED})},
        {"adjustable": (Offset(days=1), Offset(days=30))},
        {"late": LatePolicy.SKIP, "max_late": Offset()},
    ],
)
def test_step_that_works_has_no_error(changes):
    assert [r for r in remarks(make_step(**changes)) if r[2] is Level.ERROR] == []


def test_time_outside_the_hours_is_a_warning():
    assert ("at", "outside-hours", Level.WARNING) in remarks(make_step(at=time(22)))


def test_clinic_hours_that_never_open_are_an_error():
    hours = {MessageClass.CARE: (SendWindow(frozenset(), time(8), time(9)),)}
    assert remarks(make_step(), hours=hours) == [("class", "never-open", Level.ERROR)]


def test_two_steps_of_one_key_are_an_error():
    assert ("key", "duplicate-step", Level.ERROR) in remarks(make_step("day-1"), make_step("day-1"))


def test_gaps_in_the_wrong_order_are_an_error():
    assert ("min_gap", "bad-gap", Level.ERROR) in remarks(min_gap=Offset(days=90), max_gap=Offset(days=28))


def test_kept_sessions_may_outlive_the_gap():
    step = make_step(offset=Offset(days=90), only_if=frozenset({OPEN}), unless=frozenset({BOOKED}))
    assert remarks(step, repeat=Repeat.KEEP_BOTH) == []


def test_bounds_and_days_are_compared_on_real_dates():
    assert within(Offset(months=6), (Offset(months=6), Offset(months=12)))
    assert not within(Offset(days=180), (Offset(months=6), Offset(months=12)))
    assert same_day(Offset(months=1), Offset(days=31))
    assert not same_day(Offset(months=1), Offset(days=32))
