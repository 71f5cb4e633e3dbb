"""Child processes that never outlive the tests, whatever ends them."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def start(
    command: Sequence[str | Path],
    *,
    log: IO[bytes],
    signal_on_death: signal.Signals = signal.SIGTERM,
    env: Mapping[str, str] | None = None,
    owner: Mapping[str, Any] | None = None,
) -> "subprocess.Popen[bytes]":
    """Start a child that gets `signal_on_death` when this thread's process dies, even by kill -9."""

    def tie() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, signal_on_death)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # 3.12 warns of a fork in a process with threads
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=dict(env) if env is not None else None,
            preexec_fn=tie,
            **dict(owner or {}),
        )


def wait_ready(child: "subprocess.Popen[bytes]", ready: Callable[[], bool], *, log: Path, seconds: float = 30) -> None:
    """Return once `ready()`; fail with the end of the child's log if it dies or takes too long."""
    limit = time.monotonic() + seconds
    pause = threading.Event()
    while not ready():
        if child.poll() is not None or time.monotonic() > limit:
            tail = log.read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{child.args!r} did not become ready:\n{tail}")
        pause.wait(0.01)


def stop(child: "subprocess.Popen[bytes]", how: signal.Signals = signal.SIGTERM, *, seconds: float = 10) -> None:
    """Ask the child to end, then make it."""
    if child.poll() is None:
        child.send_signal(how)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def is_root() -> bool:
    """True where servers that refuse to run as root need another user."""
    return os.geteuid() == 0
