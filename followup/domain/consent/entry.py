"""Consent: one entry of a person's ledger, and how long what it allows stands."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from followup.domain.message import Channel, MessageClass


class ConsentKind(StrEnum):
    """How a consent was given (CASL s.10)."""

    EXPRESS = "express"  # asked for and given, in words or in writing
    IMPLIED_PURCHASE = "implied_purchase"  # a treatment or product was bought
    IMPLIED_CONTRACT = "implied_contract"  # a written contract, or membership, that stands or has ended
    IMPLIED_INQUIRY = "implied_inquiry"  # the person asked about such a thing
    EXEMPT = "exempt"  # the law asks for none; a note, which allows no promotion


#: How many months an implied consent stands after its basis (CASL s.10(10)).
MONTHS = {
    ConsentKind.IMPLIED_PURCHASE: 24,
    ConsentKind.IMPLIED_CONTRACT: 24,
    ConsentKind.IMPLIED_INQUIRY: 6,
}


#: Where a person says themself what they want: the page behind a link.
OWN_PAGE = "preferences page"


@dataclass(frozen=True, slots=True)
class Consent:
    """One entry of a person's consent ledger; a `withdrawn` one ends what came before it.

    `recorded_at` is the act itself, never after we were told of it. `entered_at` is when it came into our ledger, as
    row `row_id`; both are the storage's and make no two entries differ.
    """

    message_class: MessageClass | None  # None: every class; withdrawals only
    channel: Channel | None  # None: every channel; withdrawals only
    kind: ConsentKind
    recorded_at: datetime
    evidence: str
    withdrawn: bool = False
    event_row: str = ""
    basis_date: date | None = None  # the purchase, the inquiry, the end of the contract; None: the day of the act
    written: bool = False  # signed, on paper or on a screen
    wording: str = ""  # version of the words that were shown
    language: str = ""
    actor: str = ""  # who took it down
    source: str = ""  # where: a form, a page, a place
    row_id: int | None = field(default=None, compare=False)
    entered_at: datetime | None = field(default=None, compare=False)

    def covers(self, message_class: MessageClass, channel: Channel) -> bool:
        """True if it speaks of this class over this channel; a word on promotion is one on asking for it too."""
        kinds = {None, message_class} | (
            {MessageClass.PROMO} if message_class is MessageClass.CONSENT_REQUEST else set()
        )
        return self.message_class in kinds and self.channel in {None, channel}

    def basis_on(self, zone: str) -> date:
        """The day it counts from, in the clinic's zone."""
        return self.basis_date or self.recorded_at.astimezone(ZoneInfo(zone)).date()

    def ends_on(self, zone: str) -> date | None:
        """The first day on which it allows nothing any more; None if it stands until it is withdrawn.

        Months are counted on the calendar and end with a shorter month: 29 February and two years is 28 February.
        """
        if self.kind not in MONTHS:
            return None
        return self.basis_on(zone) + relativedelta(months=MONTHS[self.kind])
