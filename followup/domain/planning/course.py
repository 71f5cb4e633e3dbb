"""Course: what one enrollment should hold, and the plan of all courses of a patient."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from followup.domain.message import Reason
from followup.domain.planning.timing import Planned
from followup.domain.protocol import CareProtocol

#: What an enrollment comes from: protocol key, "treatment" or "booking", and the id of that.
SourceKey = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Drop:
    """Why something is not wanted, and the row id of the event that made it so."""

    reason: Reason
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What an existing enrollment is bound to: its protocol version, the steps that went out or may have, and those
    that ended for good without.
    """

    protocol: CareProtocol
    spent: frozenset[str] = frozenset()
    ended: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Course:
    """What one enrollment should hold: its steps with their times, and those it gave up."""

    key: SourceKey
    protocol: CareProtocol
    anchor_at: datetime
    event_row: str
    backfill: bool
    steps: tuple[Planned, ...]
    dropped: Mapping[str, Drop] = field(default_factory=dict)  # by step key

    def without(self, step_key: str, drop: Drop) -> "Course":
        """The same course, that step given up."""
        kept = tuple(s for s in self.steps if s.step_key != step_key)
        return replace(self, steps=kept, dropped={**self.dropped, step_key: drop})


@dataclass(frozen=True, slots=True)
class Plan:
    """All courses of a patient, and why a source that has none has none."""

    courses: Mapping[SourceKey, Course]
    drops: Mapping[tuple[str, str], Drop]  # by kind and id of the source
    ends: Drop | None = None  # why the patient has no plan at all

    def why_not(self, key: SourceKey) -> Drop:
        """Why there is no course of this source."""
        return self.ends or self.drops.get(key[1:], Drop(Reason.REPLANNED))
