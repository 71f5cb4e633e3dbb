"""Gathers what the gate looks at, for a batch of messages, in a handful of queries."""

import fnmatch
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from followup.domain.booking import Booking, BookingState, Treatment
from followup.domain.campaign import CampaignState
from followup.domain.caps import RANK, Sent
from followup.domain.clinic import Clinic
from followup.domain.consent import Consent, Suppression
from followup.domain.enrollment import Enrollment, EnrollmentState
from followup.domain.gate import Candidate, GateFacts
from followup.domain.halt import Halt, HaltScope
from followup.domain.holidays import clinic_calendar
from followup.domain.hours import Whereabouts
from followup.domain.ids import ClinicId, EnrollmentId, MessageId, PatientId
from followup.domain.lifecycle import OPEN
from followup.domain.message import Channel, Hold, Message, MessageClass, Reason
from followup.domain.patient import Patient, PatientStatus
from followup.domain.protocol import CareProtocol, Condition, Step
from followup.domain.region import region_of
from followup.domain.series import is_open
from followup.services import own, pinned
from followup.services.context import Context
from followup.services.routing.lineup import line
from followup.services.routing.roads import Road, road
from followup.services.upkeep import budgets, live
from followup.storage import (
    addresses,
    bookings,
    consents,
    enrollments,
    holds,
    inbound,
    messages,
    patients,
    suppressions,
    treatments,
)
from followup.storage.campaigns import rows as campaigns
from followup.storage.inbound import Inbound
from followup.storage.plans import made as attempted
from followup.storage.plans import rivals
from followup.storage.plans.rivals import Rival
from followup.storage.routing import halts

_MONTH = timedelta(days=31)
#: The step of what a person on staff wrote (services/inbox/write).
_BY_STAFF = "staff_reply"
_UNCOUNTED = frozenset({MessageClass.COMPLIANCE, MessageClass.REPLY})
Pair = tuple[Channel, str]
#: Of these the gate asks the patient, the enrollment, the campaign and the mode themselves.
_LOOKED_AT = frozenset({Hold.TRIAL, Hold.PATIENT_PAUSED, Hold.ENROLLMENT_PAUSED, Hold.CAMPAIGN_PAUSED})
#: These holds stand on roads, not on the clinic.
_BY_ROAD = frozenset(HaltScope)


