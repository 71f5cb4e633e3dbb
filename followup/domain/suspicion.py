"""What repeated codes say about a number or a text: when a number is given up, when a text is paused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from followup.domain.outcome import Suspicion

_BLOCKED_OFTEN, _BLOCKED_WITHIN = 2, timedelta(days=30)
_AWAY_IN_A_ROW = 3
#: Facts 3.11: a text is paused once more than 3 % of a batch were filtered; a single one may be chance.
_FILTERED_SHARE, _FILTERED_LEAST = 0.03, 2
BATCH_WITHIN = timedelta(days=1)
REMEMBERED = _BLOCKED_WITHIN


@dataclass(frozen=True, slots=True)
class Ending:
    """How one contact with an address ended; further tries of the same contact are no further endings."""

    at: datetime
    suspicion: Suspicion | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What an address is flagged with, and the words for staff."""

    flag: str
    note: str
    ask: str


_REASSIGNED = Finding(
    "reassigned",
    "the number is no longer in use and may belong to somebody else now",
    "a number may belong to somebody else now: check who has it before texting it again",
)
_BLOCKED = Finding(
    "blocked", "the recipient's carrier or phone blocks our texts", "texts to a number are blocked: ask the patient why"
)
_AWAY = Finding(
    "out_of_reach",
    "three messages in a row found the phone off or out of reach",
    "a phone was out of reach three times in a row: check the number",
)


def about_address(endings: Sequence[Ending], now: datetime) -> Finding | None:
    """What the endings of an address, newest first, say about it."""
    newest = endings[0].suspicion if endings else None
    if newest is Suspicion.REASSIGNED:
        return _REASSIGNED
    blocked = [e for e in endings if e.suspicion is Suspicion.BLOCKED and now - e.at <= _BLOCKED_WITHIN]
    if newest is Suspicion.BLOCKED and len(blocked) >= _BLOCKED_OFTEN:
        return _BLOCKED
    row = [e.suspicion for e in endings[:_AWAY_IN_A_ROW]]
    return _AWAY if row == [Suspicion.AWAY] * _AWAY_IN_A_ROW else None


def too_many_filtered(filtered: int, ended: int) -> bool:
    """True if a text must be paused: `filtered` of `ended` in the batch."""
    return filtered >= _FILTERED_LEAST and filtered > _FILTERED_SHARE * ended
