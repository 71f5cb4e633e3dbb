"""Sign: one phrase in a text that tells of the body."""

from dataclasses import dataclass

from followup.domain.triage.severity import Severity


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign found: where it stands in the canonical text and how much it weighs."""

    rule: str
    severity: Severity
    start: int
    end: int
    is_over: bool = False  # said not to be there, or not any more
