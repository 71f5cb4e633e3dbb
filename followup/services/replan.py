"""Replan: bring the enrollments and messages of people to what the facts and protocols want."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sqlalchemy.engine import Connection

from followup.domain.clinic import Clinic
from followup.domain.enrollment import Enrollment, EnrollmentState
from followup.domain.facts import Facts, PatientFacts
from followup.domain.ids import BookingId, ClinicId, EnrollmentId, MessageId, PatientId
from followup.domain.lifecycle import EnrollmentSignal, Signal
from followup.domain.message import Hold, Message, MessageState, Reason
from followup.domain.planning import (
    Added,
    Carrier,
    Changes,
    Course,
    Drop,
    Existing,
    Plan,
    SourceKey,
    known,
    plan,
    replan,
)
from followup.domain.protocol import CareProtocol
from followup.services import pinned
from followup.services.context import Context
from followup.services.project import Before
from followup.storage import enrollments, messages
from followup.storage.plans import carried

K = TypeVar("K", MessageId, EnrollmentId)
StepKey = tuple[SourceKey, str]


@dataclass(frozen=True, slots=True)
class Job:
    """One person's plan, their rows, and what the plan changes in them."""

    facts: PatientFacts
    plan: Plan
    changes: Changes
    paused: bool
    cause: str | None
    existing: tuple[Existing, ...] = ()


@dataclass(slots=True)
class _Rows:
    """New rows of all persons of a batch, to be inserted at once."""

    enrollments: list[Enrollment] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)


def replan_all(
    ctx: Context,
    conn: Connection,
    clinic: Clinic,
    facts: Facts,
    *,
    before: Before,
    causes: Mapping[PatientId, str],
    anew: bool = False,
) -> dict[PatientId, Plan]:
    """Plan everybody in `facts` anew and write what changed; `causes` are the events that led to it, by person.

    With `anew` the clinic's hours or days off changed, so that also what is due on the same date may move.
    """
    jobs = compare(ctx, conn, clinic, facts, before=before, causes=causes, anew=anew, lock=True)
    _write(ctx, conn, [job for job in jobs if job.changes])
    return {job.facts.patient.id: job.plan for job in jobs}


def compare(
    ctx: Context,
    conn: Connection,
    clinic: Clinic,
    facts: Facts,
    *,
    before: Before,
    causes: Mapping[PatientId, str] | None = None,
    anew: bool = False,
    lock: bool = False,
) -> list[Job]:
    """Everybody's rows beside what the facts and protocols want of them; writes nothing."""
    existing = _read(conn, clinic.id, [*facts.people, *facts.merged], lock=lock)
    versions = _versions(ctx, conn, existing.values())
    now, zones = ctx.clock.now(), before.zones
    jobs = []
    for who, person in facts.people.items():
        own = [e for name in sorted(person.ids | {who}) for e in existing.get(name, ())]
        wanted = plan(person, ctx.protocols.current, clinic, now=now, known=known(own, versions))
        changes = replan(wanted, person, own, zones=zones, anew=anew)
        paused = any(before.is_paused(name) for name in person.ids | {who})
        jobs.append(Job(person, wanted, changes, paused, (causes or {}).get(who), tuple(own)))
    return jobs


def _read(
    conn: Connection, clinic_id: ClinicId, ids: Sequence[PatientId], *, lock: bool
) -> dict[PatientId, list[Existing]]:
    begun = enrollments.of(conn, clinic_id, ids)
    if lock and len(begun) > len(
        {e.patient_id for e in begun}
    ):  # one may carry another's text, so none may start meanwhile
        carried.lock_open(conn, [e.id for e in begun])
    rows: dict[EnrollmentId, list[Message]] = {}
    for message in messages.of_enrollments(conn, [e.id for e in begun]) if begun else ():
        if message.enrollment_id is not None:
            rows.setdefault(message.enrollment_id, []).append(message)
    found: dict[PatientId, list[Existing]] = {}
    for enrollment in begun:
        one = Existing(enrollment, tuple(rows.get(enrollment.id, ())))
        found.setdefault(enrollment.patient_id, []).append(one)
    return found


def _versions(ctx: Context, conn: Connection, existing: Iterable[Iterable[Existing]]) -> dict[str, CareProtocol]:
    bound = {(e.enrollment.protocol_key, e.enrollment.protocol_version) for some in existing for e in some}
    return {version: pinned.protocol(ctx, conn, key, version) for key, version in sorted(bound)}


# Writing -----------------------------------------------------------------------------------------------------------
def _write(ctx: Context, conn: Connection, jobs: Sequence[Job]) -> None:
    if not jobs:
        return
    now, rows = ctx.clock.now(), _Rows()
    for job in jobs:
        _end(ctx, conn, job)
        _correct(ctx, conn, job)
        new = _begin(ctx, job, rows)
        _carry(ctx, conn, job, new)
    _pin(ctx, conn, jobs)
    enrollments.add(conn, rows.enrollments)
    messages.add(conn, rows.messages, now)


def _end(ctx: Context, conn: Connection, job: Job) -> None:
    now = ctx.clock.now()
    for drop, ids in _by_drop(job.changes.cancel).items():
        cause = drop.cause or job.cause
        messages.apply(conn, ids, Signal.CANCELLED, now, reason=drop.reason, cause_event=cause)
    for drop, ended in _by_drop(job.changes.stop).items():
        enrollments.apply(conn, ended, EnrollmentSignal.STOPPED, reason=drop.reason)


