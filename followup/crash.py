"""Crash points: a process that kills itself at a named point of the path, for tests and for the chaos benchmark.

A point is the caller's module and function with what it is about to do or has just done: `begin.begin:before_commit`,
`finish.finish:after_commit`, `twilio.send:before`, `twilio.send:after`. FOLLOWUP_CRASH_AT names them, with commas:
`POINT` is the first pass, `POINT@3` the third, `~0.01` any point with that chance. It is refused in live mode.
"""

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from followup.domain.errors import SettingError

Reach = Callable[[str], None]


def caller(depth: int) -> str:
    """`module.function` of the frame `depth` above the one that asks."""
    frame = sys._getframe(depth + 1)
    return f"{frame.f_globals['__name__'].rpartition('.')[2]}.{frame.f_code.co_name}"


def die(_point: str) -> None:
    """As kill -9 does: nothing is flushed, closed or said."""
    os.kill(os.getpid(), signal.SIGKILL)


class CrashPoints:
    """Calls `end` at the points that `wanted` names; counts every pass."""

    def __init__(self, wanted: str, *, rng: Random, end: Reach = die) -> None:
        self._rng, self._end = rng, end
        self._chance, self._at = 0.0, set[tuple[str, int]]()
        for word in filter(None, (w.strip() for w in wanted.split(","))):
            self._read(word)
        self.passes: Counter[str] = Counter()

    def _read(self, word: str) -> None:
        try:
            if word.startswith("~"):
                self._chance = float(word[1:])
            else:
                point, _, pass_ = word.partition("@")
                self._at.add((point, int(pass_ or 1)))
        except ValueError:
            raise SettingError(
                "FOLLOWUP_CRASH_AT", f"{word!r} is no point", cure="write POINT, POINT@3 or ~0.01"
            ) from None

    def reach(self, point: str) -> None:
        """The process is at this point now."""
        self.passes[point] += 1
        if (point, self.passes[point]) in self._at or (self._chance and self._rng.random() < self._chance):
            self._end(point)


class Watched:
    """A provider whose calls are crash points, before the request leaves and after the answer came."""

    def __init__(self, provider: Any, reach: Reach) -> None:
        self._provider, self._reach = provider, reach

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._provider, name)
        return self._around(name, found) if name in {"send", "look_up", "fetch"} else found

    def _around(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        async def watched(*args: Any, **kwargs: Any) -> Any:
            point = f"{self._provider.name}.{name}"
            self._reach(f"{point}:before")
            answer = await call(*args, **kwargs)
            self._reach(f"{point}:after")
            return answer

        return watched
