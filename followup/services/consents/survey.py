"""Survey: a patient's ledger with the verdicts of any day, and consents whose time is nearly over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from followup.domain.clinic import Clinic, PrivacyRegime
from followup.domain.consent import NEEDS_CONSENT, Allowed, Consent, ConsentKind, Refused, verdict
from followup.domain.errors import NotFound
from followup.domain.ids import ClinicId, PatientId
from followup.domain.message import Channel, MessageClass
from followup.domain.patient import PatientStatus
from followup.services.context import Context
from followup.storage import consents, patients

_IMPLIED = (ConsentKind.IMPLIED_PURCHASE, ConsentKind.IMPLIED_CONTRACT, ConsentKind.IMPLIED_INQUIRY)
_ASKED = (
    MessageClass.CARE, MessageClass.TRANSACTIONAL, MessageClass.CHECKIN, MessageClass.PROMO,
    MessageClass.CONSENT_REQUEST,
)  # fmt: skip
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was in a person's ledger at an instant, and what it allowed then."""

    at: datetime
    entries: tuple[Consent, ...]
    verdicts: tuple[tuple[MessageClass, Channel, Allowed | Refused], ...]


@dataclass(frozen=True, slots=True)
class Expiring:
    """An implied consent that allows nothing from `ends_on`; `used` where the clinic may and does rely on it."""

    patient_id: PatientId
    message_class: MessageClass
    channel: Channel
    kind: ConsentKind
    basis_date: date
    ends_on: date
    days_left: int
    used: bool


def ledger(ctx: Context, clinic_id: ClinicId, patient_id: PatientId, *, as_of: datetime | None = None) -> Ledger:
    """A patient's consents and verdicts now, or as they stood at `as_of`; raises NotFound."""
    at, clinic = as_of or ctx.clock.now(), ctx.clinics.need(clinic_id)
    with ctx.db.reading() as conn:
        if patients.get(conn, clinic_id, patient_id) is None:
            raise NotFound(f"no such patient in clinic {clinic_id}", cure="give the clinic's own id of the patient")
        entries = consents.of(conn, clinic_id, [patient_id], known_at=as_of)[patient_id]
    said = tuple(
        (kind, channel, verdict(entries, kind, channel, clinic=clinic, now=at, known_at=as_of))
        for kind in _ASKED
        for channel in Channel
    )
    return Ledger(at, entries, said)


def expiring(ctx: Context, clinic_id: ClinicId, *, days: int = 60) -> list[Expiring]:
    """Implied consents that end within `days` and have no express one beside them, the first to end first."""
    clinic, now = ctx.clinics.need(clinic_id), ctx.clock.now()
    found: list[Expiring] = []
    with ctx.db.reading() as conn:
        people = sorted(consents.of_kinds(conn, clinic_id, _IMPLIED))
        for start in range(0, len(people), _CHUNK):
            found += _ending(conn, clinic, people[start : start + _CHUNK], now=now, days=days)
    return sorted(found, key=lambda e: (e.ends_on, e.patient_id, e.channel, e.message_class))


def _ending(
    conn: Connection, clinic: Clinic, people: Sequence[PatientId], *, now: datetime, days: int
) -> Iterator[Expiring]:
    known, today = patients.get_many(conn, clinic.id, people), now.astimezone(ZoneInfo(clinic.time_zone)).date()
    for who, entries in consents.of(conn, clinic.id, people).items():
        if who not in known or known[who].status is not PatientStatus.ACTIVE:
            continue
        for channel in Channel:
            for one in _implied(entries, clinic, channel, now=now):
                left = _left(one, today)
                if left <= days and one.entry is not None and one.until is not None:
                    kind = one.entry.message_class or MessageClass.PROMO
                    used = verdict(entries, kind, channel, clinic=clinic, now=now)
                    yield Expiring(
                        who, kind, channel, one.entry.kind, one.entry.basis_on(clinic.time_zone), one.until, left,
                        used=isinstance(used, Allowed),
                    )  # fmt: skip


def _implied(entries: Sequence[Consent], clinic: Clinic, channel: Channel, *, now: datetime) -> set[Allowed]:
    """What rests on an implied consent alone, wherever the clinic stands on those: each entry once."""
    lenient = replace(clinic, privacy_regime=PrivacyRegime.PIPEDA, casl_implied_promo=True)
    said = {verdict(entries, kind, channel, clinic=lenient, now=now) for kind in NEEDS_CONSENT}
    return {v for v in said if isinstance(v, Allowed) and v.until is not None}


def _left(one: Allowed, today: date) -> int:
    return ((one.until or date.max) - today) // timedelta(days=1)
