"""Enroll: plan what events tell, quarantine what cannot be planned, and try it again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from followup.domain.clinic import Clinic
from followup.domain.errors import NotFound, Unavailable
from followup.domain.escalation import EscalationKind
from followup.domain.event import ClinicEvent, EventState, EventType
from followup.domain.facts import Facts, fold
from followup.domain.facts.told import TELLING
from followup.domain.ids import BookingId, ClinicId, PatientId
from followup.domain.lifecycle import EnrollmentSignal
from followup.domain.patient import PatientStatus
from followup.domain.planning import Plan
from followup.log import get_logger
from followup.services import escalate
from followup.services.context import Context
from followup.services.project import Before, project
from followup.services.replan import replan_all
from followup.services.visits.follow import follow
from followup.storage import enrollments, events
from followup.storage.events import Keys

_log = get_logger(__name__)
_FIRST_RETRY, _LAST_RETRY = timedelta(seconds=5), timedelta(hours=1)
#: These need not know who the patient is to be true; they wait for the name without troubling staff.
_PATIENT_ONLY = frozenset({
    EventType.PATIENT_UPDATED, EventType.PATIENT_MERGED, EventType.PATIENT_DECEASED, EventType.PATIENT_ARCHIVED,
})  # fmt: skip
_WORDS = {
    "unknown_treatment_code": "an event names a treatment code that no protocol follows up",
    "unknown_patient": "an event names a patient nobody has told us about",
    "unknown_clinic": "an event is of a clinic that is no longer set up",
}


@dataclass(frozen=True, slots=True)
class _Fate:
    """What becomes of an event, and why."""

    state: EventState
    reason: str | None = None


_PLANNED = _Fate(EventState.PLANNED)
_STUCK = frozenset({EventState.WAITING, EventState.QUARANTINED})


def process_events(ctx: Context, row_ids: Sequence[str]) -> None:
    """Plan these events, together if all is well, else each by itself; one that cannot be planned is quarantined.

    May run twice or at once with others: an event that is planned already changes nothing.
    """
    try:
        with ctx.db.transaction() as conn:
            _take(ctx, conn, events.get_many(conn, row_ids))
    except Unavailable:
        raise
    except Exception as error:  # noqa: BLE001  whatever it is, the event must not be lost
        if len(row_ids) == 1:
            _give_up(ctx, row_ids[0], error)
        else:
            for row_id in row_ids:
                process_events(ctx, [row_id])


def take_effect(ctx: Context, conn: Connection, event: ClinicEvent) -> None:
    """Plan an event that was just stored, in the same transaction; one that fails is left to the actor."""
    try:
        with conn.begin_nested():
            _take(ctx, conn, [event])
    except (Unavailable, OperationalError):
        raise
    except Exception as error:  # noqa: BLE001  the event is stored and will be tried again
        _log.error("event_effect_failed", event=event.row_id, error=error)


def hold(conn: Connection, clinic_id: ClinicId, booking_id: BookingId) -> None:
    """Let nobody else tell of this booking, or plan whose it is, until the caller's transaction ends."""
    _read(conn, clinic_id, Keys(bookings={booking_id}))


def replan(
    ctx: Context, conn: Connection, clinic_id: ClinicId, patient_id: PatientId, *, cause_event: str | None = None
) -> None:
    """Plan a patient anew from all that was told, in the caller's transaction."""
    clinic = ctx.clinics.need(clinic_id)
    causes = {patient_id: cause_event} if cause_event else {}
    _plan(ctx, conn, clinic, Keys(patients={patient_id}), causes=causes)


def replan_many(
    ctx: Context, conn: Connection, clinic: Clinic, patients: Collection[PatientId], *, anew: bool = False
) -> None:
    """Plan several patients anew, in the caller's transaction; `anew` if the clinic's hours or days off changed."""
    _plan(ctx, conn, clinic, Keys(patients=set(patients)), anew=anew)


def retry(ctx: Context, clinic_id: ClinicId, row_id: str) -> EventState:
    """Try a waiting or quarantined event again now; returns what became of it. Raises NotFound."""
    with ctx.db.transaction() as conn:
        event = events.get(conn, row_id)
        if event is None or event.clinic_id != clinic_id:
            raise NotFound(f"no event {row_id} in clinic {clinic_id}", cure="see `followup event list`")
        if event.state is not EventState.PLANNED:
            events.mark(conn, [row_id], EventState.RECEIVED)
    process_events(ctx, [row_id])
    with ctx.db.reading() as conn:
        after = events.get(conn, row_id)
    return after.state if after else EventState.QUARANTINED


