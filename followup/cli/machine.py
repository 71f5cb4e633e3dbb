"""One machine that plays all roles: what `up` and `demo` start, in the same way."""

import errno
import socket
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from followup.cli import valkey
from followup.cli.run import worker_command, worker_environment
from followup.cli.supervisor import Role, Supervisor
from followup.domain.errors import Unavailable
from followup.settings import Settings

#: Nothing new is begun first, then what runs is finished, then the doors close.
ORDER = ("scheduler", "worker", "web")
_LIMITS = {"scheduler": 10.0, "worker": 30.0, "web": 10.0}
_HOPELESS = 3  # starts that failed in a row before anything ever worked
_PAUSE = 0.05
_PROCESSES, _THREADS = 2, 4


@dataclass(frozen=True, slots=True)
class Site:
    """Where the machine keeps its data and where it answers."""

    data: Path
    host: str
    port: int

    @property
    def url(self) -> str:
        """How this machine itself reaches its web role."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def role(name: str, *options: str, data: Path) -> Role:
    """`followup web` or `scheduler` as a child of ours."""
    return Role(name, (sys.executable, "-m", "followup", name, *options, "--data", str(data)), _LIMITS[name])


def worker(settings: Settings) -> Role:
    """What `followup worker` turns into once it has checked what we have checked already."""
    command = worker_command(settings, processes=_PROCESSES, threads=_THREADS)
    tuned = worker_environment(settings, threads=_THREADS).items()
    return Role(
        "worker",
        tuple(command),
        _LIMITS["worker"],
        {name: value for name, value in tuned if name.startswith("dramatiq_")},
    )


def start_valkey(keeper: Supervisor, data: Path) -> str:
    """Start the embedded broker under `keeper`, wait for its answer and return its address."""
    ready = valkey.plan(data)
    valkey.await_silence(ready.url, limit=10)
    keeper.start(Role("valkey", ready.argv, limit=5))
    valkey.await_answer(ready.url, limit=10)
    return ready.url


def start_roles(keeper: Supervisor, site: Site, settings: Settings) -> None:
    """Start web, worker and scheduler; they come up side by side."""
    keeper.start(role("web", "--host", site.host, "--port", str(site.port), data=site.data))
    keeper.start(worker(settings))
    keeper.start(role("scheduler", data=site.data))


def await_ready(keeper: Supervisor, site: Site, *, stop: Event, limit: float = 120.0) -> bool:
    """True once `/readyz` says that database, broker and scheduler are there; False if `stop` came first.

    Raises `Unavailable` with the last words of a role that cannot start, or what is not ready after `limit` seconds.
    """
    deadline, answer = time.monotonic() + limit, "no answer"
    while not stop.is_set():
        keeper.tend()
        _give_up_on_hopeless(keeper)
        ready, answer = readiness(site.url)
        if ready:
            return True
        if time.monotonic() > deadline:
            raise Unavailable(f"not ready after {limit:g} s: {answer}", cure=f"see the files in {keeper.logs}")
        stop.wait(_PAUSE)
    return False


def readiness(url: str) -> tuple[bool, str]:
    """Whether `/readyz` answers 200, and what it says otherwise."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:  # noqa: S310 -- always http, our own
            return answer.status == 200, ""
    except urllib.error.HTTPError as error:
        with error:
            return False, error.read(300).decode(errors="replace")
    except (OSError, ValueError):
        return False, "no answer"


def _give_up_on_hopeless(keeper: Supervisor) -> None:
    for name in ORDER:
        if keeper.failures(name) >= _HOPELESS:
            words = keeper.last_words(name) or "it says nothing"
            raise Unavailable(f"{name} does not start: {words}", cure=f"see {name}.log in {keeper.logs}")


def free_port(host: str, port: int, *, patience: float = 2.0) -> int:
    """`port` if nobody listens there (0: any free one); raises `Unavailable` in one line if somebody still does."""
    deadline, pause = time.monotonic() + patience, Event()
    while True:
        try:
            return _try_bind(host, port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                reason = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be used: {error.strerror}"
                raise Unavailable(f"port {port} on {host} {reason}", cure="give another one by --port") from None
        pause.wait(0.1)


def _try_bind(host: str, port: int) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        found: int = probe.getsockname()[1]
        return found


def keep_going(keeper: Supervisor, stop: Event) -> None:
    """Tend the roles until `stop`."""
    while not stop.wait(_PAUSE):
        keeper.tend()
