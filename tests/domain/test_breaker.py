"""The circuit: what opens it, what closes it, and that it never decides more than where."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from followup.domain.breaker import (
    Cause,
    Choice,
    Circuit,
    CircuitState,
    Evidence,
    Mark,
    Way,
    back_off,
    choose,
    concluded,
    judge,
    mark_of,
    may_probe,
    probing,
)
from tests.fakes import START

CLOSED, OPEN, HALF = CircuitState.CLOSED, CircuitState.OPEN, CircuitState.HALF_OPEN
SOUND = Circuit(CLOSED, START)
BAD, GOOD, NONE = Mark.FAILED, Mark.FINE, Mark.NEITHER
LEASE, SECOND = timedelta(seconds=60), timedelta(seconds=1)


def opened(times: int = 0) -> Circuit:
    return judge(Circuit(CLOSED, START, times=times), Evidence([BAD] * 5), START)


@pytest.mark.parametrize(
    ("calls", "opens"),
    [
        ([], False),
        ([BAD] * 4, False),
        ([BAD] * 5, True),
        ([BAD] * 4 + [GOOD], False),
        ([GOOD] + [BAD] * 9, True),
        ([BAD, GOOD] * 4, False),
        ([BAD, GOOD] * 5, True),
        ([GOOD, GOOD, BAD] * 10, False),
        ([NONE] * 40, False),
        ([NONE, BAD] * 5, True),
    ],
)
def test_half_of_ten_or_five_running_open_it(calls: list[Mark], opens: bool) -> None:
    assert (judge(SOUND, Evidence(calls), START).state is OPEN) == opens


@pytest.mark.parametrize(
    ("awaited", "missing", "opens"), [(9, 9, False), (10, 5, False), (10, 6, True), (200, 100, False), (200, 101, True)]
)
def test_receipts_that_stay_away_open_it_too(awaited: int, missing: int, opens: bool) -> None:
    after = judge(SOUND, Evidence(awaited=awaited, missing=missing), START)
    assert (after.state is OPEN) == opens
    assert not opens or after.cause is Cause.RECEIPTS


@pytest.mark.parametrize(
    ("outcome", "code", "mark"),
    [
        ("accepted", None, GOOD),
        ("rejected", "21610", GOOD),
        ("unknown", "http-503", BAD),
        ("unknown", "timeout", BAD),
        ("transient", "connect", BAD),
        ("transient", "20429", NONE),
        ("transient", "lease", NONE),
        (None, None, NONE),
    ],
)
def test_only_silence_and_faults_count_as_failed(outcome: str | None, code: str | None, mark: Mark) -> None:
    assert mark_of(outcome, code) is mark


def test_each_opening_waits_longer_up_to_ten_minutes() -> None:
    pauses = [(circuit.until or START) - START for circuit in map(opened, range(12))]
    assert pauses[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert pauses[-1] == timedelta(minutes=10)


def test_a_probe_that_never_returns_frees_the_place() -> None:
    circuit = probing(opened(), "att_1", now=START, lease=LEASE)
    assert not may_probe(circuit, START + LEASE - SECOND)
    assert may_probe(circuit, START + LEASE)


def test_only_the_probe_itself_closes_a_circuit() -> None:
    circuit = probing(opened(), "att_1", now=START, lease=LEASE)
    assert concluded(circuit, "att_2", GOOD, now=START) == circuit
    assert concluded(circuit, "att_1", GOOD, now=START).state is CLOSED
    assert concluded(circuit, "att_1", NONE, now=START).times == circuit.times


def ways(*states: tuple[str, CircuitState, bool]) -> list[Way[str]]:
    until = START + LEASE
    return [Way(name, Circuit(state, START, until=until), shunned=shunned) for name, state, shunned in states]


@pytest.mark.parametrize(
    ("line", "later", "expected"),
    [
        (ways(("a", CLOSED, False), ("b", CLOSED, False)), False, Choice("a")),
        (ways(("a", OPEN, False), ("b", CLOSED, False)), False, Choice("b")),
        (ways(("a", OPEN, False), ("b", CLOSED, False)), True, Choice("a", probe=True)),
        (ways(("a", CLOSED, True), ("b", CLOSED, False)), False, Choice("b")),
        (ways(("a", CLOSED, True), ("b", OPEN, False)), False, Choice("a")),
        (ways(("a", OPEN, False), ("b", OPEN, False)), False, Choice("a")),
        (ways(("a", OPEN, True), ("b", OPEN, False)), False, Choice("b")),
        (ways(("a", OPEN, True)), False, Choice("a")),
    ],
)
def test_the_first_that_works_takes_it(line: list[Way[str]], later: bool, expected: Choice[str]) -> None:
    assert choose(line, START + LEASE if later else START) == expected


_WAYS = st.lists(
    st.builds(
        Way,
        to=st.sampled_from("abcd"),
        circuit=st.builds(Circuit, state=st.sampled_from(CircuitState), since=st.just(START), until=st.just(START)),
        shunned=st.booleans(),
    ),
    min_size=1,
)


@given(_WAYS, st.integers(-60, 60))
def test_somebody_is_always_chosen_among_them(line: list[Way[str]], seconds: int) -> None:
    found = choose(line, START + timedelta(seconds=seconds))
    assert found.to in {way.to for way in line}
    closed = [way for way in line if way.circuit.state is CLOSED and not way.shunned]
    assert not closed or seconds >= 0 or found.to == closed[0].to


def test_a_halt_is_tried_less_and_less() -> None:
    waits = [back_off(tries) for tries in range(10)]
    assert waits[0] == timedelta(minutes=1)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=1)


class Life(RuleBasedStateMachine):
    """Random calls, pauses and probes: what must hold of a circuit whatever comes."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.circuit, self.probes = START, SOUND, 0

    @rule(calls=st.lists(st.sampled_from(Mark), max_size=50), awaited=st.integers(0, 50), missing=st.integers(0, 50))
    def look(self, calls: list[Mark], awaited: int, missing: int) -> None:
        before = self.circuit
        self.circuit = judge(before, Evidence(calls, awaited, min(missing, awaited)), self.now)
        assert before.state is CLOSED or self.circuit == before
        assert self.circuit.state is CLOSED or BAD in calls or missing or before.state is not CLOSED

    @rule(seconds=st.integers(1, 900))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @precondition(lambda self: may_probe(self.circuit, self.now))
    @rule(mark=st.sampled_from(Mark), returns=st.booleans())
    def probe(self, mark: Mark, returns: bool) -> None:
        self.probes += 1
        self.circuit = probing(self.circuit, f"att_{self.probes}", now=self.now, lease=LEASE)
        assert not may_probe(self.circuit, self.now)
        if returns:
            self.circuit = concluded(self.circuit, f"att_{self.probes}", mark, now=self.now)
            assert (self.circuit.state is CLOSED) == (mark is GOOD)

    @rule(mark=st.sampled_from(Mark))
    def stray(self, mark: Mark) -> None:
        assert concluded(self.circuit, "att_0", mark, now=self.now) == self.circuit

    @invariant()
    def it_always_comes_back(self) -> None:
        assert self.circuit.state is CLOSED or may_probe(self.circuit, self.now + timedelta(minutes=10))


TestLife = Life.TestCase
