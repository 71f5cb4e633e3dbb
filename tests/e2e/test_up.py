"""`followup up` as people run it: real processes, real HTTP, killed at bad moments."""

import signal
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.machines import Machine, Outside, alive, outside, run, treat
from tests.waiting import until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    with outside(tmp_path_factory.mktemp("outside")) as made:
        yield made


@pytest.fixture(scope="module")
def machine(around: Outside, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    made = Machine(tmp_path_factory.mktemp("machine with spaces"), around.environ)
    yield made
    family = made.family()
    assert made.close() == 0  # by SIGTERM
    assert [pid for pid in family if alive(pid)] == []


def test_an_event_becomes_a_text_at_the_carrier(machine: Machine, around: Outside) -> None:
    person = around.person()
    treat(around, machine.url, person)
    assert until(lambda: around.texts_to(person)), machine.logs()
    assert "CanStrive" in around.texts_to(person)[0]["body"]
    assert until(lambda: around.texts_to(person)[0]["status"] == "delivered")


@pytest.mark.parametrize("role", ["dramatiq", "followup scheduler", "valkey-server", "followup web"])
def test_a_killed_role_is_back_and_nothing_is_lost(machine: Machine, around: Outside, role: str) -> None:
    dead = machine.kill(role)
    assert until(lambda: machine.pid(role) not in {0, dead}, limit=2), machine.logs()
    person = around.person()
    treat(around, machine.url, person)
    assert until(lambda: around.texts_to(person), limit=60), machine.logs()


def test_work_in_hand_survives_all_kills_at_once(machine: Machine, around: Outside) -> None:
    people = [around.person() for _ in range(12)]
    for person in people:
        treat(around, machine.url, person)
    for role in ("dramatiq", "valkey-server", "followup scheduler"):
        machine.kill(role)
    assert until(lambda: all(around.texts_to(p) for p in people), limit=60), machine.logs()
    assert [len(around.texts_to(p)) for p in people] == [1] * 12


def test_a_second_machine_on_the_folder_is_refused(machine: Machine, around: Outside) -> None:
    second = run("up", "--port", "0", "--data", str(machine.data), environ=around.environ, cwd=machine.folder)
    assert (second.returncode, second.stdout) == (3, "")
    assert "already runs" in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_all_parts_say_that_they_are_ready(machine: Machine) -> None:
    with urllib.request.urlopen(f"{machine.url}/readyz") as answer:
        assert answer.status == 200


def test_a_port_in_use_is_one_line(around: Outside, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = run("up", "--port", port, "--data", str(tmp_path / "d"), environ=around.environ, cwd=tmp_path)
    assert refused.returncode == 3
    assert f"port {port}" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_a_broken_protocol_is_named_with_its_line(around: Outside, tmp_path: Path) -> None:
    config = tmp_path / "config"
    for name in ("clinics", "protocols", "schemas"):
        (config / name).mkdir(parents=True)
    (config / "protocols" / "broken.yaml").write_text(
        "key: broken\ntitle: {en-CA: Broken}\nsteps: [{key: one, offset: soon}]\n"
    )
    environ = {**around.environ, "FOLLOWUP_CONFIG": str(config)}
    refused = run("up", "--port", "0", "--data", str(tmp_path / "d"), environ=environ, cwd=tmp_path)
    assert refused.returncode == 1, refused.stderr
    assert "broken.yaml:3" in refused.stderr
    assert not (tmp_path / "d" / "valkey.sock").exists()


def test_a_wrong_setting_is_one_line(around: Outside, tmp_path: Path) -> None:
    environ = {**around.environ, "FOLLOWUP_LEASE": "soon"}
    refused = run("up", "--data", str(tmp_path / "d"), environ=environ, cwd=tmp_path)
    assert refused.returncode == 2
    assert refused.stderr.startswith("followup: FOLLOWUP_LEASE")


def test_ctrl_c_drains_and_leaves_nobody(around: Outside, tmp_path: Path) -> None:
    machine = Machine(tmp_path, around.environ)
    family = machine.family()
    assert len(family) >= 5
    machine.process.send_signal(signal.SIGINT)
    assert machine.close() == 0
    assert [pid for pid in family if alive(pid)] == []


def test_nobody_outlives_a_killed_supervisor(around: Outside, tmp_path: Path) -> None:
    machine = Machine(tmp_path, around.environ)
    family = machine.family()
    machine.process.kill()
    machine.close()
    assert until(lambda: not any(alive(pid) for pid in family), limit=20)
