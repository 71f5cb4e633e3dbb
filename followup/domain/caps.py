"""Frequency limits: how many messages a patient may get, counted by local days in the patient's zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from followup.domain.clinic import Caps
from followup.domain.message import MessageClass

Sent = tuple[MessageClass, datetime]

#: Classes that share one limit, and those that have none: a patient's own booking and answers are never capped.
_CARE = frozenset({MessageClass.CARE, MessageClass.CHECKIN})
_PROMO = frozenset({MessageClass.PROMO, MessageClass.CONSENT_REQUEST})


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` messages in `days` local days, today included."""

    most: int
    days: int


def limits(caps: Caps, message_class: MessageClass) -> tuple[tuple[Limit, ...], frozenset[MessageClass]]:
    """The limits of a class and the classes counted together under them (facts 0.3)."""
    if message_class in _CARE:
        return _named((caps.care_per_day, 1), (caps.care_per_week, 7)), _CARE
    if message_class in _PROMO:
        return _named((caps.promo_per_day, 1), (caps.promo_per_month, 30)), _PROMO
    return (), frozenset()


def _named(*pairs: tuple[int | None, int]) -> tuple[Limit, ...]:
    return tuple(Limit(most, days) for most, days in pairs if most is not None)


def room_left(
    caps: Caps, message_class: MessageClass, sent: Sequence[Sent], *, now: datetime, zone: str
) -> datetime | None:
    """None if there is room at `now`; else the first instant (a local midnight, UTC) at which there will be.

    A limit of 0 gives no room ever: the answer is then a year away and the message's own deadline ends it.
    """
    rules, counted = limits(caps, message_class)
    local = ZoneInfo(zone)
    days = sorted(moment.astimezone(local).date() for kind, moment in sent if kind in counted)
    today = now.astimezone(local).date()
    for ahead in range(366):
        day = today + timedelta(days=ahead)
        if all(sum(day - timedelta(days=rule.days) < d <= day for d in days) < rule.most for rule in rules):
            return None if ahead == 0 else datetime.combine(day, time(), local).astimezone(UTC)
    return now + timedelta(days=366)
