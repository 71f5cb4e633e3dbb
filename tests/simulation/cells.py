"""Which cells of the message table a story visited, read from the histories of its messages."""

from collections import Counter
from collections.abc import Iterable, Mapping

from followup.domain.lifecycle import MESSAGE, Signal
from followup.domain.message import MessageState

Cell = tuple[MessageState, Signal]
EVERY: tuple[Cell, ...] = tuple((state, signal) for state in MessageState for signal in Signal)
#: The name under which a test passes its cells on to the end of the run, as `scheduled claimed 12`.
PROPERTY = "cells of the message table"


def words(visited: Mapping[Cell, int]) -> list[str]:
    """Cells and their numbers as plain words, which cross from one process to another."""
    return [f"{state} {signal} {number}" for (state, signal), number in visited.items()]


def count(told: Iterable[str]) -> Counter[Cell]:
    """The cells and numbers of such words."""
    counted: Counter[Cell] = Counter()
    for entry in told:
        state, signal, number = entry.split()
        counted[MessageState(state), Signal(signal)] += int(number)
    return counted


def table(visited: Mapping[Cell, int]) -> list[str]:
    """A line a state: how often each of its arrows was taken, `·` for never."""
    lines = []
    for state in MessageState:
        arrows = [signal for source, signal in MESSAGE if source is state]
        counts = [f"{signal} {visited.get((state, signal), 0) or '·'}" for signal in arrows]
        lines.append(f"{state:<12} {'  '.join(counts)}")
    reached = sum(1 for cell in MESSAGE if visited.get(cell))
    rest = f"the other {len(EVERY) - reached} cells of the table have tests of their own"
    return [*lines, f"{reached} of {len(MESSAGE)} arrows were visited; {rest}"]
