"""Truth: whether the reason that a message gives for not having gone is one that the facts bear out."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from followup.sandbox.simulation import law
from followup.sandbox.simulation.evidence import Evidence
from followup.sandbox.simulation.facts import Place
from followup.sandbox.simulation.town import HOME

Row = Mapping[str, Any]
_STEP = timedelta(minutes=30)


def is_true(e: Evidence, row: Row) -> bool:
    """True if the reason is known and nothing that was seen contradicts it."""
    reason = str(row["reason"] or "")
    if reason in _OF_THE_PLAN or (e.faults and reason in _OF_TROUBLE):
        return True
    return reason in _TESTS and _TESTS[reason](e, row)


def _gone(e: Evidence, row: Row) -> bool:
    return e.watch.is_gone(str(row["patient_id"]), row["at"])


def _opted_out(e: Evidence, row: Row) -> bool:
    return any(e.watch.silence(place.sms, row["at"]) for place in _places(e, row))


def _no_consent(e: Evidence, row: Row) -> bool:
    """None of the ways that are left may be used for promotion."""
    words = e.watch.words(str(row["patient_id"]), row["at"])
    ways = list(_ways(e, row, row["at"]))
    free = [law.agreed(words, channel, row["at"], us=law.is_us(to)) for channel, to in ways]
    return row["message_class"] in law.SELLING and (not ways or not all(free))


def _unreachable(e: Evidence, row: Row) -> bool:
    return any(not _is_usable(e, "sms", place.sms, at=row["at"]) for place in _places(e, row))


def _booked(e: Evidence, row: Row) -> bool:
    return e.watch.has_visit_ahead(str(row["patient_id"]), e.codes[0], row["at"])


def _voided(e: Evidence, row: Row) -> bool:
    """The treatment or the visit behind it was taken back."""
    person = str(row["patient_id"])
    done = e.watch.treatments(person, row["at"]).get(row["source_id"])
    visit = e.watch.visits(person, row["at"]).get(row["source_id"])
    return done.withdrawn if done is not None else visit is not None and visit.starts_at is None


def _superseded(e: Evidence, row: Row) -> bool:
    """A later treatment was done."""
    known = e.watch.treatments(str(row["patient_id"]), row["at"])
    own = known.get(row["source_id"])
    return own is not None and any(t.at > own.at for t in known.values())


def _merged(_e: Evidence, row: Row) -> bool:
    return row["carried_by"] is not None


def _rejected(e: Evidence, row: Row) -> bool:
    return any(place.sms in e.gone_numbers for place in _places(e, row))


def _duplicate(e: Evidence, row: Row) -> bool:
    same = (row["source_id"], row["step_key"])
    return any((other["source_id"], other["step_key"]) == same and other is not row for other in e.rows)


def _expired(e: Evidence, row: Row) -> bool:
    """Its time is over, or would be before the hours and limits let it go."""
    ends: datetime = row["expires_at"]
    moment: datetime = row["at"] + _STEP
    while moment + _STEP < ends:
        if any(_may_go(e, row, moment, to=to, channel=channel) for channel, to in _ways(e, row, moment)):
            return False
        moment += _STEP
    return True


def _may_go(e: Evidence, row: Row, moment: datetime, *, to: str, channel: str) -> bool:
    kind, us = str(row["message_class"]), channel == "sms" and law.is_us(to)
    places = list(e.watch.places(str(row["patient_id"]), moment))
    open_now = all(law.may_be_sent_at(kind, moment, place, address=to) for place in places)
    return open_now and all(
        _count(e, row, moment, kinds=kinds, days=days) < most for most, days, kinds in law.limits(kind, us=us)
    )


def _count(e: Evidence, row: Row, moment: datetime, *, kinds: frozenset[str], days: int) -> int:
    """How many went, or had their time, in the days around this one: what ranks higher keeps its room."""
    zone = ZoneInfo(next(e.watch.places(str(row["patient_id"]), moment)).zone or HOME)
    day = moment.astimezone(zone).date()
    near = (abs((at.astimezone(zone).date() - day).days) for kind, at in e.contacts(row) if kind in kinds)
    return sum(far < days for far in near)


def _places(e: Evidence, row: Row) -> Iterator[Place]:
    return e.watch.places(str(row["patient_id"]), row["at"])


def _ways(e: Evidence, row: Row, at: datetime) -> Iterator[tuple[str, str]]:
    for place in e.watch.places(str(row["patient_id"]), at):
        for channel, address in (("sms", place.sms), ("email", place.email)):
            if _is_usable(e, channel, address, at=at):
                yield channel, address


def _is_usable(e: Evidence, channel: str, address: str, *, at: datetime) -> bool:
    if channel == "email":
        return bool(address)
    return address.startswith("+") and address not in e.gone_numbers and e.watch.silence(address, at) is None


_TESTS: Mapping[str, Callable[[Evidence, Row], bool]] = {
    "deceased": _gone,
    "archived": _gone,
    "opted_out": _opted_out,
    "no_consent": _no_consent,
    "consent_expired": _no_consent,
    "unreachable": _unreachable,
    "future_booking": _booked,
    "voided": _voided,
    "superseded": _superseded,
    "merged": _merged,
    "rejected": _rejected,
    "duplicate": _duplicate,
    "expired": _expired,
}
#: What the protocol says of the course of sessions; a later word of the clinic changed the plan.
_OF_THE_PLAN = frozenset({"series_open", "series_closed", "late", "replanned"})
_OF_TROUBLE = frozenset({"abandoned", "unconfirmed"})
