"""CareProtocol and Step: the written follow-up for a treatment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import Any

from followup.domain.message import Channel, MessageClass
from followup.domain.offset import Offset

ONE_DAY, TWO_DAYS = Offset(days=1), Offset(days=2)
USUAL_PRIORITY = 100
FOUR_WEEKS, TWELVE_WEEKS, EIGHTEEN_MONTHS = Offset(days=28), Offset(days=84), Offset(months=18)


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
    weekdays: frozenset[int] = frozenset()  # Monday = 0; a dated step moves forward to one of these
    late: LatePolicy = LatePolicy.NEXT_WINDOW
    max_late: Offset = ONE_DAY
    valid_for: Offset = TWO_DAYS
    unless: frozenset[Condition] = frozenset()
    only_if: frozenset[Condition] = frozenset()
    adjustable: tuple[Offset, Offset] | None = None  # bounds of the clinic's own offset
    expects_reply: bool = False
    offset_text: str = ""  # as written

    @property
    def preferred_time(self) -> time | None:
        """The local time it asks for: `at`, else the start of its window."""
        return self.at or (self.window[0] if self.window else None)


@dataclass(frozen=True, slots=True)
class CareProtocol:
    """The written follow-up for a treatment; `version` is the content hash of its definition."""

    key: str
    version: str
    title: Mapping[str, str]
    treatment_codes: tuple[str, ...]
    steps: tuple[Step, ...]
    max_gap: Offset = TWELVE_WEEKS
    min_gap: Offset = FOUR_WEEKS
    repeat: Repeat = Repeat.SUPERSEDE
    horizon: Offset = EIGHTEEN_MONTHS
    review: Mapping[str, str] = field(default_factory=dict)  # source, reviewer, reviewed_on, note
    priority: int = USUAL_PRIORITY  # the smaller stands first where several treatments share a message

    def step(self, key: str) -> Step:
        """The step called `key`; KeyError if there is none."""
        return next(s for s in self.steps if s.key == key)


def parse(definition: Mapping[str, Any], version: str) -> CareProtocol:
    """Build the protocol from a definition in canonical form; one that was never checked may raise KeyError."""
    series = definition.get("series", {})
    return CareProtocol(
        key=definition["key"],
        version=version,
        title=dict(definition["title"]),
        treatment_codes=tuple(definition["treatment_codes"]),
        steps=tuple(_step(step) for step in definition["steps"]),
        max_gap=Offset.parse(series.get("max_gap", "P12W")),
        min_gap=Offset.parse(series.get("min_gap", "P4W")),
        repeat=Repeat(series.get("repeat", "supersede")),
        horizon=Offset.parse(definition.get("horizon", "P18M")),
        review=dict(definition.get("review", {})),
        priority=definition.get("priority", USUAL_PRIORITY),
    )


def _step(step: Mapping[str, Any]) -> Step:
    window, bounds = step.get("window"), step.get("adjustable")
    return Step(
        key=step["key"],
        anchor=Anchor(step["anchor"]),
        offset=Offset.parse(step["offset"]),
        message_class=MessageClass(step["class"]),
        channels=tuple(Channel(c) for c in step["channels"]),
        template=step["template"],
        at=time.fromisoformat(step["at"]) if step.get("at") else None,
        window=(time.fromisoformat(window["from"]), time.fromisoformat(window["to"])) if window else None,
        weekdays=frozenset(step.get("weekdays", ())),
        late=LatePolicy(step.get("late", "next_window")),
        max_late=Offset.parse(step.get("max_late") or "P1D"),
        valid_for=Offset.parse(step.get("valid_for", "P2D")),
        unless=_conditions(step.get("unless", ())),
        only_if=_conditions(step.get("only_if", ())),
        adjustable=(Offset.parse(bounds[0]), Offset.parse(bounds[1])) if bounds else None,
        expects_reply=step.get("expects_reply", False),
        offset_text=step["offset"],
    )


def _conditions(words: Sequence[str]) -> frozenset[Condition]:
    return frozenset(Condition(word) for word in words)
