"""Project: write what the events say of people, treatments, bookings and consents into the tables others read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.engine import Connection

from followup.domain.booking import Booking
from followup.domain.consent import Consent
from followup.domain.event import ClinicEvent
from followup.domain.facts import Facts
from followup.domain.ids import BookingId, ClinicId, PatientId
from followup.domain.patient import Patient
from followup.storage import bookings, consents, patients, threads, treatments

Entry = tuple[PatientId, Consent]


@dataclass(frozen=True, slots=True)
class Before:
    """The people as the tables had them."""

    patients: Mapping[PatientId, Patient]
    bookings: Mapping[BookingId, Booking] = field(default_factory=dict)

    @property
    def zones(self) -> dict[PatientId, str]:
        """By which zone each was planned so far."""
        return {p.id: p.time_zone for p in self.patients.values()}

    def is_paused(self, patient_id: PatientId) -> bool:
        """True if staff paused this patient, or the patient asked for a pause."""
        known = self.patients.get(patient_id)
        return known is not None and (known.paused is not None or known.paused_until is not None)


def project(
    conn: Connection, clinic_id: ClinicId, facts: Facts, events: Iterable[ClinicEvent], *, now: datetime
) -> Before:
    """Bring the tables to `facts`, which `events` tell; writes only what differs and returns what was there."""
    ids = [*facts.people, *facts.merged]
    stored = patients.get_many(conn, clinic_id, ids)
    wanted = [*(p.patient for p in facts.people.values()), *facts.merged.values()]
    changed = [p for p in wanted if not _is_stored(p, stored)]
    patients.put_many(conn, changed, now)
    for one in changed:
        if one.merged_into is not None:
            threads.join(conn, clinic_id, one.id, into=one.merged_into)
    _treatments(conn, clinic_id, facts, ids)
    visits = _bookings(conn, clinic_id, facts, ids)
    _consents(conn, clinic_id, facts, {e.row_id for e in events}, now=now)
    return Before(stored, visits)


def _is_stored(patient: Patient, stored: Mapping[PatientId, Patient]) -> bool:
    known = stored.get(patient.id)
    return known is not None and replace(known, paused=None, paused_until=None) == patient


def _treatments(conn: Connection, clinic_id: ClinicId, facts: Facts, ids: list[PatientId]) -> None:
    wanted = [t for p in facts.people.values() for t in p.treatments]
    if wanted:
        stored = {t for some in treatments.of(conn, clinic_id, ids).values() for t in some}
        treatments.put_many(conn, clinic_id, [t for t in wanted if t not in stored])


def _bookings(conn: Connection, clinic_id: ClinicId, facts: Facts, ids: list[PatientId]) -> dict[BookingId, Booking]:
    wanted = [b for p in facts.people.values() for b in p.bookings]
    if not wanted:
        return {}
    stored = {b.id: b for some in bookings.of(conn, clinic_id, ids).values() for b in some}
    bookings.put_many(conn, clinic_id, [b for b in wanted if stored.get(b.id) != b])
    return stored


def _consents(conn: Connection, clinic_id: ClinicId, facts: Facts, told: set[str], *, now: datetime) -> None:
    wanted = _by_digest((who, c) for who, p in facts.people.items() for c in p.consents)
    if not wanted and not facts.merged:
        return
    stored = consents.of(conn, clinic_id, list(facts.people))
    known = _by_digest((who, c) for who, some in stored.items() for c in some)
    consents.add(conn, clinic_id, [e for key, e in sorted(wanted.items()) if key not in known], now=now)
    strays = [(who, c) for key, (who, c) in sorted(known.items()) if key not in wanted]
    consents.take_back(conn, clinic_id, [(who, c) for who, c in strays if c.event_row in told], now=now)


def _by_digest(entries: Iterable[Entry]) -> dict[tuple[str, str], Entry]:
    return {(who, consents.digest_of(c)): (who, c) for who, c in entries}
