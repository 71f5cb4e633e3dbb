"""Answer: what a patient writes is stored once; STOP, START and HELP act at once, all else is read by a person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy.engine import Connection

from followup.domain.booking import BookingState
from followup.domain.clinic import Clinic
from followup.domain.consent import SuppressionReason
from followup.domain.errors import Forbidden, NotFound
from followup.domain.escalation import EscalationKind
from followup.domain.ids import MessageId, PatientId
from followup.domain.inbound import (
    InboundMessage,
    Keyword,
    KeywordHit,
    Saying,
    keyword,
    normalise,
    revocation,
    wrong_number,
)
from followup.domain.message import Channel, Message, MessageClass, MessageState
from followup.domain.patient import Patient
from followup.ports import HookRequest
from followup.services import permit
from followup.services.context import Context
from followup.services.escalate import raise_to_staff
from followup.services.routing.lineup import everyone, named, senders_of
from followup.storage import bookings, inbound, messages, patients
from followup.storage.inbound import Inbound
from followup.storage.mail import mailboxes

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
#: Facts 0.3: two machines that answer each other stop after five answers in ten minutes.
_MOST_ANSWERS, _LOOP = 5, timedelta(minutes=10)
#: An answer that comes later than this is no answer any more; the law gives a confirmation five minutes.
_ANSWER_LIFE, _CONFIRMATION_LIFE = timedelta(hours=1), timedelta(minutes=5)
_WRONG = "wrong_number"
_TEMPLATES = {
    Keyword.STOP.value: "system/stop-confirmation",
    Keyword.START.value: "system/start-confirmation",
    Keyword.HELP.value: "system/help",
    _WRONG: "system/wrong-number",
}
#: Some carriers take these for START; they answer a question of ours and lift nothing.
_YES = frozenset({"yes", "y", "yep", "ok", "oui", "o", "si"})
_SHORT_CODE = re.compile(r"\d{3,6}")
_PENDING = frozenset({BookingState.OFFERED, BookingState.CHANGE_ASKED, BookingState.BOOKED})
#: Words that people also write when they mean their visit (facts 1.12).
_MEANS_A_VISIT = frozenset({"cancel", "end"})


@dataclass(frozen=True, slots=True)
class _Arrived:
    """An inbound message with whom it concerns: the first clinic keeps it, a keyword acts in all of them."""

    message: InboundMessage
    clinics: Sequence[Clinic]
    people: Sequence[Patient]
    hit: KeywordHit | None
    from_patient: bool  # false for short codes and for our own numbers
    addresses: Sequence[str]  # that of the sender, in every spelling that is recorded
    said: Saying | None = None  # the phrase in which a STOP was heard
    misdial: Saying | None = None  # the phrase that says we reach the wrong person

    @property
    def clinic(self) -> Clinic:
        return self.clinics[0]


def take_inbound(ctx: Context, request: HookRequest, *, by: str = "") -> None:
    """Store a provider's inbound message and act on it in one transaction; delivered again it changes nothing.

    `by` names the provider, else it is the first choice. Raises Forbidden for a bad signature or a provider without an
    account; nothing changes then.
    """
    provider = named(ctx, Channel.SMS, by)
    if provider is None or not provider.verify(request):
        raise Forbidden("the call-back's signature is wrong")
    message = provider.read_inbound(request, ctx.clock.now())
    if message is None:
        return
    service = next((value for name, value in request.form if name == "MessagingServiceSid"), "")
    with ctx.db.transaction() as conn:
        if inbound.known(conn, message):
            return
        arrived = _arrived(ctx, conn, message, service=service)
        if arrived.hit is not None and not provider.answers_keywords:
            arrived = replace(arrived, hit=replace(arrived.hit, carrier_answers=False))
        row = _row(ctx, arrived)
        if inbound.add(conn, row):
            _act(ctx, conn, arrived, row=row)


def _arrived(ctx: Context, conn: Connection, message: InboundMessage, *, service: str) -> _Arrived:
    everybody = patients.by_address(conn, message.channel, message.from_address)
    clinics = _clinics(ctx, {message.to_address, service} - {""}, everybody)
    ours = {one.sender for one in everyone(ctx)}.union(*map(senders_of, ctx.clinics.all()))
    hit = _hit(message, clinics[0], service=service)
    said = None if hit else revocation(message.text)
    return _Arrived(
        message=message,
        clinics=clinics,
        people=[p for p in everybody if p.clinic_id == clinics[0].id],
        hit=hit or (_as_stop(said) if said else None),
        said=said,
        misdial=None if hit else wrong_number(message.text, names=_names(everybody)),
        from_patient=bool(_NUMBER.fullmatch(message.from_address)) and message.from_address not in ours,
        addresses=(message.from_address,),
    )


def take_letter(
    ctx: Context, conn: Connection, letter: InboundMessage, *, hit: KeywordHit | None, reads: bool
) -> str | None:
    """Store what somebody wrote by e-mail and act on it in the caller's transaction; its id, or None if it came before.

    A `hit` stops mail to its sender; `reads` asks a person to read it. No machine ever answers a mail (facts 4.6).
    """
    if inbound.known(conn, letter):
        return None
    arrived = _arrived_by_mail(ctx, conn, letter, hit=hit)
    row = _row(ctx, arrived)
    if not inbound.add(conn, row):
        return None
    if hit is not None:
        _stop(ctx, conn, arrived, row=row)
    if reads:
        _tell(ctx, conn, row, summary=_summary(arrived))
    return row.id


def _arrived_by_mail(ctx: Context, conn: Connection, letter: InboundMessage, *, hit: KeywordHit | None) -> _Arrived:
    spelled = mailboxes.spellings(conn, letter.from_address)
    everybody = [p for address in spelled for p in patients.by_address(conn, Channel.EMAIL, address)]
    known = {p.clinic_id for p in everybody}
    every = ctx.clinics.all()
    written_to = [c for c in every if c.email.casefold() == letter.to_address.casefold()]
    clinics = written_to or [c for c in every if c.id in known] or list(every[:1])
    if not clinics:
        raise NotFound("there is no clinic for an inbound message", cure="add one under config/clinics")
    return _Arrived(
        message=letter,
        clinics=clinics,
        people=[p for p in everybody if p.clinic_id == clinics[0].id],
        hit=hit,
        from_patient=True,
        addresses=spelled,
    )


def _clinics(ctx: Context, senders: set[str], everybody: Sequence[Patient]) -> list[Clinic]:
    """The clinic that owns the number written to; clinics that share one are all meant, those who know them first."""
    every = ctx.clinics.all()
    owners = [c for c in every if senders_of(c) & senders] or [c for c in every if not c.sender] or list(every)
    if not owners:
        raise NotFound("there is no clinic for an inbound message", cure="add one under config/clinics")
    known = {patient.clinic_id for patient in everybody}
    return sorted(owners, key=lambda clinic: clinic.id not in known)


def _names(people: Sequence[Patient]) -> set[str]:
    return {name for p in people for name in (p.given_name, p.family_name) if name.strip()}


def _as_stop(said: Saying) -> KeywordHit:
    """A phrase acts as STOP does; no carrier knows it."""
    return KeywordHit(Keyword.STOP, said.language, said.rule, carrier_answers=False)


def _hit(message: InboundMessage, clinic: Clinic, *, service: str) -> KeywordHit | None:
    """The keyword that the whole text is, or the one that the provider recognised and answered by itself.

    For a short code that stands alone the provider answers nothing.
    """
    hit = keyword(message.text)
    flag = message.opt_out_type.lower()
    if flag not in set(Keyword) or (flag == Keyword.START and normalise(message.text) in _YES):
        alone = not service and bool(_SHORT_CODE.fullmatch(message.to_address))
        return replace(hit, carrier_answers=False) if hit and alone else hit
    language = hit.language if hit else clinic.languages[0].partition("-")[0]
    return KeywordHit(Keyword(flag), language, hit.word if hit else flag, carrier_answers=True)


def _row(ctx: Context, arrived: _Arrived) -> Inbound:
    message, hit = arrived.message, arrived.hit
    return Inbound(
        id=ctx.ids.new("in"),
        clinic_id=arrived.clinic.id,
        provider=message.provider,
        provider_ref=message.provider_ref or ctx.ids.new("ref"),
        channel=message.channel,
        from_address=message.from_address,
        to_address=message.to_address,
        text=message.text.replace("\x00", ""),
        media=message.media,
        received_at=message.received_at,
        patient_id=_only(arrived.people),
        intent=_WRONG if arrived.misdial else hit.keyword.value if hit else "other",
        rule=_rule(arrived),
    )


def _only(people: Sequence[Patient]) -> PatientId | None:
    return people[0].id if len(people) == 1 else None


def _rule(arrived: _Arrived) -> str:
    if not arrived.from_patient:
        return "no patient's number"
    if arrived.message.opt_out_type:
        return "provider's flag"
    said = arrived.misdial or arrived.said
    if said is not None:
        return f"phrase {said.rule}"
    return f"keyword {arrived.hit.word}" if arrived.hit else "a person reads it"


def _act(ctx: Context, conn: Connection, arrived: _Arrived, *, row: Inbound) -> None:
    if not arrived.from_patient:
        return
    hit = arrived.hit
    if arrived.misdial is not None:
        _let_go(ctx, conn, arrived, row=row)
        return
    if hit is None:
        _tell(ctx, conn, row, summary=_summary(arrived))
        return
    wants_answer = True
    if hit.keyword is Keyword.STOP:
        wants_answer = _stop(ctx, conn, arrived, row=row)
        if arrived.said is not None:
            _tell(ctx, conn, row, summary="texts are stopped by what somebody wrote in their own words: read it")
    elif hit.keyword is Keyword.START:
        wants_answer = _start(ctx, conn, arrived, row=row)
    if wants_answer and not hit.carrier_answers and not _is_loop(conn, row):
        _answer(ctx, conn, row, what=hit.keyword.value, language=hit.language)


def _start(ctx: Context, conn: Connection, arrived: _Arrived, *, row: Inbound) -> bool:
    """End what a STOP did; where something else still stands a person is told, and nothing is promised."""
    for clinic in arrived.clinics:
        permit.release_keyword(
            ctx,
            conn,
            clinic_id=clinic.id,
            channel=row.channel,
            address=row.from_address,
            source=f"keyword {row.id}",
        )
    if not permit.is_suppressed(ctx, conn, clinic_id=row.clinic_id, channel=row.channel, address=row.from_address):
        return True
    _tell(ctx, conn, row, summary="somebody asks for texts again, but their number stays suppressed for another reason")
    return False


def _let_go(ctx: Context, conn: Connection, arrived: _Arrived, *, row: Inbound) -> None:
    """Somebody else has this number: nothing goes to it until staff have checked it, whoever's it was said to be."""
    if arrived.hit is not None:
        _stop(ctx, conn, arrived, row=row)
    new = _suppress(ctx, conn, arrived, row=row, reason=SuppressionReason.WRONG_PERSON)
    raise_to_staff(
        ctx,
        conn,
        clinic_id=row.clinic_id,
        kind=EscalationKind.ADDRESS,
        subject=row.id,
        summary=(
            f"somebody says that a number of {len(arrived.people)} patient(s) is not theirs: nothing is sent to it;"
            " correct the record, or check the number and release it"
        ),
        patient_id=row.patient_id,
    )
    if new and arrived.misdial is not None and not _is_loop(conn, row):
        nobody = replace(row, patient_id=None)  # so that no word of a patient can be in the answer
        _answer(ctx, conn, nobody, what=_WRONG, language=arrived.misdial.language)


