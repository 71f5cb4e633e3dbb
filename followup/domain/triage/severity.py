"""Severity: how soon a person must see what a patient wrote (facts: triage tiers)."""

from enum import StrEnum


class Severity(StrEnum):
    """From nobody to any hour."""

    NONE = "none"
    ROUTINE = "routine"  # next business day
    URGENT = "urgent"  # the same day, a clinician
    EMERGENCY = "emergency"  # at once, whoever is on call

    @property
    def rank(self) -> int:
        """0 for none, 3 for an emergency."""
        return list(Severity).index(self)
