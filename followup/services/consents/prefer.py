"""Prefer: a patient says on the page behind a link what they want, over which channel, in which language, or a pause.

Each change is in effect when the answer goes out: an entry of the ledger, a suppression, the language, or a pause.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from followup.content.values import long_date
from followup.domain.clinic import Clinic
from followup.domain.consent import OWN_PAGE, Allowed, Consent, Suppression, SuppressionReason, verdict
from followup.domain.event import PATIENT_SOURCE, EventType
from followup.domain.ids import MessageId
from followup.domain.message import Channel, MessageClass
from followup.domain.patient import Patient, PatientStatus
from followup.domain.region import region_of
from followup.domain.window import to_local
from followup.services import control, permit, record
from followup.services.consents import enter
from followup.services.context import Context
from followup.services.links import LinkKind, find_link
from followup.services.record import Caller
from followup.storage import attempts, audit, consents, messages, patients, suppressions

Pick = tuple[MessageClass, Channel]
#: What a patient may choose, in the order of the page.
CLASSES = (MessageClass.CARE, MessageClass.CHECKIN, MessageClass.TRANSACTIONAL, MessageClass.PROMO)
PAUSE = timedelta(days=30)
#: Version of the words by which the page asks for a consent; it changes with them.
WORDING = "preferences page 1"


@dataclass(frozen=True, slots=True)
class Way:
    """One channel: what may be chosen over it and is on; or why nothing goes over it."""

    channel: Channel
    offered: tuple[MessageClass, ...]
    on: frozenset[MessageClass]
    stopped: tuple[SuppressionReason, ...] = ()  # nothing goes to any of its addresses
    liftable: bool = False  # the one who holds this link stopped it, and may want it again


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the page shows; no name, number or address is in it."""

    clinic: Clinic
    language: str
    ways: tuple[Way, ...]
    paused_until: datetime | None

    def paused_words(self, language: str) -> str:
        """The clinic's day on which the patient's own pause ends, in words; empty without a pause."""
        if self.paused_until is None:
            return ""
        return long_date(to_local(self.paused_until, self.clinic.time_zone).date(), language)


@dataclass(frozen=True, slots=True)
class Wish:
    """What was sent from the page: the boxes as they are, as they were when it was shown, and what else is wanted."""

    on: frozenset[Pick] = frozenset()
    shown: frozenset[Pick] = frozenset()
    language: str = ""
    again: frozenset[Channel] = frozenset()


@dataclass(frozen=True, slots=True)
class _Known:
    """Whom a token speaks for, and to which address it went."""

    clinic: Clinic
    patient: Patient
    message_id: MessageId
    channel: Channel
    address: str
    ledger: tuple[Consent, ...]
    standing: dict[tuple[Channel, str], tuple[Suppression, ...]]


def read(ctx: Context, token: str) -> Preferences | None:
    """What the patient behind the link gets now; None if it is unknown, too old, or nobody may choose any more."""
    with ctx.db.reading() as conn:
        known = _behind(ctx, conn, token)
    return _shown(ctx, known) if known else None


def save(ctx: Context, token: str, wish: Wish) -> bool:
    """Do what was wished, in one transaction; only what differs from what was shown is changed. False: see `read`."""
    with ctx.db.transaction() as conn:
        known = _behind(ctx, conn, token)
        if known is None:
            return False
        did = [x for act in (_lift, _boxes, _language) for x in act(ctx, conn, known, wish=wish)]
        _note(ctx, conn, known, action="preferences.saved", did=did)
        return True


def pause(ctx: Context, token: str) -> bool:
    """Nothing for 30 days from now; it ends by itself. False: see `read`."""
    with ctx.db.transaction() as conn:
        known = _behind(ctx, conn, token)
        if known is not None:
            control.own_pause(ctx, conn, known.patient, until=ctx.clock.now() + PAUSE)
        return known is not None