class Completion:
    """Closes enrollments whose every message has ended; each call looks at the next slice of those that run."""

    def __init__(self, *, slice_size: int = 2000) -> None:
        self._size, self._last = slice_size, ""

    def __call__(self, ctx: Context) -> int:
        """Returns how many were closed."""
        with ctx.db.reading() as conn:
            running = enrollments.active_after(conn, self._last, limit=self._size)
            done = enrollments.finished(conn, running) if running else []
        self._last = running[-1] if len(running) == self._size else ""
        if not done:
            return 0
        with ctx.db.transaction() as conn:
            return len(enrollments.apply(conn, enrollments.finished(conn, done), EnrollmentSignal.COMPLETED))


def complete(ctx: Context) -> int:
    """Close what has ended among the first slice; returns how many."""
    return Completion()(ctx)


# Planning ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Done:
    """What was read and planned in one go."""

    around: Sequence[ClinicEvent]
    facts: Facts
    before: Before
    plans: Mapping[PatientId, Plan]


def _take(ctx: Context, conn: Connection, batch: Sequence[ClinicEvent]) -> None:
    for clinic_id in sorted({e.clinic_id for e in batch}):
        own = [e for e in batch if e.clinic_id == clinic_id and e.state is not EventState.PLANNED]
        clinic = ctx.clinics.get(clinic_id)
        if clinic is None:
            fate = _Fate(EventState.QUARANTINED, "unknown_clinic")
            _quarantine(ctx, conn, [(e, fate, None) for e in own])
        elif own:
            done = _plan(ctx, conn, clinic, Keys.of(own))
            _settle(ctx, conn, clinic_id, {e.row_id for e in own}, done=done)
            _watch_reach(ctx, conn, clinic_id, done)


def _plan(
    ctx: Context,
    conn: Connection,
    clinic: Clinic,
    keys: Keys,
    *,
    causes: Mapping[PatientId, str] | None = None,
    anew: bool = False,
) -> _Done:
    around = _read(conn, clinic.id, keys)
    facts = fold(around)
    before = project(conn, clinic.id, facts, around, now=ctx.clock.now())
    news = {who: e.row_id for e in around if e.state is not EventState.PLANNED and (who := facts.owner(e)) is not None}
    plans = replan_all(ctx, conn, clinic, facts, before=before, causes=news | dict(causes or {}), anew=anew)
    follow(ctx, conn, clinic, facts, before=before, causes=news | dict(causes or {}))
    return _Done(around, facts, before, plans)


def _read(conn: Connection, clinic_id: ClinicId, keys: Keys) -> list[ClinicEvent]:
    """All events about these people, locked against whoever else plans them.

    The locks are taken in one go and given back where they turn out too few, so that no two ever wait in a ring.
    """
    if conn.dialect.name == "sqlite":
        return events.connected(conn, clinic_id, keys)
    wanted = keys
    while True:
        savepoint = conn.begin_nested()
        events.lock(conn, clinic_id, wanted)
        around = events.connected(conn, clinic_id, wanted)
        more = Keys.of(around).without(wanted)
        if not more:
            savepoint.commit()
            return around
        savepoint.rollback()
        more.add(wanted)
        wanted = more


# What becomes of the events ----------------------------------------------------------------------------------------
def _settle(ctx: Context, conn: Connection, clinic_id: ClinicId, asked: set[str], *, done: _Done) -> None:
    """Mark the events that were asked for, and those around them whose effect is in the rows now."""
    planned: list[ClinicEvent] = []
    quarantined: list[tuple[ClinicEvent, _Fate, PatientId | None]] = []
    for event in done.around:
        fate, before = _fate(ctx, event, done), _Fate(event.state, event.reason)
        if fate is _PLANNED:
            planned += [event] if event.state is not EventState.PLANNED else []
        elif event.row_id not in asked and (event.state not in _STUCK or fate == before):
            continue
        elif fate.state is EventState.WAITING:
            events.mark(conn, [event.row_id], EventState.WAITING, reason=fate.reason)
        else:
            quarantined.append((event, fate, done.facts.owner(event)))
    events.mark(conn, [e.row_id for e in planned], EventState.PLANNED)
    subjects = {s for e in planned for s in (e.row_id, _code_subject(e)) if s}
    escalate.settle_about(ctx, conn, clinic_id=clinic_id, kind=EscalationKind.QUARANTINE, subjects=subjects)
    _quarantine(ctx, conn, quarantined)


