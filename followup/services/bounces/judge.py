"""Judge: what a bounce or complaint does to its message, to the address, and to whom it tells."""

from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from enum import StrEnum

from sqlalchemy.engine import Connection

from followup.domain.consent import SuppressionReason
from followup.domain.escalation import EscalationKind
from followup.domain.mail.report import Action, Fate
from followup.domain.mail.status import AT_ONCE, Status, meaning
from followup.domain.message import Channel, Message, MessageClass, Receipt, ReceiptStatus
from followup.domain.outcome import CodeClass, CodeEntry
from followup.services import permit, settle
from followup.services.bounces.trace import Traced, marks
from followup.services.context import Context
from followup.services.escalate import raise_to_staff
from followup.storage import addresses, suppressions
from followup.storage.mail import returns

#: Facts 4.5: strikes count for this long.
WINDOW = timedelta(days=30)
_DAY = timedelta(days=1)
_STATUSES = {
    Action.FAILED: ReceiptStatus.UNDELIVERED,
    Action.DELIVERED: ReceiptStatus.DELIVERED,
    Action.DELAYED: ReceiptStatus.ACCEPTED,
    Action.RELAYED: ReceiptStatus.ACCEPTED,
    Action.EXPANDED: ReceiptStatus.ACCEPTED,
}


class Deed(StrEnum):
    """What was done about a mail that came back."""

    RECEIPT = "receipt"  # the message has its state by it
    COUNTED = "counted"  # a soft bounce of the address
    SUPPRESSED = "suppressed"  # nothing goes to the address any more
    NO_PROMO = "no_promo"  # no promo goes to the address any more
    OPTED_OUT = "opted_out"  # its sender asked us to stop
    TOLD = "told"  # a person is asked to look


@dataclass(frozen=True, slots=True)
class _Watch:
    """Codes that, from so many mailboxes of one mail system within a day, are a matter between it and us."""

    classes: tuple[CodeClass, ...]
    codes: str
    most: int
    words: str

    def concerns(self, status: Status) -> bool:
        """True if the code is one of these and does not speak of its mailbox alone."""
        return status.strikes == 0 and (status.kind in self.classes or bool(self.codes and status.is_refusal))


