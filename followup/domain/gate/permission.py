"""Checks that do not wait: holds, the event behind it, its deadline, the address, suppression, consent, the route."""

from dataclasses import replace
from datetime import datetime

from followup.domain.consent import Allowed, ConsentRule, Refused, Suppression
from followup.domain.consent import verdict as weigh_consent
from followup.domain.gate import law
from followup.domain.gate.facts import Answer, Candidate, Candidates, GateFacts, passed, stopped
from followup.domain.gate.times import next_time
from followup.domain.gate.verdict import Defer, Held, Skip
from followup.domain.message import Hold, MessageClass, Reason
from followup.domain.patient import PatientStatus
from followup.domain.protocol import Condition
from followup.domain.window import to_local

_STATUS = {
    PatientStatus.DECEASED: Reason.DECEASED,
    PatientStatus.ARCHIVED: Reason.ARCHIVED,
    PatientStatus.MERGED: Reason.MERGED,
}


def holds(f: GateFacts, left: Candidates, now: datetime) -> Answer:
    """Kill switch, pauses, halts and trial mode; in trial mode only allowed addresses stay."""
    if f.holds:
        text, source = _held(f)
        return stopped("hold", text, Held(f.holds[0]), source=source)
    if f.trial and left:
        allowed = tuple(c for c in left if c.trial_allowed)
        if not allowed:
            return stopped("hold", law.HOLDS[Hold.TRIAL][0], Held(Hold.TRIAL), source=law.MODE)
        return passed("hold", "trial mode: the address is on the allow list", allowed, source=law.MODE)
    return passed("hold", "nothing holds it", left, source=law.STAFF)


def _held(f: GateFacts) -> tuple[str, str]:
    if f.holds[0] is Hold.PATIENT_PAUSED and f.rests_until is not None:
        return f"the patient asked for a pause until {to_local(f.rests_until, f.zone):%Y-%m-%d %H:%M}", law.PATIENT
    return law.HOLDS[f.holds[0]]


def source(f: GateFacts, left: Candidates, now: datetime) -> Answer:
    """The event behind it still stands and the step's conditions are met."""
    step = f"step {f.message.step_key}"
    if f.patient_status in _STATUS:
        reason, told = _STATUS[f.patient_status], f"event patient.{f.patient_status}"
        return stopped("source", f"the patient is {f.patient_status}", Skip(reason), source=told)
    if f.source_void:
        text = "the treatment or booking behind it was withdrawn"
        return stopped("source", text, Skip(Reason.VOIDED), source="events treatment.voided, booking.cancelled")
    if f.enrollment_stopped:
        return stopped("source", "the enrollment was stopped", Skip(Reason.STAFF), source=law.STAFF)
    if f.campaign_cancelled:
        return stopped("source", "the campaign was cancelled", Skip(Reason.STAFF), source=law.STAFF)
    for condition in sorted(f.unless & f.true_conditions):
        skip, text = Skip(reason_for(condition, met=True)), f"not wanted with: {condition.replace('_', ' ')}"
        return stopped("source", text, skip, source=f"{step}, unless: {condition}")
    for condition in sorted(f.only_if - f.true_conditions):
        skip, text = Skip(reason_for(condition, met=False)), f"only wanted with: {condition.replace('_', ' ')}"
        return stopped("source", text, skip, source=f"{step}, only_if: {condition}")
    return passed("source", "the event behind it stands", left, source=step)


def reason_for(condition: Condition, *, met: bool) -> Reason:
    """Why a step is not wanted whose condition is met (or is not)."""
    if condition is Condition.FUTURE_BOOKING:
        return Reason.BOOKED
    open_now = (condition is Condition.SERIES_OPEN) == met
    return Reason.SERIES_OPEN if open_now else Reason.SERIES_CLOSED


def expiry(f: GateFacts, left: Candidates, now: datetime) -> Answer:
    """A stale text expires instead of arriving."""
    told = f"step {f.message.step_key}, valid_for"
    if f.message.expires_at is not None and now >= f.message.expires_at:
        return stopped("expiry", "its time is over", Skip(Reason.EXPIRED), source=told)
    return passed("expiry", "still of use", left, source=told)


def idempotency(f: GateFacts, left: Candidates, now: datetime) -> Answer:
    """This contact has not been made and is not in doubt."""
    if f.contacted:
        text = "this contact was made or may have been"
        return stopped("idempotency", text, Skip(Reason.DUPLICATE), source=law.ONCE)
    return passed("idempotency", "not sent before", left, source=law.ONCE)


def address(f: GateFacts, left: Candidates, now: datetime) -> Answer:
    """At least one address is valid and reachable."""
    usable = tuple(c for c in left if not c.problem)
    if usable:
        ways = ", ".join(dict.fromkeys(c.channel for c in usable))
        return passed("address", f"reachable by {ways}", usable, source=law.CONTACT)
    if left and all(c.problem == Reason.US_DISABLED for c in left):
        text = "the clinic writes to no US numbers"
        return stopped("address", text, Skip(Reason.US_DISABLED), source=law.US_OFF)
    why = "; ".join(f"{c.channel}: {_plain(c.problem)}" for c in left) or "the patient has no address for its channels"
    return stopped("address", why, Skip(Reason.UNREACHABLE), source=law.CONTACT)


