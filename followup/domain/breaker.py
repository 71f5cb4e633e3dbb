"""The circuit of a provider and sender: when new messages start elsewhere, and how it is tried again.

closed → open when too many calls fail or receipts stay away; open → half open when its pause is over: one message
tries it; half open → closed when that one goes well, else open again for longer. It decides where a message starts,
never whether, and nothing that is on the wire or in doubt is moved by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

WINDOW = timedelta(minutes=10)
#: The newest calls that count, within the window.
NEWEST = 50
#: So many calls say something: half of them failed, or the last few without exception.
_LEAST_CALLS, _SHARE, _IN_A_ROW = 10, 0.5, 5
#: A receipt is due by then; what is older than twice that says nothing about now.
PATIENCE = timedelta(minutes=10)
_LEAST_AWAITED = 10
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=10)


class CircuitState(StrEnum):
    """Whether new messages may start there."""

    CLOSED = "closed"  # they may
    OPEN = "open"  # they start elsewhere until its pause is over
    HALF_OPEN = "half_open"  # one message is trying it


class Cause(StrEnum):
    """Why a circuit opened."""

    ERRORS = "errors"
    RECEIPTS = "receipts"


class Mark(StrEnum):
    """What one call says about the provider."""

    FINE = "fine"  # it answered, be it with a refusal of this message
    FAILED = "failed"  # it could not be reached, broke off, or answered with a fault of its own
    NEITHER = "neither"  # our own pace, our own halt: it says nothing


@dataclass(frozen=True, slots=True)
class Circuit:
    """All moments are real time. `times`: how often in a row it opened; `probe`: the attempt that tries it."""

    state: CircuitState
    since: datetime
    cause: Cause = Cause.ERRORS
    until: datetime | None = None  # open: when it may be tried; half open: when the trial counts as lost
    times: int = 0
    probe: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The newest calls since the circuit last changed, newest first; receipts that are due, and those missing."""

    calls: Sequence[Mark] = ()
    awaited: int = 0
    missing: int = 0


def mark_of(outcome: str | None, code: str | None) -> Mark:
    """What an attempt's outcome says: a full queue or a refusal is an answer, silence and a broken line are not."""
    if outcome == "unknown" or (outcome == "transient" and code in {"connect", "cut"}):
        return Mark.FAILED
    return Mark.FINE if outcome in {"accepted", "rejected"} else Mark.NEITHER


def judge(circuit: Circuit, evidence: Evidence, now: datetime) -> Circuit:
    """The circuit after a look at the evidence; only a closed one can open by it."""
    if circuit.state is not CircuitState.CLOSED:
        return circuit
    if _fails(evidence.calls):
        return _opened(circuit, Cause.ERRORS, now)
    if evidence.awaited >= _LEAST_AWAITED and evidence.missing > _SHARE * evidence.awaited:
        return _opened(circuit, Cause.RECEIPTS, now)
    return circuit


def _fails(calls: Sequence[Mark]) -> bool:
    told = [mark for mark in calls if mark is not Mark.NEITHER]
    newest = told[:_IN_A_ROW]
    if len(newest) == _IN_A_ROW and set(newest) == {Mark.FAILED}:
        return True
    return len(told) >= _LEAST_CALLS and told.count(Mark.FAILED) >= _SHARE * len(told)


def _opened(circuit: Circuit, cause: Cause, now: datetime) -> Circuit:
    pause = min(_FIRST_PAUSE * (2 ** min(circuit.times, 10)), _LONGEST_PAUSE)
    return Circuit(CircuitState.OPEN, now, cause, until=now + pause, times=circuit.times + 1)


def may_probe(circuit: Circuit, now: datetime) -> bool:
    """True if one message may try it: its pause is over, or the one that tried it never came back."""
    return circuit.state is not CircuitState.CLOSED and circuit.until is not None and circuit.until <= now


def probing(circuit: Circuit, attempt: str, *, now: datetime, lease: timedelta) -> Circuit:
    """The circuit while `attempt` tries it."""
    return replace(circuit, state=CircuitState.HALF_OPEN, since=now, until=now + lease, probe=attempt)


def concluded(circuit: Circuit, attempt: str, mark: Mark, *, now: datetime) -> Circuit:
    """The circuit after an attempt came back; any but the one that tries it changes nothing."""
    if circuit.state is not CircuitState.HALF_OPEN or circuit.probe != attempt:
        return circuit
    if mark is Mark.FINE:
        return Circuit(CircuitState.CLOSED, now)
    if mark is Mark.FAILED:
        return _opened(circuit, circuit.cause, now)
    return replace(circuit, state=CircuitState.OPEN, since=now, until=now + _FIRST_PAUSE, probe=None)


def back_off(tries: int) -> timedelta:
    """Real time until a halt is tried again: a minute, doubling to an hour."""
    return min(timedelta(minutes=2 ** min(tries, 10)), timedelta(hours=1))


W = TypeVar("W")


@dataclass(frozen=True, slots=True)
class Way(Generic[W]):
    """A provider that could take the message, with its circuit."""

    to: W
    circuit: Circuit
    shunned: bool = False  # it has just turned this message away


@dataclass(frozen=True, slots=True)
class Choice(Generic[W]):
    """Where a message starts; as a `probe` if it tries a circuit."""

    to: W
    probe: bool = False


def choose(ways: Sequence[Way[W]], now: datetime) -> Choice[W]:
    """The first whose circuit is closed or may be tried, rather one that has not just turned it away; else the first.

    `ways` holds at least one, in the order of preference.
    """
    for shunned in (False, True):
        for way in (w for w in ways if w.shunned is shunned):
            if way.circuit.state is CircuitState.CLOSED:
                return Choice(way.to)
            if may_probe(way.circuit, now):
                return Choice(way.to, probe=True)
    return Choice(next((w.to for w in ways if not w.shunned), ways[0].to))
