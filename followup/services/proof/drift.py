"""Drift: recomputes every enrollment from its events and tells where the rows differ; nothing is written."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.engine import Connection

from followup.domain.clinic import Clinic
from followup.domain.errors import NotFound
from followup.domain.event import ClinicEvent, EventState
from followup.domain.facts import Facts, fold
from followup.domain.ids import ClinicId, PatientId
from followup.domain.planning import drift
from followup.domain.planning.drift import Difference, Kind
from followup.services.context import Context
from followup.services.project import Before
from followup.services.replan import Job, compare
from followup.storage import bookings, enrollments, events, patients, treatments
from followup.storage.events import Keys
from followup.storage.proof import streams

PAGE = 100
_IN_HAND = frozenset({EventState.RECEIVED, EventState.QUEUED})


@dataclass(frozen=True, slots=True)
class Drift:
    """One difference and whose rows it is in."""

    clinic_id: ClinicId
    patient_id: PatientId
    difference: Difference


def find(ctx: Context, clinic_id: ClinicId) -> Iterator[Drift]:
    """Every difference of a clinic, patient by patient, each page of patients as of one instant.

    Whoever has an event that is still to be planned is passed over: their rows are about to change.
    """
    clinic, last = ctx.clinics.need(clinic_id), ""
    while True:
        with ctx.db.reading(snapshot=True) as conn:
            names = streams.names_after(conn, clinic_id, last, limit=PAGE)
            found = _whole_page(ctx, conn, clinic, names)
        yield from found
        if len(names) < PAGE:
            return
        last = names[-1]


def of_patients(ctx: Context, clinic_id: ClinicId, names: Sequence[str]) -> list[Drift]:
    """The differences of these patients alone."""
    with ctx.db.reading(snapshot=True) as conn:
        return _whole_page(ctx, conn, ctx.clinics.need(clinic_id), names)


def _whole_page(ctx: Context, conn: Connection, clinic: Clinic, names: Sequence[str]) -> list[Drift]:
    """A page, also where somebody's protocol can no longer be read: that is a difference like any other."""
    try:
        return _page(ctx, conn, clinic, names) if names else []
    except NotFound as error:
        if len(names) == 1:
            return [Drift(clinic.id, PatientId(names[0]), Difference(Kind.MISSING, names[0], error.message))]
    half = len(names) // 2
    return [one for part in (names[:half], names[half:]) for one in _whole_page(ctx, conn, clinic, part)]


def _page(ctx: Context, conn: Connection, clinic: Clinic, names: Sequence[str]) -> list[Drift]:
    around = events.connected(conn, clinic.id, Keys(patients=set(names)))
    facts, page = fold(around), set(names)
    moving = {facts.owner(e) for e in around if _is_moving(e)}
    asked = {who for who, p in facts.people.items() if min(p.ids | {who}) in page and who not in moving}
    before = Before(patients.get_many(conn, clinic.id, [*facts.people, *facts.merged]))
    stuck = {e.row_id for e in around if e.state is not EventState.PLANNED}
    found = [
        Drift(clinic.id, who, difference)
        for who, job in _jobs(ctx, conn, clinic, facts, before=before).items()
        if who in asked
        for difference in _rows(ctx, conn, job, stuck)
    ]
    found += [Drift(clinic.id, *one) for one in _records(conn, clinic.id, facts, asked)]
    strangers = [PatientId(n) for n in names if n not in facts.people and n not in facts.merged]
    found += [
        Drift(clinic.id, e.patient_id, Difference(Kind.EXTRA, e.id, "no event tells of its patient"))
        for e in enrollments.of(conn, clinic.id, strangers)
    ]
    return sorted(found, key=lambda one: one.patient_id)


def _is_moving(event: ClinicEvent) -> bool:
    """True if it is about to be planned, or was stored and could not be read: its effect is in no row."""
    return event.state in _IN_HAND or (event.reason or "").startswith("fault:")


def _jobs(ctx: Context, conn: Connection, clinic: Clinic, facts: Facts, *, before: Before) -> Mapping[PatientId, Job]:
    return {job.facts.patient.id: job for job in compare(ctx, conn, clinic, facts, before=before)}


def _rows(ctx: Context, conn: Connection, job: Job, stuck: set[str]) -> Iterator[Difference]:
    """What an event that waits in quarantine would begin is not missing yet."""
    changes = replace(job.changes, begin=[c for c in job.changes.begin if c.event_row not in stuck])
    words = streams.last_words(conn, [m.id for one in job.existing for m in one.messages])
    rows = drift.Rows(job.facts, job.plan, changes, job.existing, job.paused, words)
    yield from drift.differences(rows, now=ctx.clock.now())


def _records(
    conn: Connection, clinic_id: ClinicId, facts: Facts, asked: Collection[PatientId]
) -> Iterator[tuple[PatientId, Difference]]:
    """Where the tables of people, treatments and bookings are not what the events say."""
    stored = patients.get_many(conn, clinic_id, asked)
    done, booked = treatments.of(conn, clinic_id, asked), bookings.of(conn, clinic_id, asked)
    for who in sorted(asked):
        person, known = facts.people[who], stored.get(who)
        if known is None or replace(known, paused=None) != person.patient:
            yield who, Difference(Kind.RECORD if known else Kind.MISSING, who, "the patient's record")
        if set(done.get(who, ())) != set(person.treatments):
            yield who, Difference(Kind.RECORD, who, "the treatments")
        if set(booked.get(who, ())) != set(person.bookings):
            yield who, Difference(Kind.RECORD, who, "the bookings")
