"""CareProtocol and Step: the written follow-up for a treatment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from followup.domain.message import Channel, MessageClass
from followup.domain.offset import Offset


class Anchor(StrEnum):
    """The date a step counts from."""

    TREATMENT = "treatment"
    SERIES_END = "series_end"  # the newest treatment of the series
    BOOKING = "booking"


class LatePolicy(StrEnum):
    """What to do with a step whose time has passed when it is planned."""

    SEND_NOW = "send_now"  # at once, whatever the hour windows then allow
    NEXT_WINDOW = "next_window"  # at the next opening of the send window
    SKIP = "skip"


class Condition(StrEnum):
    """A fact looked at when the step is due."""

    FUTURE_BOOKING = "future_booking"
    SERIES_OPEN = "series_open"
    SERIES_CLOSED = "series_closed"


class Repeat(StrEnum):
    """What a new treatment of the series does to the older enrollments' unsent steps (F13)."""

    SUPERSEDE = "supersede"  # cancels steps anchored on series_end or conditioned on series_open; care of the day stays
    KEEP_BOTH = "keep_both"  # cancels nothing but series_end steps, which exist once a series
    RESTART = "restart"  # cancels every unsent step of the older ones
    MERGE = "merge"  # as supersede, and of equal steps due on one local day only the newer is kept


@dataclass(frozen=True, slots=True)
class Step:
    """One planned contact: anchor + offset + template."""

    key: str
    anchor: Anchor
    offset: Offset
    message_class: MessageClass
    channels: tuple[Channel, ...]
    template: str  # "<folder>/<step>" below templates/messages
    at: time | None = None  # preferred local time in the patient's zone
    window: tuple[time, time] | None = None  # preferred local window, from-to, in the patient's zone
    late: LatePolicy = LatePolicy.NEXT_WINDOW
    max_late: Offset = Offset(days=1)
    valid_for: Offset = Offset(days=2)
    unless: frozenset[Condition] = frozenset()
    only_if: frozenset[Condition] = frozenset()
    adjustable: tuple[Offset, Offset] | None = None  # bounds of the clinic's own offset
    expects_reply: bool = False
    offset_text: str = ""  # as written


@dataclass(frozen=True, slots=True)
class CareProtocol:
    """The written follow-up for a treatment; `version` is the content hash of its definition."""

    key: str
    version: str
    title: Mapping[str, str]
    treatment_codes: tuple[str, ...]
    steps: tuple[Step, ...]
    max_gap: Offset = Offset(days=84)
    min_gap: Offset = Offset(days=28)
    repeat: Repeat = Repeat.SUPERSEDE
    horizon: Offset = Offset(months=18)
    review: Mapping[str, str] = field(default_factory=dict)  # source, reviewer, reviewed_on, note

    def step(self, key: str) -> Step:
        """The step called `key`; KeyError if there is none."""
        return next(s for s in self.steps if s.key == key)
