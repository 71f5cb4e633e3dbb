"""Tell: saved segments and verdicts as the doors print them."""

from typing import Any

from followup.domain.audience import Said, Verdict
from followup.storage.audience.segments import SavedSegment


def segment(one: SavedSegment) -> dict[str, Any]:
    """A segment with its definition."""
    return {
        "name": one.name,
        "title": one.title,
        "audience": dict(one.definition),
        "saved_by": one.saved_by,
        "saved_at": one.saved_at.isoformat(),
    }


def verdict(one: Verdict) -> dict[str, Any]:
    """Chosen or not, the clause that decided, and what every clause said."""
    return {"chosen": one.chosen, "why": _said(one.why), "clauses": [_said(said) for said in one.said]}


def _said(one: Said) -> dict[str, Any]:
    return {"at": one.at, "holds": one.holds, "text": one.text}