def _suppress(ctx: Context, conn: Connection, arrived: _Arrived, *, row: Inbound, reason: SuppressionReason) -> bool:
    """Suppress the writer's address in every clinic that is meant; False if it was so before."""
    source = "keyword" if reason is SuppressionReason.OPT_OUT else "reply"
    new = [
        permit.suppress(
            ctx,
            conn,
            clinic_id=clinic.id,
            channel=row.channel,
            address=address,
            reason=reason,
            source=f"{source} {row.id}",
            actor="patient",
        )
        for clinic in arrived.clinics
        for address in arrived.addresses
    ]
    return any(new)


def _stop(ctx: Context, conn: Connection, arrived: _Arrived, *, row: Inbound) -> bool:
    """True if messages had not been stopped before, so that a confirmation is due."""
    new = _suppress(ctx, conn, arrived, row=row, reason=SuppressionReason.OPT_OUT)
    if arrived.hit is not None and arrived.hit.word in _MEANS_A_VISIT and _has_visit(ctx, conn, arrived):
        summary = "texts are stopped by a word that may have meant the coming visit: ask by another way"
        _tell(ctx, conn, row, summary=summary)
    return new


def _has_visit(ctx: Context, conn: Connection, arrived: _Arrived) -> bool:
    found = bookings.of(conn, arrived.clinic.id, [p.id for p in arrived.people])
    now = ctx.clock.now()
    return any(v.state in _PENDING and v.starts_at > now for visits in found.values() for v in visits)


