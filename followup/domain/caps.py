"""Frequency limits: how many messages a patient may get, counted by local days in the patient's zone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from followup.domain.clinic import Caps, Terms
from followup.domain.message import MessageClass

Sent = tuple[MessageClass, datetime]

#: Who goes first where there is room for fewer. What answers the patient's own message is never counted.
RANK = {
    MessageClass.COMPLIANCE: 0,
    MessageClass.REPLY: 0,
    MessageClass.CARE: 1,
    MessageClass.TRANSACTIONAL: 2,
    MessageClass.CHECKIN: 3,
    MessageClass.CONSENT_REQUEST: 4,
    MessageClass.PROMO: 5,
}
_CARE = frozenset({MessageClass.CARE, MessageClass.CHECKIN})
_CARE_ABROAD = _CARE | {MessageClass.TRANSACTIONAL}
_PROMO = frozenset({MessageClass.PROMO, MessageClass.CONSENT_REQUEST})
_ALL = _CARE_ABROAD | _PROMO
_FAR = 366


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` messages of these classes in `days` local days, the day of sending included."""

    most: int
    days: int
    classes: frozenset[MessageClass]
    source: str


@dataclass(frozen=True, slots=True)
class Crowded:
    """There is no room before `until` (a local midnight, UTC), and why."""

    until: datetime
    text: str
    source: str


def limits_of(caps: Caps, message_class: MessageClass, terms: Terms | None = None) -> tuple[Limit, ...]:
    """The limits of a class; `terms` are those of the country of the number that is written to."""
    if terms is not None and message_class in _CARE_ABROAD:
        day, week = _least(caps.care_per_day, terms.care_per_day), _least(caps.care_per_week, terms.care_per_week)
        return (Limit(day, 1, _CARE_ABROAD, terms.care_source), Limit(week, 7, _CARE_ABROAD, terms.care_source))
    if message_class in _CARE:
        return _named(("care_per_day", caps.care_per_day, 1), ("care_per_week", caps.care_per_week, 7), classes=_CARE)
    if message_class in _PROMO:
        own = (("promo_per_day", caps.promo_per_day, 1), ("promo_per_month", caps.promo_per_month, 30))
        return (*_named(*own, classes=_PROMO), *_named(("all_per_day", caps.all_per_day, 1), classes=_ALL))
    return ()


def _least(own: int | None, law: int) -> int:
    return law if own is None else min(own, law)


def _named(*rules: tuple[str, int | None, int], classes: frozenset[MessageClass]) -> tuple[Limit, ...]:
    return tuple(Limit(most, days, classes, f"clinic's caps, {n}") for n, most, days in rules if most is not None)


def crowded(
    caps: Caps,
    message_class: MessageClass,
    sent: Sequence[Sent],
    *,
    now: datetime,
    zone: str,
    rivals: Sequence[Sent] = (),
    terms: Terms | None = None,
) -> Crowded | None:
    """None if there is room at `now`; else the first local midnight from which there will be, as far as is known.

    `rivals` are messages that wait, by class and due time: those of a higher rank keep their room, so that no class
    takes it from a higher one by being claimed first. A promo keeps off the days of check-ins. A limit of 0 gives no
    room ever: the answer is then a year away, and the message's own deadline ends it.
    """
    local = ZoneInfo(zone)
    today = now.astimezone(local).date()
    higher = [r for r in rivals if RANK[r[0]] < RANK[message_class]]
    taken = _by_day([*sent, *higher], local)
    rules = limits_of(caps, message_class, terms)
    why: Limit | None = None
    for ahead in range(_FAR):
        day = today + timedelta(days=ahead)
        full = next((rule for rule in rules if not _fits(rule, taken, day)), None)
        if full is None and not (message_class is MessageClass.PROMO and (MessageClass.CHECKIN, day) in taken):
            return None if ahead == 0 else _crowded(day, local, why)
        why = (why or full) if ahead == 0 else why
        if full is not None and full.most == 0:
            break
    return _crowded(today + timedelta(days=_FAR), local, why)


def _by_day(some: Iterable[Sent], local: ZoneInfo) -> list[tuple[MessageClass, date]]:
    return [(kind, moment.astimezone(local).date()) for kind, moment in some]


def _fits(rule: Limit, taken: Sequence[tuple[MessageClass, date]], day: date) -> bool:
    """True if one more on `day` overfills no stretch of `rule.days` that holds it."""
    near = [(d - day).days for kind, d in taken if kind in rule.classes and abs((d - day).days) < rule.days]
    ends = range(rule.days) if any(n > 0 for n in near) else (0,)
    return all(sum(end - rule.days < n <= end for n in near) < rule.most for end in ends)


def _crowded(day: date, local: ZoneInfo, rule: Limit | None) -> Crowded:
    until = datetime.combine(day, time(), local).astimezone(UTC)
    if rule is None:
        return Crowded(until, "the patient has a check-in on that day", "clinic's care: no promo on a check-in's day")
    words = "a day" if rule.days == 1 else f"in {rule.days} days"
    kinds = ", ".join(sorted(kind.value for kind in rule.classes))
    return Crowded(until, f"the patient's limit is reached: {rule.most} {words} of {kinds}", rule.source)
