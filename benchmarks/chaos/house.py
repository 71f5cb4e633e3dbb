"""The clinic's machine as processes: roles, broker, database, carrier and mail server, and their supervisor."""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.chaos.cast import NOW
from benchmarks.servers import Child, PostgresServer, embedded_valkey, role, worker
from followup.cli import valkey
from followup.cli.machine import free_port
from followup.clock import write_instant
from followup.sandbox.carrier import Carrier, CarrierOptions
from followup.sandbox.mail import MailCatcher, MailOptions
from followup.sandbox.process import running
from followup.settings import Settings, variable
from followup.storage import migrate
from followup.storage.database import open_database
from tests.e2e.machines import environment

#: Short, so that what a death leaves behind is picked up within seconds.
TIMES = {"FOLLOWUP_PROVIDER_TIMEOUT": "2s", "FOLLOWUP_LEASE": "6s", "FOLLOWUP_SETTLE": "4s", "FOLLOWUP_TICK": "200ms"}
WORKERS = ("worker 1", "worker 2")
#: The second worker ends itself by kill -9 before or after a commit or a call, with this chance each time.
CRASHES = "~0.01"
_CHILD_WAS_KILLED = 1  # how dramatiq's master ends then
_LAG = 2.0  # seconds until the carrier's list shows a message


@dataclass
class House:
    """Everything that runs. Deaths that nobody here caused are counted by role."""

    folder: Path
    carrier: Carrier
    mail: MailCatcher
    server: PostgresServer | None
    url: str
    port: int
    bell: str = ""
    environ: dict[str, str] = field(default_factory=dict)
    roles: dict[str, Child] = field(default_factory=dict)
    killed: set[str] = field(default_factory=set)  # roles of which one process was killed by us
    crashed: Counter[str] = field(default_factory=Counter)
    paused: dict[int, float] = field(default_factory=dict)

    @property
    def door(self) -> str:
        """Where web answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def logs(self) -> list[Path]:
        """What the roles wrote."""
        return [self.roles[name].log for name in ("web", "scheduler", *WORKERS)]

    def revive(self) -> None:
        """What a supervisor does: start again what died, and let a paused process go on when its time is over."""
        for pid in [pid for pid, until in self.paused.items() if until <= time.monotonic()]:
            del self.paused[pid]
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
        for name, child in self.roles.items():
            if not child.runs:
                code = child.process.poll() if child.process is not None else None
                self.crashed[name] += name not in self.killed and code in {-signal.SIGKILL, _CHILD_WAS_KILLED}
                self.killed.discard(name)
                child.end()
                child.start()

    def end(self, name: str) -> None:
        """kill -9 of a whole role, and start it again."""
        self.killed.discard(name)
        self.roles[name].end()
        self.roles[name].start()

    def crash_no_more(self) -> None:
        """Start the roles anew without crash points, and let all that is paused go on."""
        self.paused = dict.fromkeys(self.paused, 0.0)
        self.revive()
        second = self.roles["worker 2"]
        second.environ = {name: value for name, value in second.environ.items() if name != "FOLLOWUP_CRASH_AT"}
        self.end("worker 2")


@contextmanager
def opened(folder: Path, *, database: str) -> Iterator[House]:
    """The house, running, in `folder`; all of it ends with the block."""
    with ExitStack() as stack:
        carrier = stack.enter_context(running(Carrier(CarrierOptions())))
        mail = stack.enter_context(running(MailCatcher(MailOptions())))
        server = _postgres(stack, folder) if database == "postgresql" else None
        data = folder / "data"
        data.mkdir()
        url = server.url if server else f"sqlite:///{data / 'followup.db'}"
        house = House(folder, carrier, mail, server, url, free_port("127.0.0.1", 0))
        carrier.listing.lag = _LAG
        write_instant(folder / "clock", NOW)
        _migrate(url)
        stack.callback(lambda: [child.end() for child in house.roles.values()])
        _start(house, data)
        yield house


def _postgres(stack: ExitStack, folder: Path) -> PostgresServer:
    home = folder / "pg"
    home.mkdir()
    folder.chmod(0o755)
    server = PostgresServer(home)
    stack.callback(server.child.end)
    server.start()
    return server


def _migrate(url: str) -> None:
    made = open_database(url)
    migrate.upgrade(made)
    made.close()


def _start(house: House, data: Path) -> None:
    broker, house.bell = embedded_valkey(data, house.folder / "valkey.log")
    house.roles["valkey"] = broker
    broker.start()
    valkey.await_answer(house.bell, limit=20)
    house.environ = _environ(house, data)
    logs = {name: house.folder / f"{name}.log" for name in ("web", "scheduler", *WORKERS)}
    house.roles |= {
        "web": role("web", "--port", str(house.port), environ=house.environ, log=logs["web"]),
        "scheduler": role("scheduler", environ=house.environ, log=logs["scheduler"]),
        "worker 1": worker(house.environ, logs["worker 1"]),
        "worker 2": worker({**house.environ, "FOLLOWUP_CRASH_AT": CRASHES}, logs["worker 2"]),
    }
    for name in ("web", "scheduler", *WORKERS):
        house.roles[name].start()


def _environ(house: House, data: Path) -> dict[str, str]:
    ours: Mapping[str, str] = {
        "DATABASE_URL": house.url, "FOLLOWUP_DATA": str(data), "REDIS_URL": house.bell,
        "FOLLOWUP_PUBLIC_URL": house.door, **TIMES,
    }  # fmt: skip
    theirs = {variable(name) for name in Settings.model_fields}  # of the person who runs this
    given = environment(house.folder, house.carrier.url, house.mail.smtp_url).items()
    return {**{name: value for name, value in given if name not in theirs or os.environ.get(name) != value}, **ours}
