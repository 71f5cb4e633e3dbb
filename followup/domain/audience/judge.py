"""Judge: whether one person is in an audience, and which clause decided; pure, and the measure of the SQL."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from followup.domain.audience.audience import Audience
from followup.domain.audience.clause import (
    AllOf,
    AnyOf,
    Clause,
    Consented,
    Enrolled,
    Everybody,
    FutureBooking,
    InSeries,
    LastVisit,
    Listed,
    NotOf,
    SeriesState,
    Speaks,
    Tagged,
    Treated,
    Uploaded,
)
from followup.domain.audience.person import Person, Setting
from followup.domain.booking import Booking, BookingState, Treatment
from followup.domain.consent import Allowed
from followup.domain.consent import verdict as weigh_consent
from followup.domain.message import Channel
from followup.domain.patient import PatientStatus
from followup.domain.protocol import CareProtocol
from followup.domain.region import region_of
from followup.domain.series import group
from followup.domain.window import to_local


@dataclass(frozen=True, slots=True)
class Said:
    """What one clause says of the person: where it stands, whether it holds, and why in plain words."""

    at: str
    holds: bool
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Chosen or not, the clause that decided, and what every clause said in the order of the file."""

    chosen: bool
    why: Said
    said: tuple[Said, ...]


def matches(audience: Audience, person: Person, setting: Setting) -> Verdict:
    """The verdict on one person; the clauses of saved segments must have been put in (`expand`)."""
    if person.patient.status is not PatientStatus.ACTIVE:
        gone = Said("/", holds=False, text=f"the patient is {person.patient.status}")
        return Verdict(chosen=False, why=gone, said=(gone,))
    said: list[Said] = []
    why = _judge(audience.root, person, setting, said=said)
    return Verdict(why.holds, why, tuple(said))


def _judge(clause: Clause, person: Person, setting: Setting, *, said: list[Said]) -> Said:
    match clause:
        case AllOf(parts=parts):
            inner = [_judge(part, person, setting, said=said) for part in parts]
            failed = next((one for one in inner if not one.holds), None)
            return failed or _together(clause, inner, "every clause holds")
        case AnyOf(parts=parts):
            inner = [_judge(part, person, setting, said=said) for part in parts]
            kept = next((one for one in inner if one.holds), None)
            return kept or _together(clause, inner, "none of its clauses holds")
        case NotOf(part=part):
            turned = _judge(part, person, setting, said=said)
            return Said(turned.at, not turned.holds, f"unwanted: {turned.text}" if turned.holds else turned.text)
    held, text = _ASKED[type(clause)](clause, person, setting)
    said.append(Said(clause.at, held, text))
    return said[-1]


def _together(clause: Clause, inner: Sequence[Said], text: str) -> Said:
    if len(inner) == 1:
        return inner[0]
    return Said(clause.at, isinstance(clause, AllOf), text)


def _everybody(_clause: Everybody, _person: Person, _setting: Setting) -> tuple[bool, str]:
    return True, "everybody is chosen"


def _treated(clause: Treated, person: Person, setting: Setting) -> tuple[bool, str]:
    span = clause.when.span(setting.now, setting.clinic.time_zone)
    own = [t for t in person.treatments if not t.voided]
    right = [t for t in own if _is_one_of(t.code, clause.codes) and _is_one_of(t.practitioner, clause.practitioners)]
    timely = [t for t in right if span.holds(t.performed_at)]
    if timely:
        last = max(timely, key=lambda t: t.performed_at)
        return True, f"treated with {last.code} on {_day(last.performed_at, setting)}"
    if right:
        last = max(right, key=lambda t: t.performed_at)
        return False, f"treated with {last.code} last on {_day(last.performed_at, setting)}, which is outside the time"
    return False, "had other treatments only" if own else "had no treatment"


def _last_visit(clause: LastVisit, person: Person, setting: Setting) -> tuple[bool, str]:
    last = max(_visits(person), default=None)
    if last is None:
        return False, "was never here"
    held = clause.when.span(setting.now, setting.clinic.time_zone).holds(last)
    return held, f"was here last on {_day(last, setting)}{'' if held else ', which is outside the time'}"


def _visits(person: Person) -> Iterator[datetime]:
    yield from (t.performed_at for t in person.treatments if not t.voided)
    yield from (b.starts_at for b in person.bookings if b.state is BookingState.ATTENDED)