def resume(ctx: Context, token: str) -> bool:
    """End the patient's own pause; what staff paused stays so. False: see `read`."""
    with ctx.db.transaction() as conn:
        known = _behind(ctx, conn, token)
        if known is not None:
            control.end_own_pause(ctx, conn, known.patient, by="patient")
        return known is not None


def stop(ctx: Context, token: str) -> bool:
    """Nothing more of any class over any channel, and to none of the patient's addresses. False: see `read`."""
    with ctx.db.transaction() as conn:
        known = _behind(ctx, conn, token)
        if known is None:
            return False
        for channel, address in _addresses(known.patient):
            permit.suppress(
                ctx, conn, clinic_id=known.clinic.id, channel=channel, address=address,
                reason=SuppressionReason.OPT_OUT, source=f"page {known.message_id}", actor="patient",
            )  # fmt: skip
        _enter(ctx, conn, known, withdrawn=True)
        _note(ctx, conn, known, action="preferences.stopped", did=["all"])
        return True


# Who it is ---------------------------------------------------------------------------------------------------------
def _behind(ctx: Context, conn: Connection, token: str) -> _Known | None:
    link = find_link(ctx, conn, LinkKind.PREFERENCES, token)
    clinic = ctx.clinics.get(link.clinic_id) if link else None
    message_id = MessageId(link.subject) if link else MessageId("")
    message = messages.get(conn, clinic.id, message_id) if clinic else None
    attempt = attempts.latest(conn, [message_id]).get(message_id)
    if clinic is None or message is None or attempt is None:
        return None
    patient = patients.get(conn, clinic.id, message.patient_id)
    if patient is not None and patient.merged_into is not None:
        patient = patients.get(conn, clinic.id, patient.merged_into)
    if patient is None or patient.status is not PatientStatus.ACTIVE:
        return None
    return _Known(
        clinic, patient, message_id, Channel(attempt["channel"]), str(attempt["address"]),
        consents.of(conn, clinic.id, [patient.id])[patient.id],
        suppressions.active(conn, clinic.id, _addresses(patient), ctx.clock.now(), mark=ctx.signer.mark),
    )  # fmt: skip


def _addresses(patient: Patient) -> list[tuple[Channel, str]]:
    return [(p.channel, p.value) for p in patient.contact_points if p.valid]


def _shown(ctx: Context, known: _Known) -> Preferences:
    reached = {channel for channel, _ in _addresses(known.patient)}
    until = known.patient.paused_until
    return Preferences(
        clinic=known.clinic,
        language=known.patient.language or known.clinic.languages[0],
        ways=tuple(_way(ctx, known, channel) for channel in Channel if channel in reached),
        paused_until=until if until is not None and until > ctx.clock.now() else None,
    )


def _way(ctx: Context, known: _Known, channel: Channel) -> Way:
    own = [pair for pair in _addresses(known.patient) if pair[0] is channel]
    against = [[s for s in known.standing.get(pair, ()) if s.scope is None] for pair in own]
    stopped = tuple(sorted({s.reason for some in against for s in some})) if all(against) else ()
    here = known.standing.get((known.channel, known.address), ()) if known.channel is channel else ()
    liftable = bool(stopped) and {s.reason for s in here if s.scope is None} == {SuppressionReason.OPT_OUT}
    offered = tuple(kind for kind in CLASSES if _is_offered(known, kind, own))
    on = frozenset(kind for kind in offered if _is_on(ctx, known, kind, own=own))
    return Way(channel, offered, on, stopped, liftable)


def _is_offered(known: _Known, kind: MessageClass, own: Iterable[tuple[Channel, str]]) -> bool:
    """Not where a tick would change nothing: a class stopped by others, promotion that must be agreed to in writing."""
    if kind is MessageClass.PROMO and any(_is_us(*pair) for pair in own) and known.clinic.us_promo_written:
        return False
    return not any(s.scope is not None and s.covers(kind) for pair in own for s in known.standing.get(pair, ()))


