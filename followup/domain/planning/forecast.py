"""Forecast: everything one patient would be sent, told event by event, without waiting for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from followup.domain.clinic import Clinic
from followup.domain.consent import Allowed, verdict
from followup.domain.event import ClinicEvent, EventType
from followup.domain.facts import PatientFacts, fold
from followup.domain.gate import reason_for
from followup.domain.message import Reason
from followup.domain.planning import Drop, Known, Plan, Planned, SourceKey, plan
from followup.domain.protocol import CareProtocol, Condition, Step
from followup.domain.series import is_open

_END = datetime.max.replace(tzinfo=UTC)
RowKey = tuple[SourceKey, str]


@dataclass(frozen=True, slots=True)
class Forecast:
    """One step of one enrollment; without `reason` it goes out at `planned.due_at`, else `cause` may say why not."""

    source_id: str
    planned: Planned
    reason: Reason | None = None
    cause: EventType | None = None
    is_past: bool = False  # decided: it went out, or was looked at when due and refused


def forecast(events: Sequence[ClinicEvent], protocol: CareProtocol, clinic: Clinic) -> list[Forecast]:
    """What the patient of these events is sent under `protocol`, in order of due time.

    Each event is taken in at its own time. Addresses, caps and holds are not looked at: everybody can be reached.
    """
    told = sorted(events, key=lambda e: e.order)
    rows: dict[RowKey, Forecast] = {}
    for n, event in enumerate(told):
        until = told[n + 1].time if n + 1 < len(told) else _END
        facts = next(iter(fold(told[: n + 1]).people.values()))
        found = plan(facts, {protocol.key: protocol}, clinic, now=event.time, known=_known(rows, protocol))
        rows = _settled(_replanned(rows, found, told), facts, protocol, clinic=clinic, until=until)
    return sorted(rows.values(), key=lambda r: (r.planned.due_at, r.source_id))


def _known(rows: dict[RowKey, Forecast], protocol: CareProtocol) -> dict[SourceKey, Known]:
    sources = {source for source, _ in rows}
    return {s: Known(protocol, frozenset(k for (of, k), r in rows.items() if of == s and _went(r))) for s in sources}


def _went(row: Forecast) -> bool:
    return row.is_past and row.reason in {None, Reason.MERGED}


def _replanned(rows: dict[RowKey, Forecast], found: Plan, told: Sequence[ClinicEvent]) -> dict[RowKey, Forecast]:
    """The rows as the newest plan wants them; what is decided stays as it is."""
    wanted = {(c.key, s.step_key): s for c in found.courses.values() for s in c.steps}
    types = {event.row_id: event.type for event in told}
    after = dict(rows)
    for key, row in rows.items():
        if key not in wanted and not row.is_past:
            drop = _drop(found, key)
            after[key] = replace(row, reason=drop.reason, cause=types.get(drop.cause or ""))
    for key, step in wanted.items():
        if key not in rows or not rows[key].is_past:
            carried = Reason.MERGED if step.into is not None else None
            after[key] = Forecast(key[0][2], step, step.skip or carried, is_past=step.skip is not None)
    return after


def _drop(found: Plan, key: RowKey) -> Drop:
    source, step_key = key
    course = found.courses.get(source)
    return course.dropped.get(step_key, found.why_not(source)) if course else found.why_not(source)


def _settled(
    rows: dict[RowKey, Forecast], facts: PatientFacts, protocol: CareProtocol, *, clinic: Clinic, until: datetime
) -> dict[RowKey, Forecast]:
    """The rows with those decided that fall due before `until`, when the next event comes."""
    after = dict(rows)
    for key, row in rows.items():
        if row.reason is None and not row.is_past and row.planned.due_at < until:
            reason = _refusal(facts, protocol, row, clinic=clinic)
            after[key] = replace(row, reason=reason, is_past=True)
    for key, row in after.items():
        if row.reason is Reason.MERGED and row.planned.into in after and _went(after[row.planned.into]):
            after[key] = replace(row, is_past=True)
    return after


def _refusal(facts: PatientFacts, protocol: CareProtocol, row: Forecast, *, clinic: Clinic) -> Reason | None:
    step, due = protocol.step(row.planned.step_key), row.planned.due_at
    said = [verdict(facts.consents, step.message_class, c, clinic=clinic, now=due) for c in step.channels]
    if not any(isinstance(v, Allowed) for v in said):
        return Reason.NO_CONSENT
    return _unmet(step, _conditions(facts, protocol, row.source_id, now=due))


def _unmet(step: Step, true: frozenset[Condition]) -> Reason | None:
    for condition in sorted(step.unless & true):
        return reason_for(condition, met=True)
    for condition in sorted(step.only_if - true):
        return reason_for(condition, met=False)
    return None


def _conditions(facts: PatientFacts, protocol: CareProtocol, source_id: str, *, now: datetime) -> frozenset[Condition]:
    booked = [b for b in facts.bookings if b.is_future(now) and b.treatment_code in protocol.treatment_codes]
    open_now = is_open(protocol, facts.treatments, booked, source_id=source_id, now=now)
    series = Condition.SERIES_OPEN if open_now else Condition.SERIES_CLOSED
    return frozenset({series, Condition.FUTURE_BOOKING} if booked else {series})
