"""Drift: where a patient's rows say something else than their events, given what planning would change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from followup.domain.enrollment import EnrollmentState
from followup.domain.facts import PatientFacts
from followup.domain.ids import MessageId
from followup.domain.lifecycle import FINAL, OPEN
from followup.domain.message import Hold, Message
from followup.domain.planning.course import Plan, SourceKey
from followup.domain.planning.replan import Changes, Existing
from followup.domain.planning.timing import Planned


class Kind(StrEnum):
    """How a row differs from what the events say."""

    MISSING = "missing"
    EXTRA = "extra"
    TIME = "time"
    STATE = "state"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: about which row or source, and what is wrong. Holds no name, number or text of a patient."""

    kind: Kind
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A patient's rows beside what is wanted; `words` are state and due time by each message's own history."""

    facts: PatientFacts
    plan: Plan
    changes: Changes
    existing: Sequence[Existing]
    paused: bool
    words: Mapping[MessageId, tuple[str, str | None]]


def differences(rows: Rows, *, now: datetime) -> Iterator[Difference]:
    """Everything in which these rows are not what their events make of them as seen at `now`."""
    yield from _unplanned(rows.changes)
    for one in rows.existing:
        yield from _enrollment(rows, one)
        for message in one.messages:
            yield from history(message, rows.words.get(message.id))
            if message.patient_id != one.enrollment.patient_id or message.clinic_id != one.enrollment.clinic_id:
                yield Difference(Kind.RECORD, message.id, "belongs to another patient than its enrollment")
        yield from _steps(rows, one, now=now)


def _unplanned(changes: Changes) -> Iterator[Difference]:
    """What planning would change at once, though nothing was told since."""
    for course in changes.begin:
        yield Difference(Kind.MISSING, _source(course.key), "there is no enrollment")
    for added in changes.add:
        if added.to is not None:
            yield Difference(Kind.MISSING, added.to, f"{added.step.step_key} is wanted {_at(added.step.planned_for)}")
    for message_id, step in changes.move:
        yield Difference(Kind.TIME, message_id, f"{step.step_key} belongs to {_at(step.planned_for)}")
    for message_id, drop in changes.cancel:
        yield Difference(Kind.EXTRA, message_id, f"waits, and is not wanted ({drop.reason})")
    for message_id, _ in changes.carry:
        yield Difference(Kind.STATE, message_id, "another message carries it")
    for enrollment_id, drop in changes.stop:
        yield Difference(Kind.EXTRA, enrollment_id, f"runs, and is not wanted ({drop.reason})")
    for enrollment_id in changes.reopen:
        yield Difference(Kind.STATE, enrollment_id, "has ended, and is wanted")
    for enrollment in changes.correct:
        yield Difference(Kind.RECORD, enrollment.id, f"belongs to {_at(enrollment.anchor_at)}, or to another patient")


def _enrollment(rows: Rows, one: Existing) -> Iterator[Difference]:
    enrollment, facts = one.enrollment, rows.facts
    sources = {("treatment", t.id) for t in facts.treatments} | {("booking", b.id) for b in facts.bookings}
    if one.key[1:] not in sources:
        yield Difference(Kind.EXTRA, enrollment.id, f"no event tells of {_source(one.key)}")
    if enrollment.state is EnrollmentState.PAUSED and not rows.paused and not enrollment.is_paused_alone:
        yield Difference(Kind.STATE, enrollment.id, "is paused, and nobody paused the patient")
    if enrollment.state is EnrollmentState.ACTIVE and rows.paused:
        yield Difference(Kind.STATE, enrollment.id, "is active, and the patient is paused")
    if enrollment.state is EnrollmentState.COMPLETED and any(m.state not in FINAL for m in one.messages):
        yield Difference(Kind.STATE, enrollment.id, "is completed, and a message of it has not ended")
    for message in one.messages:
        if message.hold is Hold.PATIENT_PAUSED and message.state in OPEN and not rows.paused:
            yield Difference(Kind.STATE, message.id, "is held, and nobody paused the patient")
        if message.hold is Hold.ENROLLMENT_PAUSED and message.state in OPEN and not enrollment.is_paused_alone:
            yield Difference(Kind.STATE, message.id, "is held, and nobody paused its enrollment")


def history(message: Message, words: tuple[str, str | None] | None) -> Iterator[Difference]:
    """Where a message is not as its own history left it."""
    if words is None:
        yield Difference(Kind.EXTRA, message.id, "has no history")
        return
    state, due_at = words
    if state != message.state:
        yield Difference(Kind.STATE, message.id, f"is {message.state}, and its history says {state}")
    if due_at is not None and datetime.fromisoformat(due_at) != message.due_at:
        yield Difference(Kind.TIME, message.id, f"is due {_at(message.due_at)}, and its history says {due_at}")


def _steps(rows: Rows, one: Existing, *, now: datetime) -> Iterator[Difference]:
    """What waits must be what its step is now; a step waits once."""
    course = rows.plan.courses.get(one.key)
    wanted = {step.step_key: step for step in course.steps} if course else {}
    waiting: dict[str, Message] = {}
    for message in sorted(one.messages, key=lambda m: m.occurrence):
        if message.state not in OPEN or message.follows is not None:
            continue
        if message.step_key in waiting:
            yield Difference(Kind.EXTRA, message.id, f"{message.step_key} waits twice")
        waiting[message.step_key] = message
        if message.step_key in wanted:
            yield from _step(message, wanted[message.step_key], now=now)


def _step(message: Message, step: Planned, *, now: datetime) -> Iterator[Difference]:
    if step.skip is not None or message.planned_for != step.planned_for or step.planned_for <= now:
        return
    if message.expires_at != step.expires_at:
        yield Difference(Kind.TIME, message.id, f"{step.step_key} is of use until {_at(step.expires_at)}")
    if message.due_at < step.due_at and not message.urged:
        yield Difference(Kind.TIME, message.id, f"{step.step_key} is due before {_at(step.due_at)}")
    said = (message.message_class, message.channels, message.template_ref)
    if said != (step.message_class, step.channels, step.template_ref):
        yield Difference(Kind.RECORD, message.id, f"{step.step_key} has another class, channel or text")


def _source(key: SourceKey) -> str:
    return "/".join(key)


def _at(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="minutes") if moment else "never"