def _is_us(channel: Channel, address: str) -> bool:
    return channel is Channel.SMS and region_of(address) == "US"


def _is_on(ctx: Context, known: _Known, kind: MessageClass, *, own: list[tuple[Channel, str]]) -> bool:
    us = any(_is_us(*pair) for pair in own)
    said = verdict(known.ledger, kind, own[0][0], clinic=known.clinic, now=ctx.clock.now(), us=us)
    return isinstance(said, Allowed)


# What is done ------------------------------------------------------------------------------------------------------
def _boxes(ctx: Context, conn: Connection, known: _Known, *, wish: Wish) -> Iterator[str]:
    """A box that was changed is an act of the patient: express consent where it was ticked, else a withdrawal."""
    ways = {way.channel: way for way in _shown(ctx, known).ways}
    for kind, channel in sorted(wish.on ^ wish.shown):
        way = ways.get(channel)
        if way is None or kind not in way.offered or way.stopped:
            continue
        ticked = (kind, channel) in wish.on
        _enter(ctx, conn, known, what=(kind, channel), withdrawn=not ticked)
        yield f"{'+' if ticked else '-'}{kind}:{channel}"


def _lift(ctx: Context, conn: Connection, known: _Known, *, wish: Wish) -> Iterator[str]:
    """A STOP ends by a statement of its own, by whoever holds a link that went to the very address, and for it alone.

    Promotion does not come back with it: that is asked for by itself.
    """
    ways = {way.channel: way for way in _shown(ctx, known).ways}
    for channel in sorted(wish.again):
        if channel not in ways or not ways[channel].liftable:
            continue
        suppressions.release(
            conn, clinic_id=known.clinic.id, channel=channel, address=known.address,
            reasons=(SuppressionReason.OPT_OUT,), now=ctx.clock.now(), by="patient", mark=ctx.signer.mark,
        )  # fmt: skip
        for kind in CLASSES:
            if kind is not MessageClass.PROMO:
                _enter(ctx, conn, known, what=(kind, channel), withdrawn=False)
        yield f"again:{channel}"


def _language(ctx: Context, conn: Connection, known: _Known, *, wish: Wish) -> Iterator[str]:
    """The patient's own choice, which what the clinic's system says again and again does not take back."""
    if wish.language not in known.clinic.languages or wish.language == known.patient.language:
        return
    body = {
        "specversion": "1.0",
        "type": EventType.PATIENT_UPDATED.value,
        "source": PATIENT_SOURCE,
        "id": ctx.ids.new("act"),
        "time": ctx.clock.now().isoformat(),
        "data": {"clinic": known.clinic.id, "patient": {"id": known.patient.id, "language": wish.language}},
    }
    record.accept_within(ctx, conn, body, caller=Caller(known.clinic.id))
    yield f"language:{wish.language}"


def _enter(
    ctx: Context,
    conn: Connection,
    known: _Known,
    *,
    withdrawn: bool,
    what: Pick | None = None,
) -> None:
    """Without `what` it is about every class over every channel."""
    act = enter.Act(
        message_class=what[0] if what else None,
        channel=what[1] if what else None,
        evidence=f"{OWN_PAGE}, link of {known.message_id}, act {ctx.ids.new('act')}",
        wording=WORDING,
        language=known.patient.language,
        source=OWN_PAGE,
    )
    enter.take_down(
        ctx, conn, known.patient, act=act, by="patient", withdrawn=withdrawn, source=PATIENT_SOURCE
    )  # fmt: skip


def _note(ctx: Context, conn: Connection, known: _Known, *, action: str, did: list[str]) -> None:
    audit.append(
        conn, at=ctx.clock.now(), clinic_id=known.clinic.id, actor="patient", action=action,
        subject=known.message_id, patient_id=known.patient.id, detail={"did": did},
    )  # fmt: skip
