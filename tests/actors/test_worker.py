"""Worker processes: they drain on SIGTERM and do not outlive their master."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from tests.actors.parts import bell
from tests.builders import ROOT
from tests.support.processes import start, stop
from tests.waiting import until

pytestmark = pytest.mark.slow

COMMAND = ["-m", "dramatiq", "tests.actors.parts:start", "--skip-logging", "--processes", "1", "--threads", "1"]


@contextmanager
def _worker(url: str, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    tuned = {"dramatiq_worker_timeout": "50", "dramatiq_queue_prefetch": "2"}
    environ = {**os.environ, **tuned, "BROKER_URL": url, "FOLDER": str(folder), "PYTHONPATH": str(ROOT)}
    with (folder / "log").open("wb") as log:
        child = start([sys.executable, *COMMAND], log=log, env=environ)
    try:
        yield child
    finally:
        (folder / "go").touch()
        stop(child)


def _ring(url: str, folder: Path, *ids: str) -> None:
    with bell(url) as jobs:
        for one in ids:
            jobs.ring("deliver_messages", [one])
    assert until(lambda: (folder / f"begun-{ids[0]}").exists(), limit=60)


def _waiting(url: str) -> int:
    with redis.Redis.from_url(url) as client:
        return int(client.llen("dramatiq:send"))


def test_sigterm_ends_what_runs_and_returns_the_rest(valkey_url: str, tmp_path: Path) -> None:
    with _worker(valkey_url, tmp_path) as child:
        _ring(valkey_url, tmp_path, "msg_1", "msg_2", "msg_3")
        child.send_signal(signal.SIGTERM)
        (tmp_path / "go").touch()
        assert child.wait(30) == 0
    assert (tmp_path / "ended-msg_1").exists()
    assert _waiting(valkey_url) == 3 - len(list(tmp_path.glob("ended-*")))


def _children_of(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_no_worker_outlives_a_killed_master(valkey_url: str, tmp_path: Path) -> None:
    with _worker(valkey_url, tmp_path) as child:
        _ring(valkey_url, tmp_path, "msg_1")
        workers = _children_of(child.pid)
        assert workers
        child.kill()
        (tmp_path / "go").touch()
        assert until(lambda: not any(Path(f"/proc/{one}").exists() for one in workers))
