"""Promises: what must hold of everything that was sent and of everything that was not, looked at one by one."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from followup.sandbox.simulation import law
from followup.sandbox.simulation.evidence import Evidence
from followup.sandbox.simulation.facts import Done
from followup.sandbox.simulation.truth import is_true

_FINAL = frozenset({"delivered", "undelivered", "failed", "skipped", "cancelled", "sent"})
Finding = tuple[bool, str]


@dataclass(frozen=True, slots=True)
class Promise:
    """How often a promise was looked at, and where it was broken (ids and instants, never a name or number)."""

    name: str
    checked: int
    broken: tuple[str, ...] = ()


def hours(e: Evidence) -> Iterator[Finding]:
    """Inside the hours of every zone the person may be in."""
    for call in e.calls():
        places = e.watch.places(e.person(call), call.at)
        fine = any(law.may_be_sent_at(call.kind, call.at, place, address=call.to) for place in places)
        yield fine, f"{call.kind} {call.message} at {call.at.isoformat()}"


def consent(e: Evidence) -> Iterator[Finding]:
    """No promotion without a consent that stands on that day."""
    for call in e.calls():
        if call.kind in law.SELLING:
            words = e.watch.words(e.person(call), call.at)
            yield law.agreed(words, call.channel, call.at, us=law.is_us(call.to)), f"{call.message} at {call.at}"


def stopped(e: Evidence) -> Iterator[Finding]:
    """Nothing to a number whose holder said stop or wrong number, but the one answer."""
    for call in e.calls():
        if call.channel == "sms":
            yield e.watch.silence(call.to, call.at) is None, f"{call.kind} {call.message} at {call.at.isoformat()}"


def gone(e: Evidence) -> Iterator[Finding]:
    """Nothing to the dead, nor where the record is closed."""
    for call in e.calls():
        yield not e.watch.is_gone(e.person(call), call.at), f"{call.message} at {call.at.isoformat()}"


def own_address(e: Evidence) -> Iterator[Finding]:
    """Only to a number or mailbox that is the patient's."""
    for call in e.calls():
        places = e.watch.places(e.person(call), call.at)
        yield any(call.to in {p.sms, p.email} for p in places), f"{call.message} at {call.at.isoformat()}"


def dead_numbers(e: Evidence) -> Iterator[Finding]:
    """A number that the carrier calls dead is not tried again."""
    first: dict[str, datetime] = {}
    for call in e.calls():
        if call.to in e.gone_numbers:
            yield call.at <= first.setdefault(call.to, call.at), f"{call.message} at {call.at.isoformat()}"


def once(e: Evidence) -> Iterator[Finding]:
    """A text is taken at most once; an e-mail in doubt goes again at most once."""
    for (channel, message), times in e.taken.items():
        yield times <= (1 if channel == "sms" else 2), f"{message} taken {times} times by {channel}"


def limits(e: Evidence) -> Iterator[Finding]:
    """Not more a day, week and month than the limits say, when it went: what is freer may still follow it that day."""
    for calls in e.went().values():
        days = [(call.kind, e.day(call)) for call in calls]
        for place, (call, (kind, day)) in enumerate(zip(calls, days, strict=True), start=1):
            for most, span, kinds in law.limits(kind, us=call.channel == "sms" and law.is_us(call.to)):
                count = sum(k in kinds and day - timedelta(days=span) < d <= day for k, d in days[:place])
                yield count <= most, f"{count} of {kind} in {span} days, {call.message}"


def checkin_days(e: Evidence) -> Iterator[Finding]:
    """No promotion on the day of a check-in."""
    for calls in e.went().values():
        asked = {e.day(call) for call in calls if call.kind == "checkin"}
        for call in calls:
            if call.kind in law.SELLING:
                yield e.day(call) not in asked, f"{call.message} on {e.day(call)}"


def merged(e: Evidence) -> Iterator[Finding]:
    """Care of one day for several treatments comes as one message."""
    for calls in e.went().values():
        steps = Counter((e.by_id[c.message]["step_key"], e.day(c)) for c in calls if c.kind == "care")
        for (step, day), times in steps.items():
            if step != "day-0":  # what is told at once may go before another treatment is known
                yield times == 1, f"{step} {times} times on {day}"


