"""Over: the ways to a patient that were passed over on the way to a verdict, each with the check that stopped it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from followup.domain.gate import law
from followup.domain.gate.facts import Candidate, GateFacts
from followup.domain.gate.permission import address, consent, holds, suppression
from followup.domain.gate.verdict import Check, Over
from followup.domain.message import Channel

_NONE = {Channel.SMS: "the patient has no number", Channel.EMAIL: "the patient has no mailbox"}


def passed_over(facts: GateFacts, now: datetime) -> tuple[Over, ...]:
    """Those before the first that nothing stops, in the step's order; none where there is but one way."""
    alone = replace(facts, holds=())
    return tuple(dict.fromkeys(_each(alone, now))) if _has_choice(facts) else ()


def _has_choice(facts: GateFacts) -> bool:
    return len(facts.candidates) + len(_without(facts)) > 1 and bool(facts.candidates)


def _without(facts: GateFacts) -> list[Channel]:
    if facts.answers:  # it goes where the patient wrote from
        return []
    reached = {c.channel for c in facts.candidates}
    return [c for c in facts.message.channels if c not in reached]


def _each(facts: GateFacts, now: datetime) -> Iterator[Over]:
    missing = _without(facts)
    order = {channel: n for n, channel in enumerate(facts.message.channels)}
    for one in facts.candidates:
        while missing and order[missing[0]] < order.get(one.channel, 0):
            channel = missing.pop(0)
            yield Over(channel, Check("address", False, _NONE[channel], law.CONTACT))
        stopped = _stopped(facts, one, now)
        if stopped is None:
            return
        text = stopped.text.removeprefix(f"{one.channel}: ")
        yield Over(one.channel, replace(stopped, text=text))
    yield from (Over(c, Check("address", False, _NONE[c], law.CONTACT)) for c in missing)


def _stopped(facts: GateFacts, one: Candidate, now: datetime) -> Check | None:
    for check in (holds, address, suppression, consent):
        said, _, _ = check(facts, (one,), now)
        if not said.passed:
            return said
    return None
