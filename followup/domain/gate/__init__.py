"""The gate: the ordered checks before a send, each with its rule, its reason in plain words and where the rule stands.

`decide` is pure and total: the same facts and the same `now` give the same Decision. The order is that of house.md:
holds, source and conditions, expiry, idempotency, address, suppression, consent, route, caps, budget, hours.
"""

from followup.domain.gate.decide import CHECKS, decide, examine, foresee, without_jitter
from followup.domain.gate.facts import Candidate, GateFacts
from followup.domain.gate.law import SUPPRESSIONS as SOURCES
from followup.domain.gate.permission import reason_for
from followup.domain.gate.times import closing
from followup.domain.gate.verdict import Check, Decision, Defer, Held, Over, Send, Skip, Verdict

__all__ = [
    "CHECKS",
    "SOURCES",
    "Candidate",
    "Check",
    "Decision",
    "Defer",
    "GateFacts",
    "Held",
    "Over",
    "Send",
    "Skip",
    "Verdict",
    "closing",
    "decide",
    "examine",
    "foresee",
    "reason_for",
    "without_jitter",
]
