"""The gate: the ordered checks before a send, each with its rule, reason and source.

`decide` is pure and total: the same facts and the same `now` give the same Decision. The order is that of house.md:
holds, source and conditions, expiry, idempotency, address, suppression, consent, route, caps, budget, hours.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from followup.domain.caps import Sent, room_left
from followup.domain.clinic import Clinic
from followup.domain.consent import Allowed, Consent, ConsentRule, Refused, Suppression
from followup.domain.consent import verdict as weigh_consent
from followup.domain.message import Channel, Hold, Message, MessageClass, Reason
from followup.domain.patient import PatientStatus
from followup.domain.protocol import Condition
from followup.domain.window import Calendar, next_opening, windows_for


@dataclass(frozen=True, slots=True)
class Send:
    """It may start now, over this channel to this address."""

    channel: Channel
    address: str
    consent: int | None = None  # the ledger's row that allows it


@dataclass(frozen=True, slots=True)
class Defer:
    """Not now; the same facts would allow it at `until` (UTC)."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """Not while `cause` lasts."""

    cause: Hold


@dataclass(frozen=True, slots=True)
class Skip:
    """Never: this contact ends here."""

    reason: Reason


Verdict = Send | Defer | Held | Skip


@dataclass(frozen=True, slots=True)
class Check:
    """What one check said: rule id, passed or not, plain words without patient data, and the source of the rule."""

    rule: str
    passed: bool
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict and every check that led to it, in order."""

    verdict: Verdict
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way to reach the patient; `problem` says why it cannot be used (bad number, US number, flagged), else empty."""

    channel: Channel
    address: str
    problem: str = ""
    trial_allowed: bool = True
    hold: Hold | None = None  # no provider can take it now, for this cause
    until: datetime | None = None  # when that ends by itself (UTC)
    suppressions: tuple[Suppression, ...] = ()
    us: bool = False  # a US number
    consent: int | None = None  # the ledger's row that allows it


@dataclass(frozen=True, slots=True)
class GateFacts:
    """Everything the gate looks at; gathered in the transaction that marks the start."""

    message: Message
    clinic: Clinic
    zone: str  # the patient's zone, else the clinic's
    candidates: tuple[Candidate, ...]  # in the step's order of channels
    calendar: Calendar
    holds: tuple[Hold, ...] = ()
    trial: bool = False
    patient_status: PatientStatus = PatientStatus.ACTIVE
    source_void: bool = False
    enrollment_stopped: bool = False
    unless: frozenset[Condition] = frozenset()
    only_if: frozenset[Condition] = frozenset()
    true_conditions: frozenset[Condition] = frozenset()
    contacted: bool = False  # this step already went out, or may have, under another id
    consents: tuple[Consent, ...] = ()
    sent: tuple[Sent, ...] = ()
    jitter: timedelta = timedelta(0)


Answer = tuple[Check, Verdict | None, tuple[Candidate, ...]]
_PLAIN = {
    Hold.TRIAL: "trial mode: the address is not on the allow list",
    Hold.CLINIC_PAUSED: "the clinic is paused",
    Hold.SENDER_PAUSED: "the sender is paused, or halted by a fault in its settings",
    Hold.ACCOUNT_HALTED: "the provider account is halted by a fault in its settings",
    Hold.REGION: "the provider account may not send to the recipient's country",
    Hold.INSTANCE: "this copy of the database has not been confirmed as the one that sends",
    Hold.CAMPAIGN_PAUSED: "the campaign is paused",
    Hold.PATIENT_PAUSED: "messages to this patient are paused",
    Hold.TEMPLATE: "the text cannot be rendered, or carriers filter it",
    Hold.FAULT: "the software could not prepare it",
}
_STATUS = {
    PatientStatus.DECEASED: Reason.DECEASED,
    PatientStatus.ARCHIVED: Reason.ARCHIVED,
    PatientStatus.MERGED: Reason.MERGED,
}


def _pass(rule: str, text: str, left: tuple[Candidate, ...], *, source: str = "") -> Answer:
    return Check(rule, True, text, source), None, left


def _stop(rule: str, text: str, verdict: Verdict, *, source: str = "") -> Answer:
    return Check(rule, False, text, source), verdict, ()


def holds(f: GateFacts, left: tuple[Candidate, ...], now: datetime) -> Answer:
    """Kill switch, pauses, halts and trial mode; in trial mode only allowed addresses stay."""
    if f.holds:
        return _stop("hold", _PLAIN[f.holds[0]], Held(f.holds[0]), source="facts 0.2 check 1")
    if f.trial and left:
        allowed = tuple(c for c in left if c.trial_allowed)
        if not allowed:
            return _stop("hold", _PLAIN[Hold.TRIAL], Held(Hold.TRIAL), source="contract 3, FOLLOWUP_MODE")
        return _pass("hold", "trial mode: the address is on the allow list", allowed)
    return _pass("hold", "nothing holds it", left)


def source(f: GateFacts, left: tuple[Candidate, ...], now: datetime) -> Answer:
    """The event behind it still stands and the step's conditions are met."""
    if f.patient_status in _STATUS:
        reason = _STATUS[f.patient_status]
        return _stop("source", f"the patient is {f.patient_status}", Skip(reason), source="facts 0.2 check 2")
    if f.source_void:
        return _stop(
            "source",
            "the treatment or booking behind it was withdrawn",
            Skip(Reason.VOIDED),
            source="facts 0.2 check 2",
        )
    if f.enrollment_stopped:
        return _stop("source", "the enrollment was stopped", Skip(Reason.STAFF), source="facts 0.2 check 2")
    for condition in sorted(f.unless & f.true_conditions):
        return _stop("source", f"not wanted with: {condition.replace('_', ' ')}", Skip(reason_for(condition, met=True)))
    for condition in sorted(f.only_if - f.true_conditions):
        return _stop(
            "source", f"only wanted with: {condition.replace('_', ' ')}", Skip(reason_for(condition, met=False))
        )
    return _pass("source", "the event behind it stands", left)


