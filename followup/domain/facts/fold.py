"""Facts: what a set of events says about patients, whatever order the events came in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from followup.domain.booking import Booking, Treatment
from followup.domain.consent import Consent
from followup.domain.event import PATIENT_SOURCE, ClinicEvent, EventType
from followup.domain.facts.told import BOOKING as BOOKING_TYPES
from followup.domain.facts.told import OFFERING, TELLING, TREATMENT, Told, read_all
from followup.domain.facts.visit import stand
from followup.domain.ids import BookingId, ClinicId, PatientId, TreatmentId
from followup.domain.patient import Patient, PatientStatus

E = EventType
O = TypeVar("O", Treatment, Booking)  # noqa: E741


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """All that is known of one person; events of patients merged into them are theirs."""

    patient: Patient
    treatments: tuple[Treatment, ...] = ()  # by time performed, voided ones too
    bookings: tuple[Booking, ...] = ()  # by start
    consents: tuple[Consent, ...] = ()
    ids: frozenset[PatientId] = frozenset()  # their own and those merged into it
    status_event: str | None = None  # row id of the event that gave the status
    merge_event: str | None = None  # row id of the newest merge into them
    backfilled: frozenset[BookingId] = frozenset()  # bookings told of as history only

    @property
    def is_known(self) -> bool:
        """True if the clinic has told who this is."""
        return bool(self.patient.given_name or self.patient.family_name)

    @property
    def is_reachable(self) -> bool:
        """True if there is a contact point that can be used at all."""
        return any(point.valid for point in self.patient.contact_points)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of every person that some events are about."""

    people: Mapping[PatientId, PatientFacts]
    merged: Mapping[PatientId, Patient] = field(default_factory=dict)  # records that are another person's now
    faults: Mapping[str, str] = field(default_factory=dict)  # row id of a malformed event → its fault
    treatments: Mapping[str, PatientId] = field(default_factory=dict)  # whose each treatment is
    bookings: Mapping[str, PatientId] = field(default_factory=dict)

    def owner(self, event: ClinicEvent) -> PatientId | None:
        """Whom an event is about: the survivor, where patients were merged. None if nobody told of its thing yet."""
        if event.patient_key:
            named = PatientId(event.patient_key)
            return self.merged[named].merged_into if named in self.merged else named
        return self.treatments.get(treatment_of(event) or "") or self.bookings.get(booking_of(event) or "")

    def is_orphan(self, event: ClinicEvent) -> bool:
        """True if it speaks of a treatment or booking that no event has told of yet."""
        treatment, booking = treatment_of(event), booking_of(event)
        return (treatment is not None and treatment not in self.treatments) or (
            booking is not None and booking not in self.bookings
        )


def treatment_of(event: ClinicEvent) -> str | None:
    """The treatment that an event of that kind is about."""
    return event.treatment_key if event.type in TREATMENT else None


def booking_of(event: ClinicEvent) -> str | None:
    """The booking that an event of that kind is about."""
    return event.booking_key if event.type in BOOKING_TYPES else None


def fold(events: Iterable[ClinicEvent]) -> Facts:
    """The facts that these events tell; the same for every order and repetition of them.

    The last word in order of (time, id) counts, field by field. A malformed event counts for nothing and is reported.
    """
    told, faults = read_all(events)
    by_patient = _grouped(told, lambda event: event.patient_key)
    roots = _roots(told)
    treatments = [_treatment(*some, roots) for some in _grouped(told, treatment_of).items()]
    visits = dict(filter(None, (_booking(*some, roots) for some in _grouped(told, booking_of).items())))
    own_treatments = _owned((t for t in treatments if t), lambda t: (t.performed_at, t.id))
    own_bookings = _owned(visits, lambda b: (b.starts_at, b.id))
    people = {}
    for root, names in _records(by_patient, roots).items():
        own = own_bookings.get(root, ())
        history = frozenset(b.id for b in own if visits[b])
        person = _person(root, names, by_patient)
        people[PatientId(root)] = replace(
            person, treatments=own_treatments.get(root, ()), bookings=own, backfilled=history
        )
    return Facts(
        people,
        merged={PatientId(n): _merged(n, into, by_patient) for n, into in roots.items()},
        faults=faults,
        treatments={t.id: t.patient_id for t in treatments if t},
        bookings={b.id: b.patient_id for b in visits},
    )


def _grouped(told: Iterable[Told], key: Callable[[ClinicEvent], str | None]) -> dict[str, list[Told]]:
    groups: dict[str, list[Told]] = {}
    for one in told:
        name = key(one.event)
        if name:
            groups.setdefault(name, []).append(one)
    return groups


def _owned(some: Iterable[O], order: Callable[[O], Any]) -> dict[str, tuple[O, ...]]:
    owned: dict[str, list[O]] = {}
    for one in sorted(some, key=order):
        owned.setdefault(one.patient_id, []).append(one)
    return {owner: tuple(things) for owner, things in owned.items()}