def _summary(arrived: _Arrived) -> str:
    by_mail = arrived.message.channel is Channel.EMAIL
    if not arrived.people:
        return f"somebody whose {'mailbox' if by_mail else 'number'} is not known wrote to the clinic"
    shared = f"somebody with a {'mailbox' if by_mail else 'number'} that several patients share"
    who = "a patient" if len(arrived.people) == 1 else shared
    what, extra = ("an e-mail", "an attachment") if by_mail else ("a text", "a picture")
    return f"{who} sent {what}{f' with {extra}' if arrived.message.media else ''}"


def _tell(ctx: Context, conn: Connection, row: Inbound, *, summary: str) -> None:
    raise_to_staff(
        ctx,
        conn,
        clinic_id=row.clinic_id,
        kind=EscalationKind.REPLY,
        subject=row.id,
        summary=summary,
        patient_id=row.patient_id,
    )


def _is_loop(conn: Connection, row: Inbound) -> bool:
    recent = inbound.keywords_since(conn, row.clinic_id, row.from_address, row.received_at - _LOOP)
    return recent > _MOST_ANSWERS


def _answer(ctx: Context, conn: Connection, row: Inbound, *, what: str, language: str) -> None:
    """Put the one answer to this keyword or phrase among the messages that are due."""
    ref, now = _TEMPLATES[what], ctx.clock.now()
    try:
        version = ctx.templates.version(ref)
    except NotFound:
        _tell(ctx, conn, row, summary=f"a keyword could not be answered: there is no template {ref}")
        return
    answer = Message(
        id=MessageId(ctx.ids.new("msg")),
        clinic_id=row.clinic_id,
        patient_id=row.patient_id or PatientId(""),
        enrollment_id=None,
        step_key=f"{what}:{language}",
        occurrence=1,
        message_class=MessageClass.COMPLIANCE,
        channels=(row.channel,),
        template_ref=ref,
        template_version=version,
        state=MessageState.SCHEDULED,
        due_at=now,
        planned_for=now,
        expires_at=now + (_ANSWER_LIFE if what == Keyword.HELP else _CONFIRMATION_LIFE),
        context=row.id,
    )
    messages.add(conn, [answer], now, detail={"inbound": row.id})