def reason_for(condition: Condition, *, met: bool) -> Reason:
    """Why a step is not wanted whose condition is met (or is not)."""
    if condition is Condition.FUTURE_BOOKING:
        return Reason.BOOKED
    open_now = (condition is Condition.SERIES_OPEN) == met
    return Reason.SERIES_OPEN if open_now else Reason.SERIES_CLOSED


def expiry(f: GateFacts, left: tuple[Candidate, ...], now: datetime) -> Answer:
    """A stale text expires instead of arriving."""
    if f.message.expires_at is not None and now >= f.message.expires_at:
        return _stop("expiry", "its time is over", Skip(Reason.EXPIRED), source="features F37")
    return _pass("expiry", "still of use", left)


def idempotency(f: GateFacts, left: tuple[Candidate, ...], now: datetime) -> Answer:
    """This contact has not been made and is not in doubt."""
    if f.contacted:
        return _stop(
            "idempotency", "this contact was made or may have been", Skip(Reason.DUPLICATE), source="facts 0.2 check 3"
        )
    return _pass("idempotency", "not sent before", left)


def address(f: GateFacts, left: tuple[Candidate, ...], now: datetime) -> Answer:
    """At least one address is valid and reachable."""
    usable = tuple(c for c in left if not c.problem)
    if usable:
        return _pass("address", f"reachable by {', '.join(c.channel for c in usable)}", usable)
    why = "; ".join(f"{c.channel}: {c.problem}" for c in left) or "the patient has no address for its channels"
    only_us = bool(left) and all(c.problem == Reason.US_DISABLED for c in left)
    return _stop(
        "address", why, Skip(Reason.US_DISABLED if only_us else Reason.UNREACHABLE), source="facts 0.2 check 4"
    )


def suppression(f: GateFacts, left: tuple[Candidate, ...], now: datetime) -> Answer:
    """STOP and its kin; only the one answer to the patient's own keyword passes."""
    if f.message.message_class is MessageClass.COMPLIANCE:
        return _pass("suppression", "the answer to a keyword", left, source="facts 0.1")
    free = tuple(c for c in left if not _suppressed(f, c))
    if not free:
        reasons = sorted({s.reason.value for c in left for s in c.suppressions})
        return _stop(
            "suppression", f"suppressed: {', '.join(reasons)}", Skip(Reason.OPTED_OUT), source="facts 1.4, 3.2"
        )
    return _pass("suppression", "not suppressed", free)


def _suppressed(f: GateFacts, candidate: Candidate) -> bool:
    return any(s.covers(f.message.message_class) for s in candidate.suppressions)


def consent(f: GateFacts, left: tuple[Candidate, ...], now: datetime) -> Answer:
    """The law of consent allows this class over the channel, by the ledger as it is now."""
    said = [(c, _by_law(f, c, now)) for c in left]
    agreed = [(replace(c, consent=v.entry.row_id if v.entry else None), v) for c, v in said if isinstance(v, Allowed)]
    if agreed:
        first, allowed = agreed[0]
        return _pass("consent", f"{allowed.basis} ({first.channel})", tuple(c for c, _ in agreed), source=allowed.source)
    refused = [v for _, v in said if isinstance(v, Refused)]
    text = "; ".join(dict.fromkeys(v.reason for v in refused))
    expired = any(v.rule is ConsentRule.EXPIRED for v in refused)
    verdict = Skip(Reason.CONSENT_EXPIRED if expired else Reason.NO_CONSENT)
    return _stop("consent", text, verdict, source="; ".join(dict.fromkeys(v.source for v in refused)))


