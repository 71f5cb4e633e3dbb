"""Imagine a patient: the events that a preview is made of, from a treatment and what is said to happen after it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from followup.domain.clinic import Clinic
from followup.domain.errors import BadOption
from followup.domain.event import ClinicEvent, EventType
from followup.domain.holidays import clinic_calendar
from followup.domain.offset import Offset
from followup.domain.protocol import CareProtocol
from followup.domain.window import step_instant, to_utc

_HAPPENING = re.compile(r"(?P<type>[a-z]+\.[a-z]+)@(?P<when>[^=]+)(=(?P<visit>.+))?")
_AFTER = re.compile(r"\+(?P<count>\d{1,4})(?P<unit>[hdwmy])")
_UNITS = {"h": "PT{}H", "d": "P{}D", "w": "P{}W", "m": "P{}M", "y": "P{}Y"}
#: A visit takes place this long after its booking, where nothing else is said.
_NOTICE = timedelta(days=14)
_CURE = "write booking.made@+40d, or booking.made@+40d=+56d to say when the visit is"
E = EventType


@dataclass(frozen=True, slots=True)
class Sample:
    """A made-up patient who had the treatment of `protocol` at `anchor`."""

    protocol: CareProtocol
    clinic: Clinic
    anchor: datetime
    language: str
    zone: str
    session: int | None = None
    of: int | None = None


def read_anchor(text: str, clinic: Clinic) -> datetime:
    """A date (noon) or a date and time, in a year people live in; without an offset it is the clinic's time."""
    try:
        if not re.match(r"(?:19|20)\d\d-", text):
            raise ValueError
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return to_utc(date.fromisoformat(text), time(12), clinic.time_zone)
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise BadOption(f"{text!r} is no date", cure="write 2026-03-02 or 2026-03-02T15:30") from None
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    return to_utc(moment.date(), moment.time(), clinic.time_zone)


def imagine(sample: Sample, happenings: Sequence[str]) -> list[ClinicEvent]:
    """The treatment and then each happening, as the clinic's system would tell of them."""
    life = _Life(sample)
    life.tell(E.TREATMENT_COMPLETED, sample.anchor, sample.anchor)
    for text in happenings:
        life.tell(*_read(text, sample))
    return life.events


def _read(text: str, sample: Sample) -> tuple[EventType, datetime, datetime]:
    found = _HAPPENING.fullmatch(text.strip())
    if not found or found["type"] not in {t.value for t in _TELLERS}:
        known = ", ".join(t.value for t in _TELLERS)
        raise BadOption(f"{text!r} is no event to imagine: known are {known}", cure=_CURE)
    kind, when = EventType(found["type"]), _moment(found["when"], sample)
    if found["visit"]:
        return kind, when, _moment(found["visit"], sample)
    return kind, when, when if kind is E.TREATMENT_COMPLETED else when + _NOTICE


def _moment(text: str, sample: Sample) -> datetime:
    after = _AFTER.fullmatch(text.strip())
    if not after:
        return read_anchor(text.strip(), sample.clinic)
    offset = Offset.parse(_UNITS[after["unit"]].format(after["count"]))
    zone, calendar = sample.clinic.time_zone, clinic_calendar(sample.clinic)
    return step_instant(sample.anchor, offset, clinic_zone=zone, patient_zone=zone, at=None, calendar=calendar)


class _Life:
    """Tells events one by one, so that each speaks of the treatment or booking before it."""

    def __init__(self, sample: Sample) -> None:
        self._sample = sample
        self._treatments = self._bookings = 0
        self.events: list[ClinicEvent] = []

    def tell(self, kind: EventType, when: datetime, visit: datetime) -> None:
        for data in _TELLERS[kind](self, visit):
            self.events.append(self._event(kind, when, data))

    def _event(self, kind: EventType, when: datetime, data: Mapping[str, Any]) -> ClinicEvent:
        name = f"E-{len(self.events) + 1:03}"
        treatment, booking = data.get("treatment", {}), data.get("booking", {})
        return ClinicEvent(
            row_id=name,
            clinic_id=self._sample.clinic.id,
            source="/preview",
            id=name,
            type=kind,
            time=when,
            data={"clinic": self._sample.clinic.id, **data},
            patient_key="P-1",
            treatment_key=treatment.get("id"),
            booking_key=booking.get("id"),
            backfill=False,
            received_at=when,
        )

    def completed(self, visit: datetime) -> list[dict[str, Any]]:
        self._treatments += 1
        treatment: dict[str, Any] = {**self._done(visit), "practitioner": "RN Okafor"}
        if self._sample.session is not None:
            treatment["session"] = self._sample.session + self._treatments - 1
        if self._sample.of is not None:
            treatment["of"] = self._sample.of
        return [{"patient": self._patient(), "treatment": treatment}]

    def corrected(self, visit: datetime) -> list[dict[str, Any]]:
        return [{"patient": {"id": "P-1"}, "treatment": self._done(visit)}]

    def voided(self, _visit: datetime) -> list[dict[str, Any]]:
        return [{"patient": {"id": "P-1"}, "treatment": {"id": f"T-{self._treatments}"}}]

    def agreed(self, visit: datetime) -> list[dict[str, Any]]:
        self._bookings += 1
        code = self._sample.protocol.treatment_codes[0]
        booking = {"id": f"B-{self._bookings}", "treatment_code": code, "starts_at": visit.isoformat()}
        return [{"patient": {"id": "P-1"}, "booking": booking}]

    def booking(self, visit: datetime) -> list[dict[str, Any]]:
        return [{"booking": {"id": f"B-{max(self._bookings, 1)}", "starts_at": visit.isoformat()}}]

    def patient(self, _visit: datetime) -> list[dict[str, Any]]:
        return [{"patient": {"id": "P-1"}}]

    def withdrawn(self, _visit: datetime) -> list[dict[str, Any]]:
        asked = [{"class": "promo", "channel": c, "kind": "express", "evidence": "preview"} for c in ("sms", "email")]
        return [{"patient": {"id": "P-1"}, "consent": consent} for consent in asked]

    def _done(self, visit: datetime) -> dict[str, Any]:
        code = self._sample.protocol.treatment_codes[0]
        return {"id": f"T-{self._treatments}", "code": code, "performed_at": visit.isoformat()}

    def _patient(self) -> dict[str, Any]:
        points = [{"channel": "sms", "value": "+14165550123"}, {"channel": "email", "value": "ana@example.com"}]
        consents = [
            {"class": "promo", "channel": c, "kind": "express", "evidence": "preview"} for c in ("sms", "email")
        ]
        return {
            "id": "P-1",
            "given_name": "Ana",
            "family_name": "Silva",
            "language": self._sample.language,
            "time_zone": self._sample.zone,
            "contact_points": points,
            "consents": consents,
        }


_TELLERS = {
    E.TREATMENT_COMPLETED: _Life.completed,
    E.TREATMENT_CORRECTED: _Life.corrected,
    E.TREATMENT_VOIDED: _Life.voided,
    E.BOOKING_OFFERED: _Life.agreed,
    E.BOOKING_MADE: _Life.agreed,
    E.BOOKING_MOVED: _Life.booking,
    E.BOOKING_CANCELLED: _Life.booking,
    E.BOOKING_ATTENDED: _Life.booking,
    E.BOOKING_MISSED: _Life.booking,
    E.PATIENT_DECEASED: _Life.patient,
    E.PATIENT_ARCHIVED: _Life.patient,
    E.CONSENT_WITHDRAWN: _Life.withdrawn,
}