def _fate(ctx: Context, event: ClinicEvent, done: _Done) -> _Fate:
    facts = done.facts
    if event.row_id in facts.faults:
        return _Fate(EventState.QUARANTINED, facts.faults[event.row_id])
    who = facts.owner(event)
    if who is None or facts.is_orphan(event):
        return _Fate(EventState.WAITING, "unknown_thing")
    person = facts.people[who]
    if not person.is_known:
        state = EventState.WAITING if event.type in _PATIENT_ONLY else EventState.QUARANTINED
        return _Fate(state, "unknown_patient")
    treatment = next((t for t in person.treatments if t.id == event.treatment_key), None)
    if treatment is None or treatment.last_event_row != event.row_id or event.type not in TELLING:
        return _PLANNED  # a later word about it counts
    followed = any(key[1:] == ("treatment", treatment.id) for key in done.plans[who].courses)
    if followed or person.patient.status is not PatientStatus.ACTIVE or ctx.protocols.for_code(treatment.code):
        return _PLANNED
    return _Fate(EventState.QUARANTINED, "unknown_treatment_code")


def _code_subject(event: ClinicEvent) -> str | None:
    """What an escalation about an unknown treatment code is about: one for all events with that code."""
    told = event.data.get("treatment")
    return f"treatment-code:{told.get('code')}" if event.type in TELLING and isinstance(told, Mapping) else None


def _quarantine(ctx: Context, conn: Connection, some: Sequence[tuple[ClinicEvent, _Fate, PatientId | None]]) -> None:
    """Keep them for another try, each time later, and tell staff once of each matter."""
    tries = events.tries(conn, [e.row_id for e, _, _ in some]) if some else {}
    for event, fate, who in some:
        reason = fate.reason or ""
        again = ctx.ops.now() + min(_FIRST_RETRY * 2 ** min(tries.get(event.row_id, 0), 10), _LAST_RETRY)
        events.mark(conn, [event.row_id], EventState.QUARANTINED, reason=reason, not_before=again)
        by_code = _code_subject(event) if reason == "unknown_treatment_code" else None
        escalate.raise_to_staff(
            ctx,
            conn,
            clinic_id=event.clinic_id,
            kind=EscalationKind.QUARANTINE,
            subject=by_code or event.row_id,
            summary=f"{event.type}: {_WORDS.get(reason, f'the event cannot be planned ({reason})')}",
            patient_id=None if by_code else who,
        )


def _give_up(ctx: Context, row_id: str, error: Exception) -> None:
    _log.error("event_not_planned", event=row_id, error=error)
    with ctx.db.transaction() as conn:
        event = events.get(conn, row_id)
        if event is not None and event.state is not EventState.PLANNED:
            _quarantine(ctx, conn, [(event, _Fate(EventState.QUARANTINED, f"fault:{type(error).__name__}"), None)])


def _watch_reach(ctx: Context, conn: Connection, clinic_id: ClinicId, done: _Done) -> None:
    """Tell staff of patients with a plan and no usable contact point, and stop telling when one has come."""
    mended = [
        who
        for who, person in done.facts.people.items()
        if person.is_reachable and who in done.before.patients
        and done.before.patients[who].contact_points != person.patient.contact_points
    ]  # fmt: skip
    escalate.settle_about(ctx, conn, clinic_id=clinic_id, kind=EscalationKind.UNREACHABLE, subjects=mended)
    for who, person in done.facts.people.items():
        if done.plans[who].courses and not person.is_reachable:
            escalate.raise_to_staff(
                ctx,
                conn,
                clinic_id=clinic_id,
                kind=EscalationKind.UNREACHABLE,
                subject=who,
                summary="a patient with planned follow-up has no usable phone number or mailbox",
                patient_id=who,
            )