def _plain(problem: str) -> str:
    return "is a US number, to which the clinic does not write" if problem == Reason.US_DISABLED else problem


def suppression(f: GateFacts, left: Candidates, now: datetime) -> Answer:
    """STOP and its kin; only the one answer to the patient's own keyword passes."""
    if f.message.message_class is MessageClass.COMPLIANCE:
        return passed("suppression", "the answer to a keyword", left, source=law.ANSWER)
    against = [[s for s in c.suppressions if s.covers(f.message.message_class) and _stands(s, now)] for c in left]
    free = tuple(c for c, found in zip(left, against, strict=True) if not found)
    if free:
        ways = ", ".join(dict.fromkeys(c.channel for c in free))
        return passed("suppression", f"not suppressed: {ways}", free, source="CASL s.11(3)")
    reasons = sorted({s.reason for found in against for s in found})
    sources = [law.SUPPRESSIONS[reason] for reason in reasons] + [law.US_OPT_OUT for c in left if c.us]
    text = f"suppressed: {', '.join(reason.replace('_', ' ') for reason in reasons)}"
    return stopped("suppression", text, Skip(Reason.OPTED_OUT), source="; ".join(dict.fromkeys(sources)))


def _stands(suppression: Suppression, now: datetime) -> bool:
    return suppression.until is None or suppression.until > now


def consent(f: GateFacts, left: Candidates, now: datetime) -> Answer:
    """The law of consent allows this class over the channel, by the ledger as it is now."""
    said = [(c, _by_law(f, c, now)) for c in left]
    agreed = [(replace(c, consent=v.entry.row_id if v.entry else None), v) for c, v in said if isinstance(v, Allowed)]
    if agreed:
        first, allowed = agreed[0]
        text, ways = f"{allowed.basis} ({first.channel})", tuple(c for c, _ in agreed)
        return passed("consent", text, ways, source=allowed.source)
    refused = [v for _, v in said if isinstance(v, Refused)]
    text = "; ".join(dict.fromkeys(v.reason for v in refused))
    expired = any(v.rule is ConsentRule.EXPIRED for v in refused)
    skip = Skip(Reason.CONSENT_EXPIRED if expired else Reason.NO_CONSENT)
    return stopped("consent", text, skip, source="; ".join(dict.fromkeys(v.source for v in refused)))


def _by_law(f: GateFacts, candidate: Candidate, now: datetime) -> Allowed | Refused:
    return weigh_consent(
        f.consents, f.message.message_class, candidate.channel, clinic=f.clinic, now=now, us=candidate.us
    )


def route(f: GateFacts, left: Candidates, now: datetime) -> Answer:
    """A provider can take it: what halts all of them keeps the message, and no other channel jumps in.

    Only where waiting for the provider, the hours or the limits of a channel would outlast the message does the next
    channel take over.
    """
    lasting = _in_time(f, left, now)
    first = lasting[0]
    free = tuple(c for c in lasting if c.channel is first.channel and not _is_held(c, now))
    if free:
        over = "" if first.channel is left[0].channel else f", {left[0].channel} not before its time is over"
        return passed("route", f"a provider of {first.channel} can take it{over}", free, source=law.PROVIDER)
    text, told = law.HOLDS[first.hold or Hold.ACCOUNT_HALTED]
    if first.until is None:
        return stopped("route", text, Held(first.hold or Hold.ACCOUNT_HALTED), source=told)
    until = next_time(f, first, first.until) or first.until
    cause = (first.hold or Hold.ACCOUNT_HALTED).value
    return stopped("route", f"{text}: its limit is reached for a while", Defer(until, cause), source=told)


def _in_time(f: GateFacts, left: Candidates, now: datetime) -> Candidates:
    """The ways that can still be gone before the deadline; all of them where none can."""
    deadline = f.message.expires_at
    if deadline is None:
        return left
    waiting = tuple(c for c in left if c.until is None or c.until < deadline)
    if len({c.channel for c in left}) == 1:
        return waiting or left
    return tuple(c for c in waiting if _has_room(f, c, max(now, c.until or now))) or waiting or left


def _has_room(f: GateFacts, candidate: Candidate, moment: datetime) -> bool:
    """True if hours and limits let it go before the deadline, or nobody knows when its provider is back."""
    if candidate.hold is not None and candidate.until is None:
        return True
    soonest, deadline = next_time(f, candidate, moment), f.message.expires_at
    return soonest is not None and (deadline is None or soonest < deadline)


def _is_held(candidate: Candidate, now: datetime) -> bool:
    return candidate.hold is not None and (candidate.until is None or candidate.until > now)