# Who is who --------------------------------------------------------------------------------------------------------
def _roots(told: Iterable[Told]) -> dict[str, str]:
    """Merged id → the id that survives. The last word counts; a merge against an earlier one turns it around."""
    into: dict[str, str] = {}
    for one in told:
        source, target = one.event.patient_key, one.event.merged_into
        if source and target and source != target:
            if _root(target, into) == source:
                into.pop(target, None)
            into[source] = target
    return {name: _root(name, into) for name in into}


def _root(name: str, into: Mapping[str, str]) -> str:
    while name in into:
        name = into[name]
    return name


def _records(by_patient: Mapping[str, list[Told]], roots: Mapping[str, str]) -> dict[str, list[str]]:
    """Every person → the ids under which events speak of them."""
    names: dict[str, list[str]] = {}
    for name in sorted({*by_patient, *roots, *roots.values()}):
        names.setdefault(roots.get(name, name), []).append(name)
    return names


def _person(root: str, names: Sequence[str], by_patient: Mapping[str, list[Told]]) -> PatientFacts:
    told = sorted((t for n in names for t in by_patient.get(n, ())), key=lambda t: t.event.order)
    status, since = _status(told)
    consents: dict[Consent, Consent] = {}
    for entry in (c for t in told for c in t.consents):
        consents.setdefault(replace(entry, event_row=""), entry)
    merges = [t.event.row_id for t in told if t.event.merged_into and t.event.patient_key != root]
    # What is said of the surviving record itself goes before what is said of the merged ones.
    elsewhere = [t for t in told if t.event.patient_key != root]
    return PatientFacts(
        patient=_patient(root, [*elsewhere, *by_patient.get(root, ())], status=status),
        consents=tuple(consents.values()),
        ids=frozenset(PatientId(n) for n in names),
        status_event=since,
        merge_event=merges[-1] if merges else None,
    )


def _merged(name: str, into: str, by_patient: Mapping[str, list[Told]]) -> Patient:
    record = _patient(name, by_patient[name], status=PatientStatus.MERGED)
    return replace(record, merged_into=PatientId(into))


def _patient(name: str, told: Sequence[Told], *, status: PatientStatus) -> Patient:
    fields: dict[str, Any] = {}
    spoken: str | None = None  # the language that the clinic's system says
    for one in told:
        new = dict(one.patient)
        if one.event.source != PATIENT_SOURCE and "language" in new:
            if new["language"] == spoken:  # said again, which takes back no choice of the patient's own
                del new["language"]
            else:
                spoken = new["language"]
        fields |= new
    return Patient(
        clinic_id=ClinicId(told[0].event.clinic_id),
        id=PatientId(name),
        given_name=fields.get("given_name", ""),
        family_name=fields.get("family_name", ""),
        language=fields.get("language", ""),
        time_zone=fields.get("time_zone", ""),
        contact_points=fields.get("contact_points", ()),
        status=status,
        tags=fields.get("tags", ()),
    )


def _status(told: Iterable[Told]) -> tuple[PatientStatus, str | None]:
    """The dead stay dead unless the clinic takes it back (`status: active`); the archived come back with a visit."""
    status, since, archived = PatientStatus.ACTIVE, None, None
    for one in told:
        before = status
        if one.event.type is E.PATIENT_DECEASED:
            status = PatientStatus.DECEASED
        elif one.event.type is E.PATIENT_ARCHIVED and status is not PatientStatus.DECEASED:
            status, archived = PatientStatus.ARCHIVED, one.event.time
        elif one.is_revived or (status is PatientStatus.ARCHIVED and archived and one.is_visit_after(archived)):
            status = PatientStatus.ACTIVE
        since = one.event.row_id if status is not before else since
    return status, since


# What was done and agreed ------------------------------------------------------------------------------------------
def _owner(told: Iterable[Told], roots: Mapping[str, str]) -> PatientId | None:
    named = [t.event.patient_key for t in told if t.event.patient_key]
    return PatientId(roots.get(named[-1], named[-1])) if named else None


def _treatment(name: str, told: Sequence[Told], roots: Mapping[str, str]) -> Treatment | None:
    """None while nobody has said what the treatment was."""
    telling = [t for t in told if t.event.type in TELLING]
    owner = _owner(told, roots)
    if not telling or owner is None:
        return None
    fields: dict[str, Any] = {}
    for one in telling:
        fields |= one.treatment
    completed = [t for t in telling if t.event.type is E.TREATMENT_COMPLETED] or telling
    return Treatment(
        id=TreatmentId(name),
        patient_id=owner,
        **fields,
        voided=told[-1].event.type is E.TREATMENT_VOIDED,
        event_row=telling[0].event.row_id,
        last_event_row=told[-1].event.row_id,
        backfill=all(t.event.backfill for t in completed),
    )


def _booking(name: str, told: Sequence[Told], roots: Mapping[str, str]) -> tuple[Booking, bool] | None:
    """The booking and whether it is history only; None while nobody has offered or made it."""
    offering = [t for t in told if t.event.type in OFFERING]
    owner = _owner(told, roots)
    if not offering or owner is None:
        return None
    booking = Booking(id=BookingId(name), patient_id=owner, **stand(told), event_row=told[-1].event.row_id)
    return booking, all(t.event.backfill for t in offering)
