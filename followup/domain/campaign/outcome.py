"""Outcome: whether those who were written to book more than those who were not, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

#: Below so many people in a group nothing is said of a difference.
LEAST = 100
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Group:
    """People who got the same, or nothing; by what was drawn for them, whether or not it reached them."""

    name: str
    size: int
    booked: int

    @property
    def share(self) -> float:
        """Of a hundred people, how many booked."""
        return 100 * self.booked / self.size if self.size else 0.0

    @property
    def bounds(self) -> tuple[float, float]:
        """Between which shares the true one lies, at 95 % (Wilson)."""
        if not self.size:
            return 0.0, 100.0
        n, p = self.size, self.booked / self.size
        middle, half = p + _Z**2 / (2 * n), _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        whole = 1 + _Z**2 / n
        return 100 * max(0.0, (middle - half) / whole), 100 * min(1.0, (middle + half) / whole)


def compared(groups: Sequence[Group]) -> str:
    """What the groups show, in one sentence; empty where there is nothing to compare."""
    some = [g for g in groups if g.size]
    if len(some) < 2:
        return ""
    small = [g for g in some if g.size < LEAST]
    if small:
        names = ", ".join(f"{g.name} has {g.size}" for g in small)
        return f"too few people to tell a difference: {names}, {LEAST} are the least"
    best, *rest = sorted(some, key=lambda g: g.share, reverse=True)
    worse = [g.name for g in rest if g.bounds[1] < best.bounds[0]]
    if not worse:
        return "no difference can be told from chance"
    return f"{best.name} books more than {', '.join(worse)}, beyond chance"