def _in_series(clause: InSeries, person: Person, setting: Setting) -> tuple[bool, str]:
    named = [p for key, p in setting.protocols.items() if _is_one_of(key, clause.protocols)]
    if not named:
        return False, "there is no such protocol"
    states = [_series(p, person.treatments, person.bookings, now=setting.now) for p in named]
    found = next((s for s in (SeriesState.OPEN, SeriesState.DONE) if s in states), SeriesState.NONE)
    words = {SeriesState.OPEN: "a series is open", SeriesState.DONE: "the series is done"}
    return found is clause.state, words.get(found, "there is no series")


def _series(
    protocol: CareProtocol, treatments: Sequence[Treatment], bookings: Sequence[Booking], *, now: datetime
) -> SeriesState:
    courses = group(protocol, treatments)
    if any(one.is_open(protocol, bookings, now) for one in courses):
        return SeriesState.OPEN
    return SeriesState.DONE if courses else SeriesState.NONE


def _future_booking(clause: FutureBooking, person: Person, setting: Setting) -> tuple[bool, str]:
    ahead = [b for b in person.bookings if b.is_future(setting.now) and _is_one_of(b.treatment_code, clause.codes)]
    text = f"has a visit ahead on {_day(ahead[0].starts_at, setting)}" if ahead else "has no such visit ahead"
    return bool(ahead) is clause.exists, text


def _consented(clause: Consented, person: Person, setting: Setting) -> tuple[bool, str]:
    channels = (clause.channel,) if clause.channel else tuple(Channel)
    said = [
        weigh_consent(
            person.consents,
            clause.message_class,
            channel,
            clinic=setting.clinic,
            now=setting.now,
            us=_is_american(person, channel),
        )
        for channel in channels
    ]
    allowed = next((v for v in said if isinstance(v, Allowed)), None)
    if allowed is not None:
        return True, allowed.basis
    return False, "; ".join(dict.fromkeys(v.reason for v in said if not isinstance(v, Allowed)))


def _is_american(person: Person, channel: Channel) -> bool:
    own = [p for p in person.patient.contact_points if p.channel is channel and p.valid]
    return channel is Channel.SMS and bool(own) and region_of(own[0].value) == "US"


def _speaks(clause: Speaks, person: Person, setting: Setting) -> tuple[bool, str]:
    own = person.patient.language or setting.clinic.languages[0]
    held = any(is_language(own, wanted) for wanted in clause.languages)
    return held, f"the language is {own}" + ("" if person.patient.language else ", the clinic's own")


def is_language(own: str, wanted: str) -> bool:
    """True if `own` is the wanted language or, where that has no region, one of its kinds."""
    mine, asked = own.lower(), wanted.lower()
    return mine == asked or mine.startswith(f"{asked}-")


def _enrolled(clause: Enrolled, person: Person, setting: Setting) -> tuple[bool, str]:
    span = clause.when.span(setting.now, setting.clinic.time_zone)
    right = [
        e
        for e in person.enrollments
        if _is_one_of(e.protocol_key, clause.protocols) and _is_one_of(e.state, clause.states)
    ]
    timely = [e for e in right if span.holds(e.anchor_at)]
    if timely:
        return True, f"enrolled in {timely[-1].protocol_key} from {_day(timely[-1].anchor_at, setting)}"
    return False, "the enrollment is outside the time" if right else "has no such enrollment"


def _tagged(clause: Tagged, person: Person, _setting: Setting) -> tuple[bool, str]:
    own = [tag for tag in clause.tags if tag in person.patient.tags]
    return bool(own), f"is tagged {own[0]}" if own else "has none of the tags"


def _listed(clause: Listed, person: Person, _setting: Setting) -> tuple[bool, str]:
    held = person.patient.id in clause.patients
    return held, "is named" if held else "is not among those named"


def _uploaded(clause: Uploaded, person: Person, _setting: Setting) -> tuple[bool, str]:
    held = clause.upload in person.uploads
    return held, "stands in the list" if held else "does not stand in the list"


def _is_one_of(value: str, wanted: Sequence[str]) -> bool:
    return not wanted or value in wanted


def _day(moment: datetime, setting: Setting) -> str:
    return to_local(moment, setting.clinic.time_zone).date().isoformat()


_ASKED: dict[type, Callable[[Any, Person, Setting], tuple[bool, str]]] = {
    Everybody: _everybody,
    Treated: _treated,
    LastVisit: _last_visit,
    InSeries: _in_series,
    FutureBooking: _future_booking,
    Consented: _consented,
    Speaks: _speaks,
    Enrolled: _enrolled,
    Tagged: _tagged,
    Listed: _listed,
    Uploaded: _uploaded,
}