@dataclass(frozen=True, slots=True)
class _Clinic:
    """What was read for the messages of one clinic."""

    clinic: Clinic
    patients: Mapping[PatientId, Patient]
    enrollments: Mapping[EnrollmentId, Enrollment]
    made: Mapping[tuple[EnrollmentId, str], tuple[MessageId, ...]]
    consents: Mapping[PatientId, tuple[Consent, ...]]
    bookings: Mapping[PatientId, tuple[Booking, ...]]
    treatments: Mapping[PatientId, tuple[Treatment, ...]]
    sent: Mapping[PatientId, list[Sent]]
    pairs: Mapping[MessageId, tuple[Pair, ...]]
    suppressions: Mapping[Pair, tuple[Suppression, ...]]
    flags: Mapping[Pair, str]
    live: bool = False
    holds: tuple[Hold, ...] = ()
    problems: Mapping[Pair, str] = field(default_factory=dict)
    halts: tuple[Halt, ...] = ()
    answered: Mapping[MessageId, Inbound] = field(default_factory=dict)
    rivals: Mapping[PatientId, list[Rival]] = field(default_factory=dict)
    campaigns: Mapping[str, CampaignState] = field(default_factory=dict)
    broke: Mapping[MessageClass, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The gate's facts of a message, what its text speaks of, who can take it, and the halts that it tries."""

    facts: GateFacts
    patient: Patient | None
    treatment: Treatment | None
    roads: Mapping[Pair, Road] = field(default_factory=dict)
    tries: tuple[Halt, ...] = ()
    rivals: tuple[Rival, ...] = ()  # what else waits for the patient; the facts have it without ids
    carries: tuple[Message, ...] = ()  # messages whose text this one tells with its own
    booking: Booking | None = None  # the visit that it speaks of


def weigh(ctx: Context, conn: Connection, batch: Sequence[Message], *, lock: bool = False) -> dict[str, Weighed]:
    """What the gate looks at of each message, by its id.

    With `lock` the address rows are locked until the end of the transaction, so that a STOP either was seen here or
    waits until the start is written.
    """
    found: dict[str, Weighed] = {}
    for clinic_id in sorted({m.clinic_id for m in batch}):
        own = [m for m in batch if m.clinic_id == clinic_id]
        clinic = ctx.clinics.get(clinic_id)
        if clinic is None:
            continue
        read = _read(ctx, conn, clinic, own, lock=lock)
        for message in own:
            roads = {p: road(ctx, clinic, message, pair=p, halts=read.halts) for p in read.pairs[message.id]}
            found[message.id] = Weighed(
                _facts(ctx, conn, read, message=message, roads=roads),
                read.patients.get(message.patient_id),
                _treatment(read, message),
                roads,
                tuple(h for h in read.halts if h.probe == message.id),
                _rivals(ctx, read, message),
                booking=_booking(read, message),
            )
    return found


def _read(ctx: Context, conn: Connection, clinic: Clinic, own: Sequence[Message], *, lock: bool) -> _Clinic:
    now, who = ctx.clock.now(), sorted({m.patient_id for m in own if m.patient_id})
    people = patients.get_many(conn, clinic.id, who)
    answered = _answered(conn, own)
    pairs = {m.id: tuple(_pairs(answered.get(m.id), people.get(m.patient_id), m)) for m in own}
    every = sorted({p for some in pairs.values() for p in some})
    if lock:
        suppressions.lock(conn, clinic.id, every, shared=True)
    begun = sorted({m.enrollment_id for m in own if m.enrollment_id})
    capped = sorted({m.patient_id for m in own if m.patient_id and m.message_class not in _UNCOUNTED})
    if lock:
        rivals.lock_patients(conn, clinic.id, capped)
    outranked = sorted({m.patient_id for m in own if m.patient_id in capped and RANK[m.message_class] > 1})
    return _Clinic(
        clinic=clinic,
        patients=people,
        enrollments=enrollments.get_many(conn, begun),
        made=attempted.made(conn, begun),
        consents=consents.of(conn, clinic.id, who),
        bookings=bookings.of(conn, clinic.id, who),
        treatments=treatments.of(conn, clinic.id, who),
        sent=messages.sent_to_patients(conn, clinic.id, capped, since=now - _MONTH),
        pairs=pairs,
        suppressions=suppressions.active(conn, clinic.id, every, now, mark=ctx.signer.mark),
        flags=addresses.flags(conn, clinic.id, every),
        live=live.is_live(ctx, conn, clinic.id),
        holds=_holds(ctx, conn, clinic.id),
        problems=_problems(people.values()),
        halts=tuple(halts.standing(conn, clinic.id)),
        answered=answered,
        rivals=rivals.waiting(conn, clinic.id, outranked),
        broke=budgets.broke(conn, clinic, {m.message_class for m in own}, now=now),
        campaigns=campaigns.states(conn, sorted({m.campaign_id for m in own if m.campaign_id})),
    )


def _answered(conn: Connection, own: Iterable[Message]) -> dict[MessageId, Inbound]:
    """What a patient wrote, by the message that answers it."""
    answers = [(m, m.context) for m in own if m.enrollment_id is None and m.context is not None]
    found = ((m.id, inbound.get(conn, m.clinic_id, about)) for m, about in answers)
    return {message_id: wrote for message_id, wrote in found if wrote is not None}


def _rivals(ctx: Context, read: _Clinic, message: Message) -> tuple[Rival, ...]:
    """What else waits for this patient; what is overdue is due today."""
    now = ctx.clock.now()
    others = (r for r in read.rivals.get(message.patient_id, ()) if r[0] != message.id)
    return tuple((i, kind, max(due, now)) for i, kind, due in others)


def _pairs(answered: Inbound | None, patient: Patient | None, message: Message) -> Iterable[Pair]:
    if answered is not None:  # whoever wrote is answered where they wrote from, whoever else has that number
        yield (answered.channel, answered.from_address)
    elif patient is not None:
        by_channel = {c: [p for p in patient.contact_points if p.channel is c] for c in message.channels}
        yield from ((c, p.value) for c in message.channels for p in by_channel[c])


def _problems(people: Iterable[Patient]) -> dict[Pair, str]:
    return {
        (p.channel, p.value): p.problem or "the address is not valid"
        for who in people
        for p in who.contact_points
        if not p.valid
    }


def _holds(ctx: Context, conn: Connection, clinic_id: ClinicId) -> tuple[Hold, ...]:
    standing = (h for h in holds.standing(conn) if h["clinic_id"] in {clinic_id, "*"})
    return tuple(Hold(h["cause"]) for h in standing if h["scope"] not in _BY_ROAD and own.applies(ctx, h))


def _facts(ctx: Context, conn: Connection, read: _Clinic, *, message: Message, roads: Mapping[Pair, Road]) -> GateFacts:
    patient = read.patients.get(message.patient_id)
    enrollment = read.enrollments.get(message.enrollment_id) if message.enrollment_id else None
    protocol = pinned.protocol(ctx, conn, enrollment.protocol_key, enrollment.protocol_version) if enrollment else None
    step = next((s for s in protocol.steps if s.key == message.step_key), None) if protocol else None
    # Whoever wrote a keyword gets the one answer, however the record of the patient stands.
    about = None if message.message_class is MessageClass.COMPLIANCE else patient
    campaign = read.campaigns.get(message.campaign_id or "")
    halted = (Hold.CAMPAIGN_PAUSED,) if campaign is CampaignState.PAUSED else ()
    paused = [Hold.PATIENT_PAUSED] if about is not None and _is_paused(about, message, ctx.clock.now()) else []
    paused += [Hold.ENROLLMENT_PAUSED] if enrollment is not None and enrollment.is_paused_alone else []
    own = (message.hold,) if message.hold and message.hold not in _LOOKED_AT else ()
    return GateFacts(
        message=message,
        clinic=read.clinic,
        zone=(patient.time_zone if patient else "") or read.clinic.time_zone,
        candidates=tuple(
            _candidate(ctx, read, pair, way=roads[pair], zone=patient.time_zone if patient else "")
            for pair in read.pairs[message.id]
        ),
        calendar=clinic_calendar(read.clinic),
        holds=(*read.holds, *halted, *paused, *own),
        rests_until=about.paused_until if about is not None and about.paused is None else None,
        trial=not read.live,
        patient_status=about.status if about else PatientStatus.ACTIVE,
        source_void=_void(read, message, enrollment),
        enrollment_stopped=enrollment is not None and enrollment.state is EnrollmentState.STOPPED,
        campaign_cancelled=campaign is CampaignState.CANCELLED,
        unless=step.unless if step else frozenset(),
        only_if=step.only_if if step else frozenset(),
        true_conditions=_conditions(ctx, read, message, enrollment=enrollment, protocol=protocol, step=step),
        contacted=_contacted(read, message),
        consents=read.consents.get(message.patient_id, ()),
        sent=tuple(read.sent.get(message.patient_id, ())),
        rivals=tuple((kind, due) for _, kind, due in _rivals(ctx, read, message)),
        answers=message.id in read.answered,
        explicit_zone=bool(patient and patient.time_zone),
        jitter=timedelta(seconds=ctx.rng.uniform(0, 90)),
        broke_until=read.broke.get(message.message_class),
    )


def _is_paused(patient: Patient, message: Message, now: datetime) -> bool:
    """By staff, but for what they write themselves; by the patient for a time, but for what they asked."""
    if message.step_key == _BY_STAFF:
        return False
    until, asked = patient.paused_until, message.message_class is MessageClass.REPLY
    return patient.paused is not None or (not asked and until is not None and max(now, message.due_at) < until)


def _candidate(ctx: Context, read: _Clinic, pair: Pair, *, way: Road, zone: str) -> Candidate:
    channel, address = pair
    us = channel is Channel.SMS and region_of(address) == "US"
    hours = read.clinic.us_hours if read.clinic.us_enabled else None
    problem = read.problems.get(pair) or read.flags.get(pair, "")
    if read.live and all(one.name == "echo" for one in line(ctx, channel)):
        problem = f"no provider of {channel} is set up"  # what is printed would count as sent
    if not problem and us and hours is None:
        problem = Reason.US_DISABLED.value
    return Candidate(
        channel=channel,
        address=address,
        problem=problem,
        hold=way.hold,
        until=way.until,
        suppressions=read.suppressions.get(pair, ()),
        us=us,
        further=Whereabouts.of(zone, read.clinic.time_zone, address if channel is Channel.SMS else "").further,
        terms=hours.terms(address) if us and hours is not None else None,
        trial_allowed=any(fnmatch.fnmatchcase(address, glob) for glob in ctx.settings.trial_allow),
    )


def _treatment(read: _Clinic, message: Message) -> Treatment | None:
    enrollment = read.enrollments.get(message.enrollment_id) if message.enrollment_id else None
    return next(
        (t for t in read.treatments.get(message.patient_id, ()) if enrollment and t.id == enrollment.source_id), None
    )


def _booking(read: _Clinic, message: Message) -> Booking | None:
    visits = read.bookings.get(message.patient_id, ())
    return next((b for b in visits if message.booking_id is not None and b.id == message.booking_id), None)


def _void(read: _Clinic, message: Message, enrollment: Enrollment | None) -> bool:
    if enrollment is None:
        return False
    if enrollment.source_kind == "treatment":
        source = next((t for t in read.treatments.get(message.patient_id, ()) if t.id == enrollment.source_id), None)
        return source is None or source.voided
    visit = next((b for b in read.bookings.get(message.patient_id, ()) if b.id == enrollment.source_id), None)
    return visit is None or visit.state not in {BookingState.BOOKED, BookingState.ATTENDED}


def _conditions(
    ctx: Context,
    read: _Clinic,
    message: Message,
    *,
    enrollment: Enrollment | None,
    protocol: CareProtocol | None,
    step: Step | None,
) -> frozenset[Condition]:
    if enrollment is None or protocol is None or step is None or not (step.unless or step.only_if):
        return frozenset()
    now = max(ctx.clock.now(), message.due_at)  # for what is foreseen: as it will be when it is due
    booked = [
        b
        for b in read.bookings.get(message.patient_id, ())
        if b.is_future(now) and b.treatment_code in protocol.treatment_codes
    ]
    open_now = is_open(
        protocol, read.treatments.get(message.patient_id, ()), booked, source_id=enrollment.source_id, now=now
    )
    series = Condition.SERIES_OPEN if open_now else Condition.SERIES_CLOSED
    return frozenset({series, Condition.FUTURE_BOOKING} if booked else {series})


def _contacted(read: _Clinic, message: Message) -> bool:
    if message.enrollment_id is None:
        return False
    made = read.made.get((message.enrollment_id, message.step_key), ())
    return any(other not in {message.id, message.follows} for other in made)


def still_open(batch: Iterable[Message]) -> list[Message]:
    """Those whose gate still has a say."""
    return [m for m in batch if m.state in OPEN]
