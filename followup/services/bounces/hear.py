"""Hear: what people write by e-mail goes to those who read it; a mail that says stop is an opt-out."""

import hashlib
import re
from email.utils import parseaddr

from sqlalchemy.engine import Connection

from followup.domain.inbound import InboundMessage
from followup.domain.mail import quote
from followup.domain.mail.returned import Returned
from followup.domain.message import Channel
from followup.domain.patient import read_contact_point
from followup.services import answer
from followup.services.bounces.judge import Deed
from followup.services.context import Context

PROVIDER = "mail"
_MOST_WORDS = 20_000


def hear(ctx: Context, conn: Connection, returned: Returned) -> list[Deed]:
    """Store a letter as an InboundMessage; mail of our own and of staff stays where it is, so that no loop begins."""
    if returned.sender.casefold() in _ours(ctx):
        return []
    letter = InboundMessage(
        provider=PROVIDER,
        provider_ref=_ref(returned),
        channel=Channel.EMAIL,
        from_address=read_contact_point(Channel.EMAIL, returned.sender).value,
        to_address=next(iter(returned.recipients), ""),
        text=_text(returned)[:_MOST_WORDS],
        received_at=ctx.clock.now(),
        media=returned.attachments,
    )
    hit = quote.stop_word(returned.subject, returned.words)
    says_more = bool(re.search(r"\w", returned.words)) and quote.stop_word("", returned.words) is None
    reads = hit is None or says_more
    if answer.take_letter(ctx, conn, letter, hit=hit, reads=reads) is None:
        return []
    return [*([Deed.OPTED_OUT] if hit is not None else []), *([Deed.TOLD] if reads else [])]


def _ref(returned: Returned) -> str:
    """One a letter: the same letter over another way has it too, another letter under the same Message-ID has not."""
    content = "\x1f".join((returned.ref, returned.sender, returned.subject, returned.words))
    return hashlib.sha256(content.encode()).hexdigest()


def _text(returned: Returned) -> str:
    """The words, under the subject where that is the sender's own."""
    subject = "" if quote.is_answer(returned.subject) else returned.subject
    return "\n\n".join(part for part in (subject, returned.words) if part)


def _ours(ctx: Context) -> frozenset[str]:
    """Mailboxes of the clinics and their staff, and our own sender."""
    clinics = ctx.clinics.all()
    own = [parseaddr(ctx.settings.email_from)[1], *(clinic.email for clinic in clinics)]
    staff = [address for clinic in clinics for address in (*clinic.alerts_to, *(one.email for one in clinic.staff))]
    return frozenset(address.casefold() for address in (*own, *staff) if address)
