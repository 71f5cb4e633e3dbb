"""Preflight: what a campaign would do if it were launched now; nothing in it is an estimate but price and time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from followup.domain.campaign.definition import Pace
from followup.domain.ids import CampaignId
from followup.domain.message import Channel
from followup.domain.money import Line


@dataclass(frozen=True, slots=True)
class Group:
    """The recipients of one channel in one language; `segments` are those of texts."""

    channel: Channel
    language: str
    recipients: int
    segments: int
    price: Decimal


@dataclass(frozen=True, slots=True)
class Sample:
    """A text as a real person of the audience would get it; patient data."""

    channel: Channel
    language: str
    variant: str
    subject: str
    text: str
    segments: int
    encoding: str


@dataclass(frozen=True, slots=True)
class Preflight:
    """`audience` is the sum of `recipients` and of all that are excluded, by reason.

    `held` are recipients for whom something must end before they get it, by cause. `later` are recipients whose
    limits or hours let them have it only on a later day than the pace would.
    """

    campaign_id: CampaignId
    at: datetime
    audience: int
    groups: tuple[Group, ...]
    excluded: Mapping[str, int]
    held: Mapping[str, int]
    later: int
    encodings: Mapping[str, int]  # texts by encoding
    currency: str
    unpriced: Mapping[str, int]  # recipients by country that the price table does not know
    starts_at: datetime
    finishes_at: datetime
    pace: Pace
    pace_by_sender: int | None  # messages a minute that the sender allows, where that is less than the pace
    longest: tuple[Sample, ...]
    links: tuple[str, ...]
    budget: tuple[Line, ...]
    doubts: tuple[str, ...]  # words of the audience that occur nowhere
    second_person: str  # why somebody else than the author must approve it; empty where nobody must

    @property
    def recipients(self) -> int:
        """How many would get it."""
        return sum(group.recipients for group in self.groups)

    @property
    def segments(self) -> int:
        """Segments of all texts."""
        return sum(group.segments for group in self.groups)

    @property
    def price(self) -> Decimal:
        """By the table, without what has no price."""
        return sum((group.price for group in self.groups), Decimal(0))
