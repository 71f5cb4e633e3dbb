"""Migrate running enrollments to the current version of their protocol, or only tell what would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from followup.domain.clinic import Clinic
from followup.domain.enrollment import Enrollment, EnrollmentState
from followup.domain.holidays import clinic_calendar
from followup.domain.ids import ClinicId, MessageId, PatientId
from followup.domain.lifecycle import OPEN, Signal
from followup.domain.message import Message
from followup.domain.planning import Place, Planned, time_step
from followup.domain.protocol import CareProtocol
from followup.domain.window import to_local
from followup.services import enroll
from followup.services.context import Context
from followup.storage import audit, enrollments, messages, patients

_RUNNING = frozenset({EnrollmentState.ACTIVE, EnrollmentState.PAUSED})


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one step: `what` is date, text, class, channels, added or dropped; times are the patient's."""

    step_key: str
    what: str
    before: str
    after: str

    def __str__(self) -> str:
        if self.what in {"added", "dropped"}:
            return f"{self.step_key}: {self.what} ({self.after or self.before})"
        return f"{self.step_key}: {self.what} {self.before} → {self.after}"


@dataclass(frozen=True, slots=True)
class Move:
    """One enrollment that moves to another version, with everything that changes for its patient."""

    patient_id: PatientId
    enrollment_id: str
    old_version: str
    new_version: str
    changes: tuple[Change, ...]


class _OnlyLooking(Exception):
    """Undoes the transaction of a dry run."""


def migrate(ctx: Context, clinic_id: ClinicId, key: str, *, actor: str, dry_run: bool = False) -> tuple[Move, ...]:
    """Move this clinic's running enrollments of `key` to its current version and texts; a dry run writes nothing.

    Each patient moves in a transaction of their own. What went out, and what is on its way, stays as it was.
    """
    protocol, clinic = ctx.protocols.need(key), ctx.clinics.need(clinic_id)
    with ctx.db.reading() as conn:
        everybody = enrollments.patients_on(conn, clinic_id, key)
    moves: list[Move] = []
    for patient_id in everybody:
        try:
            with ctx.db.transaction() as conn:
                moves += _move(ctx, conn, clinic, patient_id=patient_id, protocol=protocol, actor=actor)
                if dry_run:
                    raise _OnlyLooking
        except _OnlyLooking:
            pass
    return tuple(moves)


def describe(move: Move) -> dict[str, Any]:
    """A move for programs."""
    return {
        "patient": move.patient_id,
        "enrollment": move.enrollment_id,
        "old_version": move.old_version,
        "new_version": move.new_version,
        "changes": [{"step": c.step_key, "what": c.what, "before": c.before, "after": c.after} for c in move.changes],
    }


def _move(
    ctx: Context, conn: Connection, clinic: Clinic, *, patient_id: PatientId, protocol: CareProtocol, actor: str
) -> list[Move]:
    found = [e for e in enrollments.of(conn, clinic.id, [patient_id]) if e.protocol_key == protocol.key]
    running = [e for e in found if e.state in _RUNNING]
    patient = patients.get(conn, clinic.id, patient_id)
    zone = (patient.time_zone if patient else "") or clinic.time_zone
    before = _open_rows(conn, running)
    _keep(ctx, conn, protocol)
    enrollments.bind(conn, [e.id for e in running], protocol.version)
    enroll.replan(ctx, conn, clinic.id, patient_id)
    place = Place(clinic, zone, clinic_calendar(clinic))
    for enrollment in running:
        _renew(ctx, conn, enrollment, protocol=protocol, place=place)
    after = _open_rows(conn, running)
    moves = [_told(e, before[e.id], after[e.id], version=protocol.version, zone=zone) for e in running]
    moved = [m for m in moves if m.changes or m.old_version != m.new_version]
    for move in moved:
        _note(ctx, conn, move, clinic_id=clinic.id, actor=actor)
    return moved


