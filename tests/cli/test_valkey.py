"""The embedded Valkey starts, is found, survives bad ends and holds its folder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import redis

from followup.cli import valkey
from followup.cli.folder import hold
from followup.domain.errors import Unavailable
from tests.waiting import until

_KEEPER = """
import sys
from pathlib import Path
from threading import Event
from followup.cli import valkey
running = valkey.start(Path(sys.argv[1]))
print(running.process.pid, flush=True)
Event().wait()
"""


@pytest.mark.parametrize("name", ["data", "with a space", "d" * 120])
def test_a_server_runs_in_any_folder(tmp_path: Path, name: str) -> None:
    data = tmp_path / name
    running = valkey.start(data)
    try:
        assert valkey.find(data) == running.url
        assert redis.Redis.from_url(running.url).config_get("save") == {"save": ""}
        assert len(os.fsencode(valkey.plan(data).socket)) < 108
    finally:
        running.stop()
    assert valkey.find(data) is None


def test_a_second_server_on_one_folder_is_refused(tmp_path: Path) -> None:
    running = valkey.start(tmp_path)
    try:
        with pytest.raises(Unavailable, match="already runs"):
            valkey.start(tmp_path)
        assert valkey.answers(running.url)
    finally:
        running.stop()


def test_a_killed_server_leaves_no_obstacle(tmp_path: Path) -> None:
    first = valkey.start(tmp_path)
    first.process.kill()
    first.process.wait()
    first.folder.release()
    assert valkey.plan(tmp_path).socket.exists()
    assert valkey.find(tmp_path) is None
    valkey.start(tmp_path).stop()


def test_the_server_ends_when_its_keeper_is_killed(tmp_path: Path) -> None:
    keeper = subprocess.Popen([sys.executable, "-c", _KEEPER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert keeper.stdout is not None
    assert int(keeper.stdout.readline()) > 0
    keeper.send_signal(signal.SIGKILL)
    keeper.wait()
    keeper.stdout.close()
    assert until(lambda: valkey.find(tmp_path) is None)


def test_the_pid_file_names_the_server(tmp_path: Path) -> None:
    running = valkey.start(tmp_path)
    try:
        assert int((tmp_path / "valkey.pid").read_text()) == running.process.pid
    finally:
        running.stop()


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="cannot be used"):
        hold(tmp_path / "file" / "data")
