"""Person: what is known of one patient, as far as the clauses of an audience ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from followup.domain.audience.audience import Audience, walk
from followup.domain.audience.clause import (
    Consented,
    Enrolled,
    FutureBooking,
    InSeries,
    LastVisit,
    Treated,
    Uploaded,
)
from followup.domain.booking import Booking, Treatment
from followup.domain.clinic import Clinic
from followup.domain.consent import Consent
from followup.domain.enrollment import Enrollment
from followup.domain.patient import Patient
from followup.domain.protocol import CareProtocol


class Need(StrEnum):
    """A kind of fact that a clause looks at, beside the patient's own record."""

    TREATMENTS = "treatments"
    BOOKINGS = "bookings"
    CONSENTS = "consents"
    ENROLLMENTS = "enrollments"
    UPLOADS = "uploads"


_NEEDS: Mapping[type, frozenset[Need]] = {
    Treated: frozenset({Need.TREATMENTS}),
    LastVisit: frozenset({Need.TREATMENTS, Need.BOOKINGS}),
    InSeries: frozenset({Need.TREATMENTS, Need.BOOKINGS}),
    FutureBooking: frozenset({Need.BOOKINGS}),
    Consented: frozenset({Need.CONSENTS}),
    Enrolled: frozenset({Need.ENROLLMENTS}),
    Uploaded: frozenset({Need.UPLOADS}),
}


def needs(audience: Audience) -> frozenset[Need]:
    """The facts that its clauses look at."""
    return frozenset(need for clause in walk(audience.root) for need in _NEEDS.get(type(clause), ()))


@dataclass(frozen=True, slots=True)
class Setting:
    """The moment, the clinic and its protocols by key: what does not differ from person to person."""

    now: datetime
    clinic: Clinic
    protocols: Mapping[str, CareProtocol] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """One patient's facts; `uploads` are the lists they stand in."""

    patient: Patient
    treatments: tuple[Treatment, ...] = ()
    bookings: tuple[Booking, ...] = ()
    consents: tuple[Consent, ...] = ()
    enrollments: tuple[Enrollment, ...] = ()
    uploads: frozenset[str] = frozenset()
