"""What a provider's code means beyond its message: suppressions, flags, halts, and what staff must look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from followup.domain import suspicion
from followup.domain.consent import SuppressionReason
from followup.domain.escalation import EscalationKind
from followup.domain.halt import Passage, Proof
from followup.domain.ids import MessageId
from followup.domain.message import Channel, Message
from followup.domain.outcome import CodeClass, CodeEntry, Scope, Suspicion
from followup.domain.suspicion import Ending, about_address, too_many_filtered
from followup.services import permit
from followup.services.context import Context
from followup.services.escalate import raise_to_staff
from followup.services.routing import halting, lineup
from followup.storage import addresses
from followup.storage.routing import records
from followup.storage.routing.records import Ended


@dataclass(frozen=True, slots=True)
class Refusal:
    """A message that a provider refused at once, or said later that it did not arrive."""

    message: Message
    passage: Passage
    entry: CodeEntry
    late: bool = False  # the code came in a receipt

    @property
    def waits(self) -> bool:
        """True if the fault or limit is our account's: the message waits for its end, or goes through another one.

        What a foreign mail server says in a bounce halts nothing.
        """
        entry = self.entry
        if self.late and self.passage.channel is Channel.EMAIL:
            return False
        limit = entry.kind is CodeClass.LATER and entry.scope is Scope.ACCOUNT and bool(entry.delays)
        return limit or (entry.kind is CodeClass.CONFIG and entry.scope is not Scope.MESSAGE)


def act(ctx: Context, conn: Connection, refusal: Refusal) -> None:
    """Write what follows from a code, in the caller's transaction. The message's own way on is the caller's."""
    entry = refusal.entry
    match entry.kind:
        case CodeClass.SUPPRESS if refusal.passage.address:
            _suppress(ctx, conn, refusal)
        case CodeClass.BAD_NUMBER if refusal.passage.address:
            _flag(ctx, conn, refusal, what="bad_number", note=entry.detail)
        case CodeClass.LATER if refusal.waits:
            _halt(ctx, conn, refusal, until=ctx.clock.now() + entry.delays[0])
        case CodeClass.CONFIG if refusal.waits:
            _halt(ctx, conn, refusal)
        case CodeClass.CONFIG | CodeClass.WARNING:
            _tell_of_us(ctx, conn, refusal)
        case CodeClass.UNKNOWN if entry.code:
            _tell_unknown(ctx, conn, refusal)
        case _:
            pass
    if entry.suspicion is Suspicion.FILTERED:
        _weigh_text(ctx, conn, refusal)
    elif entry.suspicion is not None and refusal.passage.address:
        _weigh_address(ctx, conn, refusal)


def _suppress(ctx: Context, conn: Connection, refusal: Refusal) -> None:
    permit.suppress(
        ctx,
        conn,
        clinic_id=refusal.message.clinic_id,
        channel=refusal.passage.channel,
        address=refusal.passage.address,
        reason=SuppressionReason.CARRIER_BLOCK,
        source=f"code {refusal.entry.code}",
    )


def _flag(ctx: Context, conn: Connection, refusal: Refusal, *, what: str, note: str) -> None:
    addresses.flag(
        conn,
        clinic_id=refusal.message.clinic_id,
        channel=refusal.passage.channel,
        address=refusal.passage.address,
        what=what,
        note=note,
        now=ctx.clock.now(),
    )


def _halt(ctx: Context, conn: Connection, refusal: Refusal, *, until: datetime | None = None) -> None:
    halting.halt(
        ctx,
        conn,
        refusal.message.clinic_id,
        passage=refusal.passage,
        entry=refusal.entry,
        proof=Proof.DELIVERED if refusal.late else Proof.ACCEPTED,
        until=until,
    )


def _tell_of_us(ctx: Context, conn: Connection, refusal: Refusal) -> None:
    """A fault of ours that stops nothing but this message, or a warning: once for a code."""
    raise_to_staff(
        ctx,
        conn,
        clinic_id=refusal.message.clinic_id,
        kind=EscalationKind.PROVIDER,
        subject=f"{refusal.passage.provider} {refusal.entry.code}",
        summary=refusal.entry.detail,
    )


def _tell_unknown(ctx: Context, conn: Connection, refusal: Refusal) -> None:
    """Once for a code, however many messages it meets."""
    raise_to_staff(
        ctx,
        conn,
        clinic_id=refusal.message.clinic_id,
        kind=EscalationKind.FAILED,
        subject=f"{refusal.passage.provider} code {refusal.entry.code}",
        summary=f"nobody here knows a code, no text with it is sent again: {refusal.entry.detail}",
    )


def tell_unlisted(ctx: Context, conn: Connection, message: Message, *, provider: str, code: str) -> None:
    """Once for a code nobody knows that came with a status which proves that nothing was accepted."""
    raise_to_staff(
        ctx,
        conn,
        clinic_id=message.clinic_id,
        kind=EscalationKind.PROVIDER,
        subject=f"{provider} code {code}",
        summary=f"{provider} turned messages away with the unknown code {code}; they are tried again",
    )


def _weigh_address(ctx: Context, conn: Connection, refusal: Refusal) -> None:
    now, message = ctx.clock.now(), refusal.message
    ended = records.endings(
        conn,
        message.clinic_id,
        channel=refusal.passage.channel,
        address=refusal.passage.address,
        since=now - suspicion.REMEMBERED,
    )
    this = Ending(now, refusal.entry.suspicion)
    others = [e for e in _contacts(ended) if e.message_id not in {message.id, message.follows}]
    found = about_address([this, *(_ending(ctx, refusal.passage.channel, e) for e in others)], now)
    if found is None:
        return
    _flag(ctx, conn, refusal, what=found.flag, note=found.note)
    raise_to_staff(
        ctx,
        conn,
        clinic_id=message.clinic_id,
        kind=EscalationKind.ADDRESS,
        subject=message.patient_id or message.id,
        summary=found.ask,
        patient_id=message.patient_id or None,
    )


def _contacts(ended: Sequence[Ended]) -> list[Ended]:
    """One ending a contact, newest first: the newest word on a message, and no further tries of the same contact."""
    newest: dict[MessageId, Ended] = {}
    for one in ended:
        newest.setdefault(one.message_id, one)
    before = {one.follows for one in newest.values() if one.follows}
    return [one for one in newest.values() if one.message_id not in before]


def _ending(ctx: Context, channel: Channel, one: Ended) -> Ending:
    provider = lineup.named(ctx, channel, one.provider)
    word = provider.classify(one.code).suspicion if provider is not None and one.code else None
    return Ending(one.at, word)


def _weigh_text(ctx: Context, conn: Connection, refusal: Refusal) -> None:
    message, passage = refusal.message, refusal.passage
    if passage.channel is not Channel.SMS:
        return
    ended = records.batch(
        conn,
        message.clinic_id,
        template_ref=message.template_ref,
        version=message.template_version,
        since=ctx.clock.now() - suspicion.BATCH_WITHIN,
    )
    words = [_ending(ctx, passage.channel, Ended(message.id, None, ctx.clock.now(), *one)).suspicion for one in ended]
    if too_many_filtered(words.count(Suspicion.FILTERED), len(words)):
        halting.paused_text(ctx, conn, message.clinic_id, passage=passage, entry=refusal.entry)
