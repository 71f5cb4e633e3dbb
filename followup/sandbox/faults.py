"""Faults that a stand-in is told to play: which, where, how often."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(slots=True)
class Fault:
    """`kind` is the stand-in's own word; `count` None means until it is lifted, `every` 3 means each third time."""

    kind: str
    on: str = "create"
    count: int | None = None
    every: int = 1
    seconds: float = 30.0  # how long a hang lasts
    retry_after: int | None = None
    seen: int = 0

    def strikes(self) -> bool:
        self.seen += 1
        if self.seen % self.every or self.count == 0:
            return False
        if self.count is not None:
            self.count -= 1
        return True


class FaultBook:
    """The faults in force, oldest first; the first that strikes is played."""

    def __init__(self, kinds: Collection[str]) -> None:
        self._kinds = kinds
        self._faults: list[Fault] = []

    def add(self, asked: Mapping[str, Any]) -> Fault:
        """Raises ValueError or TypeError for what is no fault."""
        fault = Fault(**asked)
        if fault.kind not in self._kinds or fault.every < 1:
            raise ValueError(f"kind must be one of {', '.join(sorted(self._kinds))}; every at least 1")
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        self._faults.clear()

    def strike(self, on: str) -> Fault | None:
        """The fault to play at the door `on`, if one is due there."""
        return self._first(lambda fault: fault.on in (on, "all"))

    def strike_if(self, fits: Callable[[str], bool]) -> Fault | None:
        """The fault to play among those whose kind fits, if one is due."""
        return self._first(lambda fault: fits(fault.kind))

    def _first(self, fits: Callable[[Fault], bool]) -> Fault | None:
        self._faults = [fault for fault in self._faults if fault.count != 0]
        return next((fault for fault in self._faults if fits(fault) and fault.strikes()), None)

    def listing(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self._faults]
