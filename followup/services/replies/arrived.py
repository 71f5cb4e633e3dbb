"""Arrived: an inbound message with whom it concerns and what it means, before anything follows from it."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.engine import Connection

from followup.domain.clinic import Clinic
from followup.domain.errors import NotFound
from followup.domain.ids import PatientId
from followup.domain.inbound import (
    InboundMessage,
    Intent,
    Keyword,
    KeywordHit,
    Saying,
    keyword,
    normalise,
    revocation,
    wrong_number,
)
from followup.domain.intents import Understood, recognise
from followup.domain.message import Channel
from followup.domain.patient import Patient
from followup.domain.triage import Severity
from followup.domain.words.reading import read
from followup.services.context import Context
from followup.services.routing.lineup import everyone, senders_of
from followup.storage import attempts, patients
from followup.storage.inbound import Inbound
from followup.storage.mail import mailboxes

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_SHORT_CODE = re.compile(r"\d{3,6}")
#: Some carriers take these for START; they answer a question of ours and lift nothing.
_YES = frozenset({"yes", "y", "yep", "ok", "oui", "o", "si"})


@dataclass(frozen=True, slots=True)
class Arrived:
    """An inbound message: the first clinic keeps it, a keyword acts in all of them."""

    message: InboundMessage
    clinics: Sequence[Clinic]
    people: Sequence[Patient]
    hit: KeywordHit | None
    from_patient: bool  # false for short codes and for our own numbers
    addresses: Sequence[str]  # that of the sender, in every spelling that is recorded
    understood: Understood
    said: Saying | None = None  # the phrase in which a STOP was heard
    misdial: Saying | None = None  # the phrase that says we reach the wrong person
    elsewhere: Sequence[Patient] = ()  # who has this address in the further clinics

    @property
    def clinic(self) -> Clinic:
        """Who keeps it."""
        return self.clinics[0]

    @property
    def is_alarm(self) -> bool:
        """It tells of a symptom of the two upper tiers."""
        return self.understood.severity.rank >= Severity.URGENT.rank

    @property
    def language(self) -> str:
        """`fr` or `en`: that of the words, else the clinic's first."""
        return "fr" if read(self.message.text, self.clinic.languages[0]).french else "en"

    @property
    def only(self) -> PatientId | None:
        """The one patient it is from, if there is only one."""
        return self.people[0].id if len(self.people) == 1 else None


def by_sms(ctx: Context, conn: Connection, message: InboundMessage, *, service: str) -> Arrived:
    """Read a text; `service` names the messaging service it came through, if any. Raises NotFound without a clinic."""
    everybody = patients.by_address(conn, message.channel, message.from_address)
    clinics = _clinics(ctx, {message.to_address, service} - {""}, everybody)
    clinics = _in_talk_first(conn, clinics, everybody, address=message.from_address)
    ours = {one.sender for one in everyone(ctx)}.union(*map(senders_of, ctx.clinics.all()))
    hit = _hit(message, clinics[0], service=service)
    names = _names(everybody)
    understood = recognise(message.text, language=clinics[0].languages[0], names=names or None)
    said = None if hit else revocation(message.text) or _said_otherwise(message, understood)
    return Arrived(
        message=message,
        clinics=clinics,
        people=[p for p in everybody if p.clinic_id == clinics[0].id],
        hit=hit or (_as_stop(said) if said else None),
        said=said,
        misdial=None if hit else wrong_number(message.text, names=names),
        from_patient=bool(_NUMBER.fullmatch(message.from_address)) and message.from_address not in ours,
        addresses=(message.from_address,),
        understood=understood,
        elsewhere=[p for p in everybody if p.clinic_id in {c.id for c in clinics[1:]}],
    )


def by_mail(ctx: Context, conn: Connection, letter: InboundMessage, *, hit: KeywordHit | None) -> Arrived:
    """Read a letter. Raises NotFound without a clinic."""
    spelled = mailboxes.spellings(conn, letter.from_address)
    everybody = [p for address in spelled for p in patients.by_address(conn, Channel.EMAIL, address)]
    known = {p.clinic_id for p in everybody}
    every = ctx.clinics.all()
    written_to = [c for c in every if c.email.casefold() == letter.to_address.casefold()]
    clinics = written_to or [c for c in every if c.id in known] or list(every[:1])
    if not clinics:
        raise NotFound("there is no clinic for an inbound message", cure="add one under config/clinics")
    return Arrived(
        message=letter,
        clinics=clinics,
        people=[p for p in everybody if p.clinic_id == clinics[0].id],
        hit=hit,
        from_patient=True,
        addresses=spelled,
        understood=recognise(letter.text, language=clinics[0].languages[0]),
    )


def as_row(ctx: Context, arrived: Arrived) -> Inbound:
    """What is stored of it."""
    message = arrived.message
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
        patient_id=arrived.only,
        intent=_intent(arrived),
        rule=_rule(arrived),
        severity=arrived.understood.severity.value,
    )


def _said_otherwise(message: InboundMessage, understood: Understood) -> Saying | None:
    """A wish for silence that the wider reading heard."""
    if Intent.STOP not in {understood.intent, *understood.also}:
        return None
    return Saying("about-messages", "fr" if read(message.text).french else "en")


def _clinics(ctx: Context, senders: set[str], everybody: Sequence[Patient]) -> list[Clinic]:
    """The clinic that owns the number written to; clinics that share one are all meant, those who know them first."""
    every = ctx.clinics.all()
    owners = [c for c in every if senders_of(c) & senders] or [c for c in every if not c.sender] or list(every)
    if not owners:
        raise NotFound("there is no clinic for an inbound message", cure="add one under config/clinics")
    known = {patient.clinic_id for patient in everybody}
    return sorted(owners, key=lambda clinic: clinic.id not in known)


def _in_talk_first(
    conn: Connection, clinics: list[Clinic], everybody: Sequence[Patient], *, address: str
) -> list[Clinic]:
    """Where several clinics that share the number know the writer, the one that wrote to them last comes first."""
    known = {patient.clinic_id for patient in everybody} & {clinic.id for clinic in clinics}
    last = attempts.last_to(conn, Channel.SMS.value, address, known) if len(known) > 1 else None
    return sorted(clinics, key=lambda clinic: clinic.id != last)


def _names(people: Collection[Patient]) -> set[str]:
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


def _intent(arrived: Arrived) -> str:
    """What acts names it; a red flag goes before all."""
    if arrived.is_alarm:
        return arrived.understood.intent.value
    if arrived.misdial:
        return Intent.WRONG_NUMBER.value
    return arrived.hit.keyword.value if arrived.hit else arrived.understood.intent.value


def _rule(arrived: Arrived) -> str:
    if arrived.is_alarm:
        return arrived.understood.rule
    if not arrived.from_patient:
        return "no patient's number"
    if arrived.message.opt_out_type:
        return "provider's flag"
    said = arrived.misdial or arrived.said
    if said is not None:
        return f"phrase {said.rule}"
    return f"keyword {arrived.hit.word}" if arrived.hit else arrived.understood.rule