def withdrawn(e: Evidence) -> Iterator[Finding]:
    """Nothing about a treatment that was entered in error."""
    for call in e.calls():
        source = e.watch.treatments(e.person(call), call.at).get(e.by_id[call.message]["source_id"])
        if source is not None:
            yield not source.withdrawn, f"{call.message} at {call.at.isoformat()}"


def each_once(e: Evidence) -> Iterator[Finding]:
    """A campaign reaches nobody twice, however often it was cut off."""
    had = Counter(
        (person, row["campaign_id"])
        for person, calls in e.went().items()
        for row in (e.by_id[call.message] for call in calls)
        if row["campaign_id"] is not None
    )
    for (person, campaign), times in had.items():
        yield times == 1, f"{person} got {campaign} {times} times"


def booked(e: Evidence) -> Iterator[Finding]:
    """No nudge of a protocol to whom a visit stands in the future; of a campaign its filter decides."""
    for call in e.calls():
        if call.kind in law.SELLING and e.by_id[call.message]["campaign_id"] is None:
            yield not e.watch.has_visit_ahead(e.person(call), e.codes[0], call.at), f"{call.message} at {call.at}"


def planned(e: Evidence) -> Iterator[Finding]:
    """Every treatment that was told of has all that its protocol promises after it, sent or not."""
    rows = {(row["source_id"], row["step_key"]) for row in e.rows}
    for person, diary in e.watch.diaries.items():
        for told, done in diary.of(Done, e.end):
            assert isinstance(done, Done)
            soon = e.watch.treatments(person, told + e.watch.lag)[done.treatment]
            if soon.withdrawn or e.watch.is_gone(person, told + e.watch.lag):
                continue  # told and taken back before anything was planned
            missing = [s.key for s in e.steps[done.code]
                       if s.anchor == "treatment" and (done.treatment, s.key) not in rows]  # fmt: skip
            yield not missing, f"{done.treatment} has no {', '.join(missing)}"


def on_time(e: Evidence) -> Iterator[Finding]:
    """Never before its day and hour, and never when its time is over."""
    for call in e.calls():
        row, person = e.by_id[call.message], e.person(call)
        done = e.watch.treatments(person, call.at).get(row["source_id"])
        step = next((s for s in e.steps.get(done.code, ()) if s.key == row["step_key"]), None) if done else None
        if done is None or step is None:
            continue
        firsts = [step.earliest(done.at, place.zone) for place in e.watch.places(person, call.at)]
        fine = any(first <= call.at < first + step.lasts + e.watch.lag for first in firsts)
        yield fine, f"{call.message} at {call.at.isoformat()}"


def finished(e: Evidence) -> Iterator[Finding]:
    """Every message ended, or is to come, or is held with its cause."""
    for row in e.rows:
        to_come = row["state"] == "scheduled" and (row["due_at"] > e.end or row["hold"] is not None)
        in_doubt = row["state"] == "unconfirmed"
        yield row["state"] in _FINAL or to_come or in_doubt, f"{row['id']} is {row['state']}, due {row['due_at']}"


def reasons(e: Evidence) -> Iterator[Finding]:
    """Every message that did not go says why, and it is true."""
    for row in e.rows:
        if row["state"] in {"skipped", "cancelled", "failed"}:
            yield is_true(e, row), f"{row['id']} is {row['state']} because {row['reason']}"


PROMISES: Mapping[str, Callable[[Evidence], Iterator[Finding]]] = {
    "inside the hours of every zone": hours,
    "promotion by consent alone": consent,
    "nothing after a stop": stopped,
    "nothing to the dead": gone,
    "only to the patient's own address": own_address,
    "no dead number twice": dead_numbers,
    "each contact once": once,
    "within the limits": limits,
    "no promotion on a check-in's day": checkin_days,
    "one care message a day and step": merged,
    "nothing about withdrawn treatments": withdrawn,
    "no nudge with a visit ahead": booked,
    "a campaign reaches nobody twice": each_once,
    "all that a protocol promises is planned": planned,
    "never early, never stale": on_time,
    "nothing is forgotten": finished,
    "every message not sent has its reason": reasons,
}


def look_at(evidence: Evidence) -> list[Promise]:
    """Every promise, kept or broken."""
    found = []
    for name, rule in PROMISES.items():
        said = list(rule(evidence))
        found.append(Promise(name, len(said), tuple(text for fine, text in said if not fine)))
    return found
