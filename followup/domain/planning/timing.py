"""Timing: when one step is due, until when it is of use, and whether it comes too late to be planned at all."""

from dataclasses import dataclass
from datetime import date, datetime

from followup.domain.clinic import Clinic
from followup.domain.message import Channel, MessageClass, Reason
from followup.domain.protocol import Anchor, CareProtocol, LatePolicy, Step
from followup.domain.window import Calendar, closes_at, next_opening, step_instant, to_local, windows_for


@dataclass(frozen=True, slots=True)
class Place:
    """Whose hours and days off count: the clinic's, and the patient's zone."""

    clinic: Clinic
    zone: str
    calendar: Calendar

    def opening(self, message_class: MessageClass, moment: datetime) -> datetime:
        """The first instant from `moment` on at which this class may go."""
        return next_opening(windows_for(self.clinic, message_class), self.zone, moment, calendar=self.calendar)

    def closing(self, message_class: MessageClass, moment: datetime) -> datetime | None:
        """When the window of that opening ends."""
        return closes_at(windows_for(self.clinic, message_class), self.zone, moment, calendar=self.calendar)

    def local_day(self, moment: datetime) -> date:
        """The patient's date."""
        return to_local(moment, self.zone).date()


@dataclass(frozen=True, slots=True)
class Planned:
    """A step with its times; with `skip` it is known already that it does not go out."""

    step_key: str
    message_class: MessageClass
    channels: tuple[Channel, ...]
    template_ref: str
    planned_for: datetime  # anchor + offset, whatever the hours
    opens_at: datetime  # the first window from then on
    due_at: datetime
    expires_at: datetime
    skip: Reason | None = None
    into: tuple[tuple[str, str, str], str] | None = None  # the step of which source carries it in its message


def time_step(
    protocol: CareProtocol, step: Step, anchor: datetime, *, place: Place, now: datetime, backfill: bool
) -> Planned:
    """Place a step on the calendar as seen at `now`: the past follows `late`, in a backfill it is skipped."""
    wanted = step_instant(
        anchor,
        place.clinic.offsets.get(f"{protocol.key}/{step.key}", step.offset),
        clinic_zone=place.clinic.time_zone,
        patient_zone=place.zone,
        at=step.preferred_time,
        calendar=place.calendar,
        weekdays=step.weekdays,
    )
    opens = place.opening(step.message_class, wanted)
    due, skip = _due(step, wanted, opens, place=place, now=now, backfill=backfill)
    expires = _expires(step, wanted, opens, due=due, place=place)
    if skip is None and expires <= due:
        skip = Reason.LATE
    return Planned(
        step.key, step.message_class, step.channels, step.template, wanted, opens, due, expires, skip
    )  # fmt: skip


def _due(
    step: Step, wanted: datetime, opens: datetime, *, place: Place, now: datetime, backfill: bool
) -> tuple[datetime, Reason | None]:
    if wanted >= now:
        return opens, None
    if backfill:
        return opens, Reason.PAST
    if step.late is LatePolicy.SKIP or now > step.max_late.after(wanted):
        return opens, Reason.LATE
    if step.late is LatePolicy.SEND_NOW:
        return now, None
    return max(opens, place.opening(step.message_class, now)), None


def _expires(step: Step, wanted: datetime, opens: datetime, *, due: datetime, place: Place) -> datetime:
    """`valid_for` after its time, but a step moved by the hours keeps the whole of its first window.

    A step counted in minutes (day 0) keeps the first window it can still have; one that leads to a booking keeps none.
    """
    ends = step.valid_for.after(wanted)
    first = due if not step.offset.is_dated else opens
    if first <= wanted or step.anchor is Anchor.BOOKING:
        return ends
    return max(ends, place.closing(step.message_class, first) or step.valid_for.after(first))
