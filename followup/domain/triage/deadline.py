"""Deadline: until when a person must have seen what a patient wrote."""

from datetime import datetime, time, timedelta

from followup.domain.triage.severity import Severity
from followup.domain.window import Calendar, to_local, to_utc

_URGENT_WITHIN = timedelta(hours=4)
_END_OF_WORK = time(17)
_FURTHEST = 60


def due_by(severity: Severity, now: datetime, zone: str, *, calendar: Calendar) -> datetime:
    """At once, the same day, or the end of the clinic's next business day; also what tells of no symptom is read."""
    if severity is Severity.EMERGENCY:
        return now
    today = to_local(now, zone).date()
    if severity is Severity.URGENT:
        return min(now + _URGENT_WITHIN, to_utc(today + timedelta(days=1), time(0), zone))
    ahead = (today + timedelta(days=n) for n in range(1, _FURTHEST))
    day = next((day for day in ahead if calendar.is_business_day(day)), today + timedelta(days=1))
    return to_utc(day, _END_OF_WORK, zone)
