"""Decide: the checks in their order, now, for showing, and for the time when a message is due."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from followup.domain.gate import law
from followup.domain.gate.facts import Answer, Candidate, Candidates, GateFacts
from followup.domain.gate.over import passed_over
from followup.domain.gate.permission import address, consent, expiry, holds, idempotency, route, source, suppression
from followup.domain.gate.times import budget, caps, hours
from followup.domain.gate.verdict import Check, Decision, Defer, Send, Skip, Verdict
from followup.domain.message import Reason

CHECKS: tuple[Callable[[GateFacts, Candidates, datetime], Answer], ...] = (
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
#: These look at an address; without one they have nothing to say.
_OF_ADDRESSES = frozenset({suppression, consent, route})
_TURNS = 40


def decide(facts: GateFacts, now: datetime) -> Decision:
    """Run the checks in their order until one does not pass; a deferral past the deadline is an expiry."""
    left, said = facts.candidates, []
    for check in CHECKS:
        result, verdict, left = check(facts, left, now)
        said.append(result)
        if verdict is not None:
            return replace(_unless_stale(facts, verdict, said), over=passed_over(facts, now))
    first, chosen = facts.candidates[0], left[0]
    is_first = chosen.address == first.address and chosen.channel is facts.message.channels[0]
    over = () if is_first else passed_over(facts, now)
    return Decision(Send(chosen.channel, chosen.address, chosen.consent), tuple(said), over)


def _unless_stale(facts: GateFacts, verdict: Verdict, said: list[Check]) -> Decision:
    deadline = facts.message.expires_at
    if not isinstance(verdict, Defer) or deadline is None or verdict.until < deadline:
        return Decision(verdict, tuple(said))
    over = Check("expiry", False, "its time is over by then", f"step {facts.message.step_key}, valid_for")
    return Decision(Skip(Reason.EXPIRED), (*said, over))


def examine(facts: GateFacts, now: datetime) -> Decision:
    """The same verdict with what every check has to say, also those behind the one that decided."""
    decided = decide(facts, now)
    left, said = facts.candidates, []
    for check in CHECKS:
        if not left and check in _OF_ADDRESSES:
            said.append(Check(check.__name__, True, "there is no address to look at", law.CONTACT))
            continue
        result, _, rest = check(facts, left if left or check is address else (_nobody(facts),), now)
        said.append(result)
        left = rest if result.passed and left else left
    return replace(decided, checks=(*said, *(c for c in decided.checks if c not in said)))


def _nobody(facts: GateFacts) -> Candidate:
    """Where there is no address: hours and limits are those of the clinic."""
    return Candidate(facts.message.channels[0], "")


def foresee(facts: GateFacts, now: datetime) -> tuple[Decision, datetime]:
    """What the gate would say when the message is due, if nothing changed until then, and when that is.

    Follows deferrals (each ends later than the one before) until Send, Hold or Skip; every check is told.
    """
    moment = max(now, facts.message.due_at)
    for _ in range(_TURNS):
        verdict = decide(facts, moment).verdict
        if not isinstance(verdict, Defer):
            break
        moment = verdict.until
    return examine(facts, moment), moment


def without_jitter(facts: GateFacts) -> GateFacts:
    """The same facts with a plain opening time, for showing."""
    return replace(facts, jitter=timedelta(0))
