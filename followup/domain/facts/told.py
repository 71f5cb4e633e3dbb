"""Told: one event read field by field, so that a malformed one is found before it counts."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from followup.domain.consent import Consent, ConsentKind
from followup.domain.event import OURS, ClinicEvent, EventType
from followup.domain.message import Channel, MessageClass
from followup.domain.patient import ContactPoint, read_contact_point
from followup.domain.window import find_zone

E = EventType
#: These say what a treatment was, and who offered or made a booking.
TELLING = frozenset({E.TREATMENT_COMPLETED, E.TREATMENT_CORRECTED})
OFFERING = frozenset({E.BOOKING_OFFERED, E.BOOKING_MADE})
TREATMENT = TELLING | {E.TREATMENT_VOIDED}
BOOKING = OFFERING | OURS | {E.BOOKING_MOVED, E.BOOKING_CANCELLED, E.BOOKING_ATTENDED, E.BOOKING_MISSED}
_CONSENT = frozenset({E.CONSENT_RECORDED, E.CONSENT_WITHDRAWN})
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Told:
    """A well-formed event and the fields it gives, in our types."""

    event: ClinicEvent
    patient: Mapping[str, Any] = field(default_factory=dict)
    treatment: Mapping[str, Any] = field(default_factory=dict)
    booking: Mapping[str, Any] = field(default_factory=dict)
    consents: tuple[Consent, ...] = ()
    is_revived: bool = False  # the clinic says that the patient is active after all

    def is_visit_after(self, moment: datetime) -> bool:
        """True if it tells of a treatment done, or agrees on a visit, after `moment`."""
        done: datetime = self.treatment.get("performed_at", moment)
        return done > moment or (self.event.type in OFFERING and self.event.time > moment)


class _Malformed(ValueError):
    """What is wrong and where, without the value."""


def read_all(events: Iterable[ClinicEvent]) -> tuple[list[Told], dict[str, str]]:
    """Each event once, in the order in which they take effect, and the fault of each malformed one by its row id."""
    told: list[Told] = []
    faults: dict[str, str] = {}
    for event in sorted({e.row_id: e for e in events}.values(), key=lambda e: e.order):
        try:
            told.append(_read(event))
        except _Malformed as fault:
            faults[event.row_id] = str(fault)
    return told, faults


def _read(event: ClinicEvent) -> Told:
    if event.type is E.PATIENT_MERGED and event.merged_into in {None, event.patient_key}:
        raise _Malformed("/data/into: must be another patient's id")
    patient = _block(event.data, "patient")
    need = _NEED.get(event.type, ())
    return Told(
        event,
        patient=_fields(patient, _PATIENT_FIELDS, "/data/patient"),
        treatment=_part(event, "treatment", _TREATMENT_FIELDS, need=need) if event.type in TREATMENT else {},
        booking=_part(event, "booking", _BOOKING_FIELDS, need=need) if event.type in BOOKING else {},
        consents=tuple(_consents(event, patient)),
        is_revived=event.type is E.PATIENT_UPDATED and patient.get("status") == "active",
    )


def _block(data: Mapping[str, Any], name: str, pointer: str = "/data") -> Mapping[str, Any]:
    block = data.get(name)
    if block is None:
        return {}
    if not isinstance(block, Mapping):
        raise _Malformed(f"{pointer}/{name}: must be an object")
    return block


def _part(event: ClinicEvent, name: str, readers: Mapping[str, "_Reader"], *, need: Collection[str]) -> dict[str, Any]:
    block = _block(event.data, name)
    for key in ("id", *need):
        if block.get(key) in {None, ""}:
            raise _Malformed(f"/data/{name}/{key}: is required")
    return _fields(block, readers, f"/data/{name}")


def _fields(block: Mapping[str, Any], readers: Mapping[str, "_Reader"], pointer: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, read in readers.items():
        if key in block:
            try:
                value = read(block[key])
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                plain = str(error) if isinstance(error, _Malformed) else _PROBLEM.get(key, "has the wrong type")
                raise _Malformed(f"{pointer}/{key}: {plain}") from None
            if value is not ABSENT:
                found[key] = value
    return found


def _consents(event: ClinicEvent, patient: Mapping[str, Any]) -> Iterable[Consent]:
    listed = patient.get("consents") or ()
    if not isinstance(listed, (list, tuple)):
        raise _Malformed("/data/patient/consents: must be a list")
    for n, entry in enumerate(listed):
        yield _consent(event, entry, f"/data/patient/consents/{n}")
    if event.type in _CONSENT:
        yield _consent(event, event.data.get("consent"), "/data/consent")


def _consent(event: ClinicEvent, entry: Any, pointer: str) -> Consent:
    if not isinstance(entry, Mapping):
        raise _Malformed(f"{pointer}: must be an object")
    ends = event.type is E.CONSENT_WITHDRAWN
    try:
        return Consent(
            message_class=None if ends and entry["class"] == "all" else MessageClass(entry["class"]),
            channel=None if ends and entry["channel"] == "all" else Channel(entry["channel"]),
            kind=ConsentKind(entry.get("kind", ConsentKind.EXPRESS)),
            recorded_at=_act(event, entry, ends=ends),
            evidence=str(entry.get("evidence", "")),
            withdrawn=ends,
            event_row=event.row_id,
            basis_date=date.fromisoformat(entry["basis_date"]) if entry.get("basis_date") else None,
            written=entry.get("written") is True,
            wording=_text(entry.get("wording")),
            language=_text(entry.get("language")),
            actor=_text(entry.get("actor")),
            source=_text(entry.get("source")),
        )
    except (ValueError, KeyError, TypeError):
        raise _Malformed(f"{pointer}: is no consent of class, channel, kind and recorded_at") from None


def _act(event: ClinicEvent, entry: Mapping[str, Any], *, ends: bool) -> datetime:
    """When it was given or withdrawn: not after we were told, and a withdrawal not before the event that tells it."""
    given = _moment(entry["recorded_at"]) if entry.get("recorded_at") else event.time
    return min(max(given, event.time) if ends else given, event.received_at)


# How each field is read --------------------------------------------------------------------------------------------
class _Absent:
    """A field that is there but says nothing."""


ABSENT = _Absent()
_Reader = Callable[[Any], Any]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _Malformed("must be a text")
    return value


def _said(value: Any) -> Any:
    """A text that counts only if it says something: an empty name does not unmake a known one."""
    return value if _text(value).strip() else ABSENT


def _language(value: Any) -> Any:
    return _text(value).replace("_", "-")


def _zone(value: Any) -> str:
    name = _text(value)
    if name:
        find_zone(name)
    return name


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None or moment.year not in _YEARS:
        raise ValueError("naive or far off")
    return moment.astimezone(UTC)


def _moment_or_none(value: Any) -> datetime | None:
    return None if value is None else _moment(value)


def _count(value: Any) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise _Malformed("must be a whole number")
    return value


def _name_or_none(value: Any) -> str | None:
    return _text(value) or None


def _points(value: Any) -> Any:
    if value is None:
        return ABSENT
    return tuple(dict.fromkeys(_point(entry) for entry in value))


def _tags(value: Any) -> Any:
    if value is None:
        return ABSENT
    if not isinstance(value, (list, tuple)):
        raise _Malformed("must be a list of words")
    return tuple(sorted({" ".join(_text(tag).split()) for tag in value} - {""}))


def _point(entry: Any) -> ContactPoint:
    return read_contact_point(Channel(entry["channel"]), _text(entry["value"]))


_PROBLEM = {
    "time_zone": "must be an IANA time zone",
    "contact_points": "must be a list of channel (sms, email) and value",
    "performed_at": "must be a date and time with its offset",
    "starts_at": "must be a date and time with its offset",
    "answer_by": "must be a date and time with its offset",
}
_PATIENT_FIELDS: Mapping[str, _Reader] = {
    "given_name": _said,
    "family_name": _said,
    "language": _language,
    "time_zone": _zone,
    "contact_points": _points,
    "tags": _tags,
}
_TREATMENT_FIELDS: Mapping[str, _Reader] = {
    "code": _text,
    "performed_at": _moment,
    "practitioner": _text,
    "session": _count,
    "of": _count,
    "series_id": _name_or_none,
    "body_site": _text,
}
_BOOKING_FIELDS: Mapping[str, _Reader] = {
    "treatment_code": _text,
    "starts_at": _moment,
    "duration_minutes": _count,
    "practitioner": _text,
    "answer_by": _moment_or_none,
}
_NEED: Mapping[EventType, tuple[str, ...]] = {
    **dict.fromkeys(TELLING, ("code", "performed_at")),
    **dict.fromkeys(OFFERING, ("treatment_code", "starts_at")),
    E.BOOKING_MOVED: ("starts_at",),
}