def _by_law(f: GateFacts, candidate: Candidate, now: datetime) -> Allowed | Refused:
    return weigh_consent(
        f.consents, f.message.message_class, candidate.channel, clinic=f.clinic, now=now, us=candidate.us
    )


def route(f: GateFacts, left: tuple[Candidate, ...], now: datetime) -> Answer:
    """A provider can take it: what halts all of them keeps the message, and no other channel jumps in.

    Only where waiting would outlast the message does the next channel take over.
    """
    deadline = f.message.expires_at
    lasting = tuple(c for c in left if c.until is None or deadline is None or c.until < deadline) or left
    first = lasting[0]
    free = tuple(c for c in lasting if c.channel is first.channel and c.hold is None)
    if free:
        return _pass("route", f"a provider of {first.channel} can take it", free)
    cause = first.hold or Hold.ACCOUNT_HALTED
    if first.until is not None:
        text = f"{_PLAIN[cause]}: its limit is reached for a while"
        return _stop("route", text, Defer(first.until, cause.value), source="facts 3.11")
    return _stop("route", _PLAIN[cause], Held(cause), source="facts 3.11")


def caps(f: GateFacts, left: tuple[Candidate, ...], now: datetime) -> Answer:
    """Not more often than a patient can bear; the loser waits."""
    free_at = room_left(f.clinic.caps, f.message.message_class, f.sent, now=now, zone=f.zone)
    if free_at is not None:
        opens = _opening(f, free_at)
        return _stop("caps", "the patient's limit for this class is reached", Defer(opens, "cap"), source="facts 0.3")
    return _pass("caps", "room left", left)


def budget(f: GateFacts, left: tuple[Candidate, ...], now: datetime) -> Answer:
    """The clinic has set no limit on spending."""
    return _pass("budget", "no budget is set", left)


def hours(f: GateFacts, left: tuple[Candidate, ...], now: datetime) -> Answer:
    """Inside the send window of its class in the patient's zone."""
    opens = _opening(f, now)
    if opens > now:
        return _stop("hours", "outside the send window", Defer(opens, "hours"), source="facts 1.10, 6.4")
    return _pass("hours", "inside the send window", left)


def _opening(f: GateFacts, moment: datetime) -> datetime:
    windows = windows_for(f.clinic, f.message.message_class)
    opens = next_opening(windows, f.zone, moment, calendar=f.calendar)
    if opens == moment:
        return opens
    spread = opens + f.jitter
    return spread if next_opening(windows, f.zone, spread, calendar=f.calendar) == spread else opens


CHECKS: tuple[Callable[[GateFacts, tuple[Candidate, ...], datetime], Answer], ...] = (
    holds,
    source,
    expiry,
    idempotency,
    address,
    suppression,
    consent,
    route,
    caps,
    budget,
    hours,
)


def decide(facts: GateFacts, now: datetime) -> Decision:
    """Run the checks in their order until one does not pass; a deferral past the deadline is an expiry."""
    left, said = facts.candidates, []
    for check in CHECKS:
        result, verdict, left = check(facts, left, now)
        said.append(result)
        if verdict is not None:
            return Decision(_unless_stale(facts, verdict), tuple(said))
    return Decision(Send(left[0].channel, left[0].address, left[0].consent), tuple(said))


def _unless_stale(facts: GateFacts, verdict: Verdict) -> Verdict:
    deadline = facts.message.expires_at
    if isinstance(verdict, Defer) and deadline is not None and verdict.until >= deadline:
        return Skip(Reason.EXPIRED)
    return verdict


def foresee(facts: GateFacts, now: datetime) -> tuple[Decision, datetime]:
    """What the gate would say when the message is due, if nothing changed until then, and when that is.

    Follows deferrals (each ends later than the one before) until Send, Hold or Skip.
    """
    moment = max(now, facts.message.due_at)
    for _ in range(40):
        decision = decide(facts, moment)
        if not isinstance(decision.verdict, Defer):
            return decision, moment
        moment = decision.verdict.until
    return decision, moment


def without_jitter(facts: GateFacts) -> GateFacts:
    """The same facts with a plain opening time, for showing."""
    return replace(facts, jitter=timedelta(0))