_WATCHED = (
    _Watch((CodeClass.CONFIG, CodeClass.CONTENT), "4.7.", 5, "a mail system refuses our mails by its policy"),
    _Watch((CodeClass.LATER,), "", 10, "a mail system does not take our mails"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A bounce about a message of ours."""

    return_id: str
    traced: Traced
    fate: Fate

    @property
    def status(self) -> Status:
        """What its code means; nothing of a mail that did not fail."""
        if self.fate.action is Action.FAILED:
            return meaning(self.fate.code)
        words = {Action.DELAYED: "The mail server still tries.", Action.DELIVERED: "The mailbox has it."}
        detail = words.get(self.fate.action, "The mail went on to a system that reports no further.")
        return Status(self.fate.code, CodeClass.RETRY, detail)


def judge_bounce(ctx: Context, conn: Connection, case: Case) -> list[Deed]:
    """Give the message its receipt and the address what the code's class asks for; the row is stored already."""
    deeds: list[Deed] = []
    given_up = False
    _lock(conn, case.traced)
    if case.fate.action is Action.FAILED:
        given_up = _is_given_up(ctx, conn, case)
        deeds += _count(ctx, conn, case)
        deeds += _suppress(ctx, conn, case) if given_up else []
        deeds += _look_at_domain(ctx, conn, case)
    return [*_give_receipt(ctx, conn, case, given_up=given_up), *deeds]


def judge_complaint(ctx: Context, conn: Connection, return_id: str, *, traced: Traced) -> list[Deed]:
    """Who calls a mail spam has it: it arrived, and no promo goes there any more (facts 4.5)."""
    message = traced.message
    _lock(conn, traced)
    receipt = Receipt(
        message_id=message.id,
        status=ReceiptStatus.DELIVERED,
        provider=message.provider or "mail",
        provider_ref=_ref(ctx, message),
        provider_status="complaint",
    )
    if message.channel is Channel.EMAIL:
        settle.record(ctx, conn, receipt)
    new = permit.suppress(
        ctx,
        conn,
        clinic_id=message.clinic_id,
        channel=Channel.EMAIL,
        address=traced.address,
        reason=SuppressionReason.COMPLAINT,
        source=f"complaint {return_id}",
        scope=MessageClass.PROMO,
    )
    return [Deed.NO_PROMO] if new else []


def _lock(conn: Connection, traced: Traced) -> None:
    """The address before the message, in one order for all, so that no two wait for each other."""
    suppressions.lock(conn, traced.message.clinic_id, [(Channel.EMAIL, traced.address)])


def _give_receipt(ctx: Context, conn: Connection, case: Case, *, given_up: bool) -> list[Deed]:
    message, status = case.traced.message, case.status
    if message.channel is not Channel.EMAIL:
        return []
    receipt = Receipt(
        message_id=message.id,
        status=_STATUSES[case.fate.action],
        provider=message.provider or "mail",
        provider_ref=_ref(ctx, message),
        provider_status=case.fate.action.value,
        error_code=status.code or None,
    )
    settle.record(ctx, conn, receipt, entry=_entry(status, given_up=given_up))
    return [Deed.RECEIPT]


def _ref(ctx: Context, message: Message) -> str:
    """Its Message-ID, also where nobody told us that the mail was taken."""
    domain = parseaddr(ctx.settings.email_from)[1].rpartition("@")[2]
    return message.provider_ref or marks(ctx).message_id(message.id, domain)


def _entry(status: Status, *, given_up: bool) -> CodeEntry:
    """One report of a foreign server: it speaks of this message, never of our account, and asks for no other try."""
    kind = CodeClass.BAD_NUMBER if given_up else status.kind
    if kind is CodeClass.BAD_NUMBER and not given_up:
        kind = CodeClass.LATER
    return CodeEntry(status.code, kind, status.detail)


def _is_given_up(ctx: Context, conn: Connection, case: Case) -> bool:
    needed = case.status.strikes
    if needed <= AT_ONCE:
        return needed == AT_ONCE
    since = ctx.clock.now() - WINDOW
    return returns.strikes(conn, case.traced.message.clinic_id, case.traced.address, since=since) >= needed


def _count(ctx: Context, conn: Connection, case: Case) -> list[Deed]:
    if not case.status.is_soft:
        return []
    clinic_id, address = case.traced.message.clinic_id, case.traced.address
    tally = returns.soft(conn, clinic_id, address, since=ctx.clock.now() - WINDOW)
    addresses.count_soft(
        conn, clinic_id=clinic_id, channel=Channel.EMAIL, address=address, count=tally.count, since=tally.oldest
    )
    return [Deed.COUNTED]


def _suppress(ctx: Context, conn: Connection, case: Case) -> list[Deed]:
    new = permit.suppress(
        ctx,
        conn,
        clinic_id=case.traced.message.clinic_id,
        channel=Channel.EMAIL,
        address=case.traced.address,
        reason=SuppressionReason.HARD_BOUNCE,
        source=f"bounce {case.return_id}",
    )
    return [Deed.SUPPRESSED] if new else []


def _look_at_domain(ctx: Context, conn: Connection, case: Case) -> list[Deed]:
    """Tell staff where it is not the address's fault: a whole mail system turns us away."""
    status, domain = case.status, case.traced.domain
    watched = next((w for w in _WATCHED if w.concerns(status)), None)
    if watched is None:
        return []
    found = returns.mailboxes(
        conn,
        case.traced.message.clinic_id,
        domain,
        classes=watched.classes,
        codes=watched.codes,
        since=ctx.clock.now() - _DAY,
    )
    if found < watched.most:
        return []
    _tell(ctx, conn, case, subject=f"mail to {domain}", summary=f"{watched.words} ({domain}): {status.detail}")
    return [Deed.TOLD]


def _tell(ctx: Context, conn: Connection, case: Case, *, subject: str, summary: str) -> None:
    raise_to_staff(
        ctx,
        conn,
        clinic_id=case.traced.message.clinic_id,
        kind=EscalationKind.BOUNCES,
        subject=subject,
        summary=summary,
    )
