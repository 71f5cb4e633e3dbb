"""Read-only views: a patient's timeline, a message's biography, lists. Nothing here changes a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from followup.domain.booking import Booking
from followup.domain.consent import Suppression
from followup.domain.enrollment import Enrollment
from followup.domain.errors import InvalidInput, NotFound
from followup.domain.escalation import Escalation, EscalationState
from followup.domain.event import ClinicEvent
from followup.domain.gate import Check, Over
from followup.domain.ids import ClinicId, MessageId, PatientId
from followup.domain.lifecycle import OPEN
from followup.domain.message import Channel, Hold, Message, MessageState
from followup.domain.patient import Patient
from followup.services.context import Context
from followup.services.reading import unplanned, words
from followup.services.reading.foresee import Foreseen, foresee
from followup.services.reading.unplanned import Unplanned
from followup.services.weigh import weigh
from followup.storage import (
    addresses,
    attempts,
    enrollments,
    escalations,
    events,
    inbound,
    patients,
    receipts,
    suppressions,
)
from followup.storage import bookings as visits
from followup.storage import messages as rows
from followup.storage.inbound import Inbound
from followup.storage.machine import waiting
from followup.storage.plans import ends

Pair = tuple[Channel, str]
#: Where a state is asked for: what waits for the end of a hold.
HELD = "held"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a message ended, or how far it has come, with the checks that stopped it."""

    at: datetime
    words: str
    checks: tuple[Check, ...] = ()
    over: tuple[Over, ...] = ()  # the ways that were passed over


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline: what the gate would say of a message that is open, else how it ended."""

    message: Message
    zone: str
    foreseen: Foreseen | None = None
    ended: Ended | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A patient with everything that went, goes or will not go out, by due time."""

    patient: Patient
    zone: str
    enrollments: tuple[Enrollment, ...]
    entries: tuple[Entry, ...]
    escalations: tuple[Escalation, ...]
    replies: tuple[Inbound, ...]
    unplanned: tuple[Unplanned, ...] = ()
    bookings: tuple[Booking, ...] = ()  # by start
    suppressions: Mapping[Pair, tuple[Suppression, ...]] = field(default_factory=dict)  # in force, by contact point
    flags: Mapping[Pair, str] = field(default_factory=dict)  # why a contact point must be verified before it is used
    is_known: bool = True  # False: events name this patient, and none of them could be planned

    @property
    def is_reachable(self) -> bool:
        """True if at least one contact point is valid."""
        return any(p.valid for p in self.patient.contact_points)


@dataclass(frozen=True, slots=True)
class Biography:
    """Everything about one message: event, rule, text version, gates, attempts, receipts, replies."""

    entry: Entry
    enrollment: Enrollment | None
    event: ClinicEvent | None
    history: tuple[Mapping[str, Any], ...]
    attempts: tuple[Mapping[str, Any], ...]
    receipts: tuple[Mapping[str, Any], ...]
    replies: tuple[Inbound, ...]


def timeline(ctx: Context, clinic_id: ClinicId, patient_id: PatientId) -> Timeline:
    """A patient's past and coming contacts with the current verdict of each gate; raises NotFound."""
    with ctx.db.reading() as conn:
        patient, stuck = patients.get(conn, clinic_id, patient_id), unplanned.about(conn, clinic_id, patient_id)
        if patient is None and not stuck:
            raise NotFound(f"no patient with this id in clinic {clinic_id}", cure="check the id in the clinic's system")
        is_known, patient = patient is not None, patient or Patient(clinic_id, patient_id, "", "", "", "")
        found = rows.of_patient(conn, clinic_id, patient_id)
        points = [(p.channel, p.value) for p in patient.contact_points]
        open_now = (EscalationState.OPEN, EscalationState.ACKNOWLEDGED)
        return Timeline(
            patient=patient,
            zone=patient.time_zone or ctx.clinics.need(clinic_id).time_zone,
            enrollments=tuple(enrollments.of(conn, clinic_id, [patient_id])),
            entries=tuple(_entries(ctx, conn, found)),
            escalations=tuple(escalations.listing(conn, clinic_id, states=open_now, patient_id=patient_id)),
            replies=tuple(inbound.of_patient(conn, clinic_id, patient_id)),
            unplanned=stuck,
            bookings=visits.of(conn, clinic_id, [patient_id])[patient_id],
            is_known=is_known,
            suppressions=suppressions.active(conn, clinic_id, points, ctx.clock.now(), mark=ctx.signer.mark),
            flags=addresses.flags(conn, clinic_id, points),
        )


