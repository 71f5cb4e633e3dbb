"""The roles apart: what they need at start, what they survive, how they end."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from followup.cli.common import settings_beside
from followup.cli.folder import address_in, hold
from followup.cli.run import worker_command, worker_environment
from followup.settings import load_settings
from followup.storage import migrate
from followup.storage.database import open_database
from tests.builders import ROOT
from tests.cli.conftest import Call
from tests.e2e.machines import children, command_line
from tests.support.processes import start, stop
from tests.support.valkey import Valkey
from tests.waiting import until


@pytest.mark.parametrize("role", ["web", "worker", "scheduler"])
def test_a_role_needs_a_migrated_database(
    role: str, call: Call, capsys: pytest.CaptureFixture[str], valkey_url: str
) -> None:
    assert call(role, *(["--port", "0"] if role == "web" else []), REDIS_URL=valkey_url) == 3
    assert "followup db migrate" in capsys.readouterr().err


@pytest.mark.parametrize("role", ["worker", "scheduler"])
@pytest.mark.parametrize("environ", [{}, {"REDIS_URL": "redis://127.0.0.1:1"}, {"BROKER_URL": "amqp://127.0.0.1:1"}])
def test_a_role_needs_its_broker(
    role: str, environ: dict[str, str], call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    call("db", "migrate")
    assert call(role, **environ) == 3
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("environ", [{"REDIS_URL": "redis://127.0.0.1:1"}, {"BROKER_URL": "amqp://127.0.0.1:1"}])
def test_up_starts_nothing_without_its_broker(
    environ: dict[str, str], call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("up", "--port", "0", **environ) == 3
    assert capsys.readouterr().err.count("\n") == 1


def test_web_needs_to_know_its_broker(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    call("db", "migrate")
    assert call("web", "--port", "0") == 3
    assert "REDIS_URL" in capsys.readouterr().err


def test_a_port_in_use_is_one_line(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert call("web", "--port", str(port)) == 3
    assert f"port {port} on 127.0.0.1 is in use" in capsys.readouterr().err


def test_a_worker_drains_longer_than_a_call_takes() -> None:
    command = worker_command(load_settings({"FOLLOWUP_PROVIDER_TIMEOUT": "5s"}), processes=3, threads=2)
    assert " ".join(command[1:]).startswith("-m dramatiq followup.cli.worker:start --skip-logging --processes 3")
    assert command[-2:] == ["--worker-shutdown-timeout", "15000"]


def test_a_worker_never_prefetches_more_than_it_works_on() -> None:
    environ = worker_environment(load_settings({}), threads=3)
    assert (environ["dramatiq_queue_prefetch"], environ["dramatiq_worker_timeout"]) == ("3", "100")


@pytest.fixture(scope="module")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "followup.db"
    db = open_database(f"sqlite:///{path}")
    migrate.upgrade(db)
    db.close()
    return path


@pytest.fixture
def data(_migrated: Path, tmp_path: Path) -> Path:
    """A data folder with a migrated database."""
    shutil.copy(_migrated, tmp_path)
    return tmp_path


@contextmanager
def _role(data: Path, *args: str, url: str) -> Iterator["subprocess.Popen[bytes]"]:
    environ = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "REDIS_URL": url,
        "FOLLOWUP_DATA": str(data),
        "FOLLOWUP_TICK": "100ms",
        "FOLLOWUP_CONFIG": str(ROOT / "config"),
        "FOLLOWUP_TEMPLATES": str(ROOT / "templates"),
    }
    with (data / "log").open("wb") as log:
        child = start([sys.executable, "-m", *args], log=log, env=environ)
    try:
        yield child
    finally:
        stop(child)


def _says(data: Path, words: str) -> bool:
    return until(lambda: words in (data / "log").read_text(), limit=60)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("args", "ready", "end"),
    [
        (("followup", "scheduler"), "scheduler ready", signal.SIGINT),
        (("followup", "worker", "--processes", "1"), "worker ready", signal.SIGTERM),
        (("dramatiq", "worker", "-p", "1", "-t", "1", "-P", str(ROOT)), "worker ready", signal.SIGTERM),
    ],
)
def test_a_signal_drains_and_ends_with_zero(
    args: tuple[str, ...], ready: str, end: signal.Signals, valkey_url: str, data: Path
) -> None:
    with _role(data, *args, url=valkey_url) as child:
        assert _says(data, ready)
        child.send_signal(end)
        assert child.wait(30) == 0
    assert "Traceback" not in (data / "log").read_text()


@pytest.mark.slow
def test_web_answers_where_it_says_and_drains(valkey_url: str, data: Path) -> None:
    with _role(data, "followup", "web", "--port", "0", url=valkey_url) as child:
        assert _says(data, "web ready port=")
        port = (data / "log").read_text().split("port=")[1].split()[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            assert answer.status == 200
        child.terminate()
        assert child.wait(30) == 0


@pytest.mark.slow
def test_a_broker_lost_later_is_told_once(own_valkey: Valkey, data: Path) -> None:
    with _role(data, "followup", "scheduler", url=own_valkey.url) as child:
        assert _says(data, "scheduler ready")
        own_valkey.kill()
        assert _says(data, "waiting")
        own_valkey.start()
        assert _says(data, "going on")
        child.terminate()
        assert child.wait(30) == 0
    assert (data / "log").read_text().count("waiting") == 1


@pytest.mark.slow
def test_a_worker_whose_process_is_killed_starts_again(valkey_url: str, data: Path) -> None:
    with _role(data, "followup", "worker", "--processes", "1", url=valkey_url) as child:
        assert _says(data, "worker ready")
        (master,) = children(child.pid)
        forks = [pid for pid in children(master) if "tracker" not in command_line(pid)]
        os.kill(forks[0], signal.SIGKILL)
        assert until(lambda: (data / "log").read_text().count("worker ready") == 2, limit=60)
        child.terminate()
        assert child.wait(30) == 0
    assert "followup: worker ended with status" in (data / "log").read_text()


def test_commands_beside_up_link_to_its_port(data: Path) -> None:
    with hold(data) as mine:
        mine.answers_at("http://127.0.0.1:8123")
    assert settings_beside(data=data).public_url == "http://127.0.0.1:8123"
    assert address_in(data / "elsewhere") is None


def test_commands_find_up_by_its_database(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with hold(data) as mine:
        mine.answers_at("http://127.0.0.1:8124")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{data / 'followup.db'}")
    beside = settings_beside()
    assert (beside.public_url, beside.data) == ("http://127.0.0.1:8124", data)
