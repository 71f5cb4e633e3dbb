"""Spread: a promo never falls on the day of a check-in, whatever the offsets say."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from followup.domain.message import MessageClass
from followup.domain.planning.course import Course
from followup.domain.planning.timing import Place, Planned
from followup.domain.window import REACH_DAYS, to_local, to_utc


def spread(courses: Iterable[Course], place: Place) -> list[Course]:
    """The same courses; a promo on a day of a check-in of any of them moves to the next day it may go and none is."""
    every = list(courses)
    taken = {
        place.local_day(s.opens_at)
        for c in every
        for s in c.steps
        if s.message_class is MessageClass.CHECKIN and s.skip is None
    }
    if not taken:
        return every
    return [replace(c, steps=tuple(_clear(s, taken, place) for s in c.steps)) for c in every]


def _clear(step: Planned, taken: set[date], place: Place) -> Planned:
    if step.message_class is not MessageClass.PROMO or step.skip is not None:
        return step
    moved = step
    for _ in range(REACH_DAYS):
        if place.local_day(moved.opens_at) not in taken:
            break
        moved = _next_day(moved, place)
    return moved


def _next_day(step: Planned, place: Place) -> Planned:
    """A day later at the same hour on the wall; its last moment moves with it."""
    wanted = to_local(step.planned_for, place.zone)
    after = to_local(step.opens_at, place.zone).date() + timedelta(days=1)
    planned_for = to_utc(after, wanted.time(), place.zone)
    opens = place.opening(step.message_class, planned_for)
    later = planned_for - step.planned_for
    return replace(
        step,
        planned_for=planned_for,
        opens_at=opens,
        due_at=max(opens, step.due_at),
        expires_at=step.expires_at + later,
    )