def _by_drop(pairs: Iterable[tuple[K, Drop]]) -> dict[Drop, list[K]]:
    grouped: dict[Drop, list[K]] = {}
    for one, drop in pairs:
        grouped.setdefault(drop, []).append(one)
    return grouped


def _correct(ctx: Context, conn: Connection, job: Job) -> None:
    changes = job.changes
    enrollments.correct(conn, changes.correct)
    enrollments.apply(conn, changes.reopen, EnrollmentSignal.REOPENED)
    if job.paused:
        enrollments.apply(conn, changes.reopen, EnrollmentSignal.PAUSED, reason=Hold.PATIENT_PAUSED)
    if changes.adopt:
        messages.move_to_patient(conn, changes.adopt, job.facts.patient.id)
    for message_id, step in changes.move:
        messages.apply(
            conn,
            [message_id],
            Signal.RESCHEDULED,
            ctx.clock.now(),
            detail={"due_at": step.due_at.isoformat(), "event": job.cause},
            values={"due_at": step.due_at, "planned_for": step.planned_for, "expires_at": step.expires_at},
        )


def _begin(ctx: Context, job: Job, rows: _Rows) -> dict[StepKey, MessageId]:
    """The new rows of one person; returns the new messages by what they are of."""
    begun = {course.key: _enrollment(ctx, job, course) for course in job.changes.begin}
    rows.enrollments += begun.values()
    new: dict[StepKey, MessageId] = {}
    for added in sorted(job.changes.add, key=lambda a: a.carrier is not None):
        enrollment_id = added.to or begun[added.course.key].id
        message = _message(ctx, job, added, enrollment_id)
        if added.carrier is not None:
            message = _as_carried(message, added.carrier, new)
        new[added.course.key, added.step.step_key] = message.id
        rows.messages.append(message)
    return new


def _as_carried(message: Message, carrier: Carrier, new: Mapping[StepKey, MessageId]) -> Message:
    by = carrier.row or new[carrier.source, carrier.step_key]
    return replace(message, state=MessageState.CANCELLED, reason=Reason.MERGED, carried_by=by, hold=None)


def _carry(ctx: Context, conn: Connection, job: Job, new: Mapping[StepKey, MessageId]) -> None:
    """End what another message tells from now on."""
    for message_id, carrier in job.changes.carry:
        by = carrier.row or new[carrier.source, carrier.step_key]
        messages.apply(
            conn,
            [message_id],
            Signal.CANCELLED,
            ctx.clock.now(),
            reason=Reason.MERGED,
            cause_event=job.cause,
            detail={"carried_by": by},
            values={"carried_by": by, "hold": None},
        )


def _enrollment(ctx: Context, job: Job, course: Course) -> Enrollment:
    patient, (protocol_key, source_kind, source_id) = job.facts.patient, course.key
    return Enrollment(
        id=EnrollmentId(ctx.ids.new("enr")),
        clinic_id=patient.clinic_id,
        patient_id=patient.id,
        protocol_key=protocol_key,
        protocol_version=course.protocol.version,
        source_kind=source_kind,
        source_id=source_id,
        anchor_at=course.anchor_at,
        event_row=course.event_row,
        state=EnrollmentState.PAUSED if job.paused else EnrollmentState.ACTIVE,
        reason=Hold.PATIENT_PAUSED if job.paused else None,
        backfill=course.backfill,
    )


def _message(ctx: Context, job: Job, added: Added, enrollment_id: EnrollmentId) -> Message:
    step, patient = added.step, job.facts.patient
    return Message(
        id=MessageId(ctx.ids.new("msg")),
        clinic_id=patient.clinic_id,
        patient_id=patient.id,
        enrollment_id=enrollment_id,
        step_key=step.step_key,
        occurrence=added.occurrence,
        message_class=step.message_class,
        channels=step.channels,
        template_ref=step.template_ref,
        template_version=ctx.templates.version(step.template_ref),
        state=MessageState.SKIPPED if step.skip else MessageState.SCHEDULED,
        reason=step.skip,
        due_at=step.due_at,
        planned_for=step.planned_for,
        expires_at=step.expires_at,
        hold=None if step.skip else _hold(job, enrollment_id),
        booking_id=BookingId(added.course.key[2]) if added.course.key[1] == "booking" else None,
    )


def _hold(job: Job, enrollment_id: EnrollmentId) -> Hold | None:
    if any(one.enrollment.id == enrollment_id and one.enrollment.is_paused_alone for one in job.existing):
        return Hold.ENROLLMENT_PAUSED
    return Hold.PATIENT_PAUSED if job.paused else None


def _pin(ctx: Context, conn: Connection, jobs: Sequence[Job]) -> None:
    """Keep the text of every protocol and template that is used for the first time."""
    begun = {c.protocol.version: c.key[0] for job in jobs for c in job.changes.begin}
    refs = {added.step.template_ref for job in jobs for added in job.changes.add}
    texts = {ctx.templates.version(ref): ref for ref in refs}
    kept = enrollments.kept_versions(conn, protocols=begun, templates=texts)
    enrollments.pin(
        conn,
        ctx.clock.now(),
        protocols={v: (key, ctx.protocols.source_of(v)) for v, key in begun.items() if v not in kept},
        templates={v: (ref, ctx.templates.files(ref)) for v, ref in texts.items() if v not in kept},
    )
