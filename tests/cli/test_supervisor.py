"""The supervisor restarts what dies, leaves no orphans and drains in order."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from followup.cli.supervisor import Role, Supervisor
from tests.waiting import until

_IDLE = "import signal; signal.pause()"
_STUBBORN = """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
while True:
    signal.pause()
"""
_SIGNS_OFF = """
import signal, sys
def sign(*_):
    with open(sys.argv[1], "a") as order:
        order.write(sys.argv[2])
    sys.exit()
signal.signal(signal.SIGTERM, sign)
print("up", flush=True)
signal.pause()
"""
_MASTER = """
import os, signal, subprocess, sys
grandchild = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
print(grandchild.pid, flush=True)
signal.pause()
"""
_KEEPER = """
import sys
from pathlib import Path
from threading import Event
from followup.cli.supervisor import Role, Supervisor
keeper = Supervisor(Path(sys.argv[1]), {}, say=print)
keeper.start(Role("idle", (sys.executable, "-c", "import signal; signal.pause()")))
print(keeper.pid("idle"), flush=True)
Event().wait()
"""


def role(name: str, code: str, limit: float = 10.0) -> Role:
    return Role(name, (sys.executable, "-c", code), limit)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def keeper(tmp_path: Path, said: list[str]) -> Iterator[Supervisor]:
    made = Supervisor(tmp_path, os.environ, say=said.append)
    yield made
    made.stop(())


def test_a_killed_child_is_back_within_two_seconds(keeper: Supervisor, said: list[str]) -> None:
    keeper.start(role("idle", _IDLE))
    first = keeper.pid("idle")
    os.kill(first, signal.SIGKILL)
    assert until(lambda: keeper.tend() or keeper.pid("idle") != first, limit=2)
    assert said == ["idle was killed by SIGKILL; it starts again"]


def test_a_child_that_keeps_dying_is_started_less_often(keeper: Supervisor, said: list[str]) -> None:
    keeper.start(role("broken", "print('no luck'); raise SystemExit(3)"))
    assert until(lambda: keeper.tend() or keeper.failures("broken") >= 3)
    assert [line.rsplit("; ", 1)[1] for line in said[:2]] == ["it starts again", "it starts again in 0.5 s"]
    assert keeper.last_words("broken") == "no luck"


def test_a_killed_masters_orphans_are_ended(keeper: Supervisor) -> None:
    keeper.start(role("master", _MASTER))
    assert until(lambda: keeper.last_words("master"))
    orphan = int(keeper.last_words("master"))
    os.kill(keeper.pid("master"), signal.SIGKILL)
    assert until(lambda: keeper.tend() or not alive(orphan), limit=2)


def test_no_child_outlives_a_killed_supervisor(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", _KEEPER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    child = int(process.stdout.readline())
    process.kill()
    process.wait()
    process.stdout.close()
    assert until(lambda: not alive(child), limit=5)


def test_a_child_that_will_not_drain_is_killed(keeper: Supervisor, said: list[str]) -> None:
    keeper.start(role("stubborn", _STUBBORN, limit=0.3))
    assert until(lambda: keeper.last_words("stubborn"))
    pid = keeper.pid("stubborn")
    keeper.stop(())
    assert not alive(pid)
    assert said == ["stubborn did not drain in time and was killed"]


def test_roles_stop_in_the_order_given(tmp_path: Path, said: list[str]) -> None:
    keeper = Supervisor(tmp_path, os.environ, say=said.append)
    order = tmp_path / "order"
    for name in ("a", "b", "c"):
        keeper.start(Role(name, (sys.executable, "-c", _SIGNS_OFF, str(order), name)))
    assert until(lambda: all(keeper.last_words(name) for name in "abc"))
    keeper.stop(("b",))
    assert order.read_text() == "bca"
