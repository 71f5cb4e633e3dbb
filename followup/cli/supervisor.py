"""Starts the roles of one machine as child processes, restarts those that die and drains them in order."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import IO

from followup.cli.lifeline import tied

#: Seconds before the next start by how often a role died young in a row; the last entry holds from then on.
_BACK_OFF = (0.0, 0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
_YOUNG = 5.0  # seconds; a life shorter than this counts as a failed start
_LARGEST_LOG = 10_000_000  # bytes; a longer one is put aside when its role starts
_PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Role:
    """One child to keep alive; at the end it has `limit` seconds to drain. `environ` is what it alone sees."""

    name: str
    argv: tuple[str, ...]
    limit: float = 10.0
    environ: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Child:
    """A role's present process and its history of failed starts."""

    role: Role
    process: subprocess.Popen[bytes]
    born: float
    failures: int = 0
    restart_at: float | None = None
    deaths: list[int] = field(default_factory=list)


class Supervisor:
    """Keeps its roles running. Everything must be called from one thread: the kernel ends children with their starter.

    Output of a role goes to `<folder>/log/<role>.log`, or without a folder where our own goes. `say` gets a line for
    every death. What is put into `environ` holds for every later start.
    """

    def __init__(
        self, folder: Path | None, environ: Mapping[str, str], *, say: Callable[[str], None], cwd: Path | None = None
    ) -> None:
        self.logs = folder / "log" if folder else None
        if self.logs:
            self.logs.mkdir(parents=True, exist_ok=True)
        self.environ, self._say, self._cwd = dict(environ), say, cwd
        self._children: list[Child] = []

    def start(self, role: Role) -> None:
        """Start `role`; from now on `tend` keeps it alive."""
        self._children.append(Child(role, self._spawn(role), time.monotonic()))

    def tend(self) -> None:
        """Restart what died, at once or after its back-off. Cheap; call it several times a second."""
        for child in self._children:
            if child.restart_at is None and child.process.poll() is not None:
                self._bury(child)
            if child.restart_at is not None and time.monotonic() >= child.restart_at:
                child.process, child.born, child.restart_at = self._spawn(child.role), time.monotonic(), None

    def pid(self, name: str) -> int:
        """The process that now plays role `name`."""
        return self._child(name).process.pid

    def failures(self, name: str) -> int:
        """How often in a row `name` died young."""
        return self._child(name).failures

    def last_words(self, name: str) -> str:
        """The last line that `name` wrote to its log."""
        if self.logs is None:
            return ""
        with suppress(OSError):
            lines = (self.logs / f"{name}.log").read_text(errors="replace").strip().splitlines()
            return lines[-1][:300] if lines else ""
        return ""

    def stop(self, order: Iterable[str], *, hurry: Event | None = None) -> None:
        """Drain the roles in `order`, then all others in reverse; what outlives its limit, or `hurry`, is killed."""
        last = [child.role.name for child in reversed(self._children)]
        for name in dict.fromkeys([*order, *last]):
            for child in [c for c in self._children if c.role.name == name]:
                self._drain(child, hurry or Event())
                self._children.remove(child)

    def _child(self, name: str) -> Child:
        return next(c for c in self._children if c.role.name == name)

    def _spawn(self, role: Role) -> subprocess.Popen[bytes]:
        # A group of its own: Ctrl-C reaches us alone, and what a dead master leaves behind can be ended by its group.
        with self._output(role) as log:
            return subprocess.Popen(
                tied(role.argv),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**self.environ, **role.environ},
                cwd=self._cwd,
                process_group=0,
            )

    def _output(self, role: Role) -> AbstractContextManager[IO[bytes] | None]:
        if self.logs is None:
            return nullcontext()
        path = self.logs / f"{role.name}.log"
        if path.exists() and path.stat().st_size > _LARGEST_LOG:
            path.replace(path.with_suffix(".log.1"))
        return path.open("ab")

    def _bury(self, child: Child) -> None:
        code = child.process.returncode
        _end_group(child.process.pid)
        young = time.monotonic() - child.born < _YOUNG
        child.failures = child.failures + 1 if young else 0
        wait = _BACK_OFF[min(child.failures, len(_BACK_OFF) - 1)]
        child.restart_at = time.monotonic() + wait
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"
        self._say(f"{child.role.name} {how}; it starts again" + (f" in {wait:g} s" if wait else ""))

    def _drain(self, child: Child, hurry: Event) -> None:
        if child.process.poll() is None:
            child.process.terminate()
        deadline = time.monotonic() + child.role.limit
        while child.process.poll() is None and time.monotonic() < deadline and not hurry.is_set():
            hurry.wait(_PAUSE)
        if child.process.poll() is None:
            self._say(f"{child.role.name} did not drain in time and was killed")
            child.process.kill()
        _end_group(child.process.pid)
        child.process.wait()


def _end_group(leader: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def on_signals() -> tuple[Event, Event]:
    """Two events: the first SIGTERM or Ctrl-C asks for the end, the second for a quick one."""
    stop, hurry = Event(), Event()

    def take(_number: int, _frame: object) -> None:
        # Not here: the interrupted thread may hold the very lock of the event, and would wait for itself.
        Thread(target=(hurry if stop.is_set() else stop).set, daemon=True).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, take)
    return stop, hurry