def _entries(ctx: Context, conn: Connection, found: Sequence[Message]) -> list[Entry]:
    weighed = weigh(ctx, conn, [m for m in found if m.state in OPEN])
    last = ends.last_rows(conn, [m.id for m in found if m.state not in OPEN])
    zones = _zones(ctx, conn, found)
    return [
        Entry(
            m,
            zones[m.clinic_id, m.patient_id],
            foresee(ctx, conn, weighed[m.id]) if m.id in weighed else None,
            _ended(ctx, m, last[m.id], zone=zones[m.clinic_id, m.patient_id]) if m.id in last else None,
        )
        for m in found
    ]


def _zones(ctx: Context, conn: Connection, found: Sequence[Message]) -> dict[tuple[ClinicId, PatientId], str]:
    """By which zone each patient's times are shown."""
    zones: dict[tuple[ClinicId, PatientId], str] = {}
    for clinic_id in {m.clinic_id for m in found}:
        who = sorted({m.patient_id for m in found if m.clinic_id == clinic_id})
        own, home = patients.get_many(conn, clinic_id, who), ctx.clinics.need(clinic_id).time_zone
        zones |= {(clinic_id, i): (own[i].time_zone if i in own else "") or home for i in who}
    return zones


def _ended(ctx: Context, message: Message, row: Mapping[str, Any], *, zone: str) -> Ended:
    detail = row["detail"] or {}
    over = tuple(Over(Channel(c), Check(rule, False, *why)) for c, rule, *why in detail.get("over", ()))
    told = words.ended(message, row, zone=zone, now=ctx.clock.now(), over=over)
    return Ended(row["at"], told, tuple(Check(*one) for one in detail.get("checks", ())), over)


def biography(ctx: Context, clinic_id: ClinicId, message_id: MessageId) -> Biography:
    """Everything about one message of this clinic; raises NotFound."""
    with ctx.db.reading() as conn:
        message = rows.get(conn, clinic_id, message_id)
        if message is None:
            raise NotFound(f"no message {message_id} in clinic {clinic_id}", cure="see `followup message list`")
        enrollment = enrollments.get(conn, clinic_id, message.enrollment_id) if message.enrollment_id else None
        return Biography(
            entry=_entries(ctx, conn, [message])[0],
            enrollment=enrollment,
            event=events.get(conn, enrollment.event_row) if enrollment else None,
            history=tuple(rows.history(conn, message_id)),
            attempts=tuple(attempts.of_message(conn, message_id)),
            receipts=tuple(receipts.of_message(conn, message_id)),
            replies=tuple(_replies(conn, message)),
        )


def _replies(conn: Connection, message: Message) -> list[Inbound]:
    """What answers this message; where nobody could tell, what came before the next one that went to the patient."""
    if not message.patient_id:
        return []
    starts = sorted(rows.starts_of_patient(conn, message.clinic_id, message.patient_id))
    own = [at for at, of in starts if of == message.id]
    if not own:
        return []
    following = min((at for at, of in starts if at > own[-1] and of != message.id), default=None)
    wrote = inbound.of_patient(conn, message.clinic_id, message.patient_id)
    after = [w for w in wrote if w.received_at >= own[0] and (following is None or w.received_at < following)]
    return [w for w in wrote if w.context == message.id or (w in after and w.context is None)]


def messages(
    ctx: Context,
    clinic_id: ClinicId,
    *,
    patient: str | None = None,
    campaign: str | None = None,
    state: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> tuple[list[Message], str | None]:
    """A page of messages by due time and the cursor of the next page; raises InvalidInput for a bad state or cursor.

    `held` is no state of its own: it means what waits for the end of a hold.
    """
    if state is not None and state not in {*MessageState, HELD}:
        raise InvalidInput(f"no state {state!r}", cure=f"one of {', '.join((*MessageState, HELD))}")
    after = _read_cursor(cursor) if cursor else None
    with ctx.db.reading() as conn:
        page = rows.page(
            conn, clinic_id, patient=patient, campaign=campaign, state=None if state == HELD else state,
            held=state == HELD, after=after, limit=limit + 1,
        )  # fmt: skip
    more = f"{page[limit - 1].due_at.isoformat()}~{page[limit - 1].id}" if len(page) > limit else None
    return page[:limit], more


def held(ctx: Context, clinic_id: ClinicId) -> dict[Hold, int]:
    """How many messages of a clinic wait for the end of each hold."""
    with ctx.db.reading() as conn:
        return waiting.count_held(conn, clinic_id)


def unknown_receipts(ctx: Context, *, limit: int) -> Sequence[Mapping[str, Any]]:
    """What providers told of messages that this installation does not have, newest first."""
    with ctx.db.reading() as conn:
        return receipts.unknown(conn, limit)


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    moment, _, last = cursor.partition("~")
    try:
        due = datetime.fromisoformat(moment)
    except ValueError:
        raise InvalidInput("the cursor is not one of ours", cure="take it from the page before") from None
    if due.tzinfo is None or not last:
        raise InvalidInput("the cursor is not one of ours", cure="take it from the page before")
    return due, last