def _open_rows(conn: Connection, running: Sequence[Enrollment]) -> dict[str, dict[str, Message]]:
    """By enrollment and step: what is still to come."""
    rows: dict[str, dict[str, Message]] = {e.id: {} for e in running}
    for message in messages.of_enrollments(conn, [e.id for e in running]):
        if message.state in OPEN and message.enrollment_id is not None:
            rows[message.enrollment_id][message.step_key] = message
    return rows


def _keep(ctx: Context, conn: Connection, protocol: CareProtocol) -> None:
    refs = sorted({step.template for step in protocol.steps})
    texts = {ctx.templates.version(ref): (ref, ctx.templates.files(ref)) for ref in refs}
    source = ctx.protocols.source_of(protocol.version)
    enrollments.pin(conn, ctx.clock.now(), protocols={protocol.version: (protocol.key, source)}, templates=texts)


def _renew(ctx: Context, conn: Connection, enrollment: Enrollment, *, protocol: CareProtocol, place: Place) -> None:
    """Give what is still to come the class, channels, text and last moment that the version asks for."""
    steps = {step.key: step for step in protocol.steps}
    for message in _open_rows(conn, [enrollment])[enrollment.id].values():
        step = steps.get(message.step_key)
        if step is None:
            continue
        planned = time_step(
            protocol, step, enrollment.anchor_at, place=place, now=ctx.clock.now(), backfill=enrollment.backfill
        )
        wanted = _renewed(ctx, message, planned)
        if wanted != message:
            _write(conn, message, wanted, now=ctx.clock.now(), version=protocol.version)


def _renewed(ctx: Context, message: Message, planned: Planned) -> Message:
    return replace(
        message,
        message_class=planned.message_class,
        channels=planned.channels,
        template_ref=planned.template_ref,
        template_version=ctx.templates.version(planned.template_ref),
        expires_at=message.expires_at if planned.skip else planned.expires_at,
    )


def _write(conn: Connection, message: Message, wanted: Message, *, now: datetime, version: str) -> None:
    row = messages.to_row(wanted)
    names = ("message_class", "channels", "template_ref", "template_version", "expires_at")
    values = {name: row[name] for name in names}
    detail = {"protocol_version": version}
    messages.apply(conn, [MessageId(message.id)], Signal.RESCHEDULED, now, detail=detail, values=values)


def _told(
    enrollment: Enrollment,
    before: Mapping[str, Message],
    after: Mapping[str, Message],
    *,
    version: str,
    zone: str,
) -> Move:
    changes = [
        change
        for key in sorted({*before, *after}, key=lambda k: (after.get(k) or before[k]).due_at)
        for change in _changes(key, before.get(key), after.get(key), zone=zone)
    ]
    return Move(enrollment.patient_id, enrollment.id, enrollment.protocol_version, version, tuple(changes))


def _changes(key: str, before: Message | None, after: Message | None, *, zone: str) -> list[Change]:
    if before is None or after is None:
        there = before or after
        assert there is not None
        when = _when(there, zone)
        return [Change(key, "added", "", when)] if before is None else [Change(key, "dropped", when, "")]
    pairs = [
        ("date", _when(before, zone), _when(after, zone)),
        ("text", _text(before), _text(after)),
        ("class", before.message_class.value, after.message_class.value),
        ("channels", " ".join(before.channels), " ".join(after.channels)),
    ]
    return [Change(key, what, old, new) for what, old, new in pairs if old != new]


def _when(message: Message, zone: str) -> str:
    return f"{to_local(message.due_at, zone):%Y-%m-%d %H:%M %Z}"


def _text(message: Message) -> str:
    return f"{message.template_ref} {message.template_version}"


def _note(ctx: Context, conn: Connection, move: Move, *, clinic_id: ClinicId, actor: str) -> None:
    audit.append(
        conn,
        at=ctx.clock.now(),
        clinic_id=clinic_id,
        actor=actor,
        action="enrollment.migrated",
        subject=move.enrollment_id,
        patient_id=move.patient_id,
        detail={"from": move.old_version, "to": move.new_version, "changes": len(move.changes)},
    )
