"""Audience: a saved choice of patients; which clauses it has, and whether one person is chosen and by what."""

from followup.domain.audience.audience import Audience, expand, segments_of, walk
from followup.domain.audience.clause import (
    AllOf,
    AnyOf,
    Clause,
    Consented,
    Enrolled,
    Everybody,
    FutureBooking,
    InSeries,
    LastVisit,
    Listed,
    NotOf,
    Saved,
    SeriesState,
    Speaks,
    Tagged,
    Treated,
    Uploaded,
)
from followup.domain.audience.judge import Said, Verdict, matches
from followup.domain.audience.person import Need, Person, Setting, needs
from followup.domain.audience.span import Span, When

__all__ = [
    "AllOf",
    "AnyOf",
    "Audience",
    "Clause",
    "Consented",
    "Enrolled",
    "Everybody",
    "FutureBooking",
    "InSeries",
    "LastVisit",
    "Listed",
    "Need",
    "NotOf",
    "Person",
    "Said",
    "Saved",
    "SeriesState",
    "Setting",
    "Span",
    "Speaks",
    "Tagged",
    "Treated",
    "Uploaded",
    "Verdict",
    "When",
    "expand",
    "matches",
    "needs",
    "segments_of",
    "walk",
]
