"""Plan: what a patient should be sent, from the facts alone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from followup.domain.booking import Booking, BookingState, Treatment
from followup.domain.clinic import Clinic
from followup.domain.facts import PatientFacts
from followup.domain.holidays import clinic_calendar
from followup.domain.message import Reason
from followup.domain.patient import PatientStatus
from followup.domain.planning.course import Course, Drop, Known, Plan, SourceKey
from followup.domain.planning.merge import merge
from followup.domain.planning.spread import spread
from followup.domain.planning.timing import Place, time_step
from followup.domain.protocol import Anchor, CareProtocol, Condition, Repeat, Step
from followup.domain.series import chain

_ENDS = {PatientStatus.DECEASED: Reason.DECEASED, PatientStatus.ARCHIVED: Reason.ARCHIVED}
#: Visits that steps may count from; one that was called off has none.
_STANDING = frozenset({BookingState.BOOKED, BookingState.ATTENDED})


def plan(
    facts: PatientFacts,
    protocols: Mapping[str, CareProtocol],
    clinic: Clinic,
    *,
    now: datetime,
    known: Mapping[SourceKey, Known] | None = None,
) -> Plan:
    """What the patient should be sent as seen at `now`, by the current `protocols` (by key), or the version an
    enrollment is bound to (`known`). The same facts give the same plan, whatever was planned before.
    """
    bound = known or {}
    drops = _drops(facts)
    status = facts.patient.status
    if status in _ENDS:
        return Plan({}, drops, Drop(_ENDS[status], facts.status_event))
    if not facts.is_known:
        return Plan({}, drops)
    place = Place(clinic, facts.patient.time_zone or clinic.time_zone, clinic_calendar(clinic))
    courses = [
        *_after_treatments(facts, protocols, bound, place=place, now=now),
        *_around_bookings(facts, protocols, bound, place=place, now=now),
    ]
    courses = spread(merge(courses, bound, place), place)
    superseded = {c.key[1:]: next(iter(c.dropped.values())) for c in courses if not c.steps and c.dropped}
    return Plan({c.key: c for c in courses if c.steps}, {**superseded, **drops})


def _drops(facts: PatientFacts) -> dict[tuple[str, str], Drop]:
    found: dict[tuple[str, str], Drop] = {}
    for treatment in facts.treatments:
        if treatment.voided:
            found["treatment", treatment.id] = Drop(Reason.VOIDED, treatment.last_event_row)
    for booking in facts.bookings:
        if booking.state not in _STANDING:
            found["booking", booking.id] = Drop(Reason.VOIDED, booking.event_row)
    return found


def _matching(
    code: str, source: tuple[str, str], protocols: Mapping[str, CareProtocol], *, bound: Mapping[SourceKey, Known]
) -> dict[str, CareProtocol]:
    """Protocol key → the version that follows up this source: the one it is bound to goes before the current one."""
    found = {p.key: p for p in protocols.values() if code in p.treatment_codes}
    older = {key[0]: k.protocol for key, k in bound.items() if key[1:] == source}
    return found | {name: p for name, p in older.items() if code in p.treatment_codes}


# After treatments --------------------------------------------------------------------------------------------------
def _after_treatments(
    facts: PatientFacts,
    protocols: Mapping[str, CareProtocol],
    bound: Mapping[SourceKey, Known],
    *,
    place: Place,
    now: datetime,
) -> Iterable[Course]:
    versions = {
        t.id: _matching(t.code, ("treatment", t.id), protocols, bound=bound) for t in facts.treatments if not t.voided
    }
    for name in sorted({name for found in versions.values() for name in found}):
        own = [t for t in facts.treatments if name in versions.get(t.id, ())]
        for series in chain(own, versions[own[-1].id][name].max_gap):
            repeat = versions[series.newest.id][name].repeat
            courses = [
                _course(t, versions[t.id][name], series.newest, repeat=repeat, place=place, now=now)
                for t in series.treatments
            ]
            yield from _newest(courses, bound, place) if repeat is Repeat.MERGE else courses


def _course(
    treatment: Treatment, protocol: CareProtocol, newest: Treatment, *, repeat: Repeat, place: Place, now: datetime
) -> Course:
    steps = [s for s in protocol.steps if s.anchor is not Anchor.BOOKING]
    is_newest = treatment.id == newest.id
    kept = [s for s in steps if is_newest or _outlives(s, repeat)]
    return Course(
        key=(protocol.key, "treatment", treatment.id),
        protocol=protocol,
        anchor_at=treatment.performed_at,
        event_row=treatment.event_row,
        backfill=treatment.backfill,
        steps=tuple(
            time_step(protocol, s, treatment.performed_at, place=place, now=now, backfill=treatment.backfill)
            for s in kept
        ),
        dropped={s.key: Drop(Reason.SUPERSEDED, newest.event_row) for s in steps if s not in kept},
    )


def _outlives(step: Step, repeat: Repeat) -> bool:
    """True if an older enrollment keeps this step when a further treatment of the series is done."""
    if step.anchor is Anchor.SERIES_END or repeat is Repeat.RESTART:
        return False
    return repeat is Repeat.KEEP_BOTH or Condition.SERIES_OPEN not in step.only_if


def _newest(courses: Sequence[Course], bound: Mapping[SourceKey, Known], place: Place) -> Iterable[Course]:
    """Of equal steps on one of the patient's days only the newest goes; one that is out already stands for all."""
    out: dict[tuple[str, date], Course] = {}
    newest: dict[tuple[str, date], Course] = {}
    for course in courses:
        for step in course.steps:
            slot = (step.step_key, place.local_day(step.opens_at))
            if course.key in bound and step.step_key in bound[course.key].spent:
                out[slot] = course
            elif step.skip is None:
                newest[slot] = course
    for course in courses:
        merged = course
        for step in course.steps:
            slot = (step.step_key, place.local_day(step.opens_at))
            if slot in out and out[slot] is not course:
                merged = merged.without(step.step_key, Drop(Reason.DUPLICATE, out[slot].event_row))
            elif slot in newest and newest[slot] is not course:
                merged = merged.without(step.step_key, Drop(Reason.SUPERSEDED, newest[slot].event_row))
        yield merged


# Around bookings ---------------------------------------------------------------------------------------------------
def _around_bookings(
    facts: PatientFacts,
    protocols: Mapping[str, CareProtocol],
    bound: Mapping[SourceKey, Known],
    *,
    place: Place,
    now: datetime,
) -> Iterable[Course]:
    for booking in facts.bookings:
        if booking.state in _STANDING:
            for protocol in _matching(booking.treatment_code, ("booking", booking.id), protocols, bound=bound).values():
                yield _visit(booking, protocol, place=place, now=now, backfill=booking.id in facts.backfilled)


def _visit(booking: Booking, protocol: CareProtocol, *, place: Place, now: datetime, backfill: bool) -> Course:
    steps = [
        time_step(protocol, s, booking.starts_at, place=place, now=now, backfill=backfill)
        for s in protocol.steps
        if s.anchor is Anchor.BOOKING
    ]
    came = booking.state is BookingState.ATTENDED
    over = [s for s in steps if came and s.planned_for < booking.starts_at]
    return Course(
        key=(protocol.key, "booking", booking.id),
        protocol=protocol,
        anchor_at=booking.starts_at,
        event_row=booking.event_row,
        backfill=backfill,
        steps=tuple(s for s in steps if s not in over),
        dropped={s.step_key: Drop(Reason.REPLANNED, booking.event_row) for s in over},
    )
