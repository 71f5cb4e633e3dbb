"""Triage: how urgent is what a patient wrote, and which rule says so. Recall first: doubt goes up a tier."""

from followup.domain.triage.severity import Severity
from followup.domain.triage.weighing import Judged, judge
from followup.domain.words.reading import read

__all__ = ["Judged", "Severity", "judge", "severity"]


def severity(text: str, language: str = "en") -> Judged:
    """The severity of any text with the id of the rule that fired (empty for none); never raises."""
    return judge(read(text, language))
