"""Ladder: who is told of a red flag, one rung after the other, until somebody accepts it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from followup.domain.clinic import Clinic, StaffMember
from followup.domain.offset import Offset
from followup.domain.triage.severity import Severity
from followup.domain.window import Calendar, next_opening

#: After the last rung everybody is told again this often and this many times.
_AGAIN: Mapping[Severity, tuple[Offset, int]] = {
    Severity.EMERGENCY: (Offset(minutes=60), 6),
    Severity.URGENT: (Offset(minutes=240), 2),
}
_USUAL = Offset(minutes=60)


def on_rung(clinic: Clinic, severity: Severity, rung: int) -> Sequence[StaffMember]:
    """Who is told as number `rung`, from 0; past the last rung everybody; empty without staff."""
    rungs = _rungs(clinic, severity)
    if rung < len(rungs):
        return rungs[rung]
    return tuple(dict.fromkeys(person for some in rungs for person in some))


def next_rung_at(
    clinic: Clinic, severity: Severity, *, rung: int, now: datetime, calendar: Calendar
) -> datetime | None:
    """When the rung after `rung` is due; None once there is none. An emergency waits for no opening hours."""
    rungs = len(_rungs(clinic, severity))
    again, times = _AGAIN.get(severity, (_USUAL, 0))
    if not rungs or rung + 1 >= rungs + times:
        return None
    wait = clinic.ladder_after.get(severity.value, _USUAL) if rung + 1 < rungs else again
    at = wait.after(now)
    if severity is Severity.EMERGENCY or not clinic.opening_hours:
        return at
    return next_opening(clinic.opening_hours, clinic.time_zone, at, calendar=calendar)


def _rungs(clinic: Clinic, severity: Severity) -> Sequence[Sequence[StaffMember]]:
    """The people of each rung, or all staff as one; in an emergency who has no number is told with the next who has."""
    named = [tuple(p for p in clinic.staff if rung in {p.role, p.name}) for rung in clinic.ladder]
    rungs = [people for people in named if people] or [clinic.staff] * bool(clinic.staff)
    if severity is not Severity.EMERGENCY:
        return rungs
    merged: list[tuple[StaffMember, ...]] = []
    waiting: tuple[StaffMember, ...] = ()
    for people in rungs:
        waiting += people
        if any(person.sms for person in people):
            merged.append(waiting)
            waiting = ()
    return [*merged, waiting] if waiting else merged
