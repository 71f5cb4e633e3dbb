"""A RabbitMQ server of our own from Debian's package, in a folder of its own."""

import os
import pwd
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.processes import is_root, start, stop, wait_ready

_SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


def find_server() -> Path | None:
    """Debian's start script, which any user may run."""
    return _SERVER if _SERVER.exists() else None


@contextmanager
def running(server: Path) -> Iterator[str]:
    """The URL of a fresh broker on loopback. Its port mapper is our child too, else it would stay behind."""
    with tempfile.TemporaryDirectory(prefix="followup rabbit ", ignore_cleanup_errors=True) as name:
        home, port, log = Path(name), _free_port(), Path(name) / "out"
        owner, env = _owner(home), _environment(home, port)
        with log.open("wb") as out:
            mapper = start(
                ["epmd", "-address", "127.0.0.1", "-port", env["ERL_EPMD_PORT"]], log=out, env=env, owner=owner
            )
            child = start([server], log=out, env=env, owner={**owner, "start_new_session": True})
            try:
                wait_ready(child, lambda: _speaks(port), log=log, seconds=60)
                yield f"amqp://guest:guest@127.0.0.1:{port}"
            finally:
                stop(child)
                _end_group(child)
                stop(mapper)


def _environment(home: Path, port: int) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "RABBITMQ_NODENAME": f"followup{port}@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(_free_port()),
        "RABBITMQ_MNESIA_BASE": str(home / "mnesia"),
        "RABBITMQ_LOG_BASE": str(home / "log"),
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_PID_FILE": str(home / "pid"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "plugins"),
        "RABBITMQ_CONFIG_FILE": str(home / "none"),
        "RABBITMQ_SERVER_START_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        "ERL_EPMD_PORT": str(_free_port()),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _speaks(port: int) -> bool:
    """True once the broker answers the protocol header, not merely the port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
            probe.sendall(b"AMQP\x00\x00\x09\x01")
            return bool(probe.recv(1))
    except OSError:
        return False


def _owner(home: Path) -> Mapping[str, Any]:
    if not is_root():
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": home}


def _end_group(child: "subprocess.Popen[bytes]") -> None:
    """Its helpers (epmd among them) share its process group."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
