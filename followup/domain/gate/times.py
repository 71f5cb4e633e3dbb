"""Checks that wait: caps, budget and hours; and the next time that all of them allow."""

from datetime import datetime, timedelta

from followup.domain.caps import Crowded, crowded
from followup.domain.clinic import Caps, SendWindow
from followup.domain.consent import NEEDS_CONSENT
from followup.domain.gate import law
from followup.domain.gate.facts import Answer, Candidate, Candidates, GateFacts, passed, stopped
from followup.domain.gate.verdict import Defer, Skip
from followup.domain.hours import HourRule, ZoneChoice, close_of_all, federal_calendar, opening_of_all, shut_at
from followup.domain.message import MessageClass, Reason
from followup.domain.window import DEFAULT_WINDOWS, REACH_DAYS, to_local, windows_for

_CHOSEN = {
    ZoneChoice.PATIENT: "the patient's zone",
    ZoneChoice.CLINIC: "the clinic's zone, for the patient's is not known",
    ZoneChoice.AREA_CODE: "the clinic's zone and those of the number, for the patient's is not known",
}
_TURNS = 40
#: Of a clinic's own limits: a person may go beyond them, never beyond those of the law.
_NO_CAPS = Caps(None, None, None, None, None)


def caps(f: GateFacts, left: Candidates, now: datetime) -> Answer:
    """Not more often than a patient can bear; who ranks lower waits."""
    if f.answers:
        return passed("caps", "an answer to the patient's own message is never counted", left, source=law.ANSWER)
    full = _crowd(f, left[0], now)
    if full is None and f.message.urged:
        return passed("caps", "a person said: send it now; no law limits it", left, source=law.STAFF)
    if full is None:
        return passed("caps", "room left", left, source="clinic's caps")
    until = next_time(f, left[0], full.until)
    return stopped("caps", full.text, _later(until, "cap"), source=full.source)


def budget(f: GateFacts, left: Candidates, now: datetime) -> Answer:
    """What a clinic means to spend on promotion in a month; nothing else ever waits for money."""
    if f.broke_until is None or now >= f.broke_until:
        return passed("budget", "no limit on spending is reached", left, source=law.BUDGET)
    if f.message.urged:
        return passed("budget", "a person said: send it now, beyond the budget", left, source=law.STAFF)
    until, deadline = next_time(f, left[0], f.broke_until), f.message.expires_at
    late = until is None or (deadline is not None and deadline <= until)
    verdict = Skip(Reason.BUDGET) if late or until is None else Defer(until, "budget")
    return stopped("budget", "the month's budget is spent", verdict, source=law.BUDGET)


def hours(f: GateFacts, left: Candidates, now: datetime) -> Answer:
    """Inside the send window of its class in the patient's zone."""
    kind, first = f.message.message_class, left[0]
    rules = rules_of(f, first)
    if not rules and f.message.urged:
        return passed("hours", f"a person said: send it now; no law sets hours for {kind}", left, source=law.STAFF)
    if not rules:
        return passed("hours", "it may go at any hour", left, source=law.ANSWER)
    shut = shut_at(rules, now)
    if shut is None:
        text = f"inside the hours of {kind}: {_clock(f.zone, now)}, {_CHOSEN[f.choice(first)]}"
        return passed("hours", text, left, source=_sources(rules))
    where = _CHOSEN[f.choice(first)] if shut.zone == f.zone else "where the number may be"
    text = f"outside the hours of {kind}: {_clock(shut.zone, now)}, {where}"
    return stopped("hours", text, _later(next_time(f, first, now), "hours"), source=shut.source)


def _later(until: datetime | None, reason: str) -> Defer | Skip:
    return Skip(Reason.EXPIRED) if until is None else Defer(until, reason)


def _clock(zone: str, moment: datetime) -> str:
    return f"{to_local(moment, zone):%H:%M} in {zone}"


def _sources(rules: tuple[HourRule, ...]) -> str:
    return "; ".join(dict.fromkeys(rule.source for rule in rules))


def _crowd(f: GateFacts, candidate: Candidate, moment: datetime) -> Crowded | None:
    if f.answers or (f.message.urged and candidate.terms is None):
        return None
    return crowded(
        _NO_CAPS if f.message.urged else f.clinic.caps,
        f.message.message_class,
        f.sent,
        now=moment,
        zone=f.zone,
        rivals=f.rivals,
        terms=candidate.terms,
    )


def rules_of(f: GateFacts, candidate: Candidate) -> tuple[HourRule, ...]:
    """The hours that must all be open for this way: the clinic's in every zone it may be, and those of its country."""
    kind = f.message.message_class
    windows, own = _windows(f, kind)
    if not windows and not f.message.urged:
        return ()
    zones = (f.zone, *candidate.further)
    rules = tuple(HourRule(windows, zone, f.calendar, own) for zone in zones if windows)
    if candidate.terms is None or f.answers:
        return rules
    abroad, source = candidate.terms.windows(kind)
    days_off = federal_calendar(f.calendar.closures)
    return (*rules, *(HourRule(abroad, zone, days_off, source) for zone in zones))


def _windows(f: GateFacts, kind: MessageClass) -> tuple[tuple[SendWindow, ...], str]:
    """The hours of a class and where they stand written; where a person says "now", those of the law alone."""
    if f.answers:
        return (), law.ANSWER
    if f.message.urged:
        return (DEFAULT_WINDOWS[kind], law.USUAL_HOURS[kind]) if kind in NEEDS_CONSENT else ((), law.STAFF)
    own = f"clinic's send_windows, {kind}" if kind in f.clinic.windows else law.USUAL_HOURS[kind]
    return windows_for(f.clinic, kind), own


def next_time(f: GateFacts, candidate: Candidate, moment: datetime) -> datetime | None:
    """The first instant from `moment` on with room and open hours, a little into them; None if none comes in time."""
    rules = rules_of(f, candidate)
    for _ in range(_TURNS):
        opens = opening_of_all(rules, moment)
        if opens is None:
            return None
        full = _crowd(f, candidate, opens)
        if full is None:
            return _spread(f, candidate, opens) if opens > moment else opens
        moment = full.until
    return moment + timedelta(days=REACH_DAYS)


def _spread(f: GateFacts, candidate: Candidate, opens: datetime) -> datetime:
    """Not everybody at the same second, and never beyond the hours."""
    later, rules = opens + f.jitter, rules_of(f, candidate)
    fits = shut_at(rules, later) is None and _crowd(f, candidate, later) is None
    return later if fits else opens


def closing(f: GateFacts, address: str, now: datetime) -> datetime | None:
    """When the hours that are open now for this address end; None if they do not."""
    found = next((c for c in f.candidates if c.address == address), None)
    rules = rules_of(f, found) if found else ()
    return close_of_all(rules, now) if rules else None
