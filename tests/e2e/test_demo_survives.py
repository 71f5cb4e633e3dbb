"""`followup demo` ends with ledgers that agree, also when its broker is wiped and its workers are killed."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import redis

from tests.builders import ROOT
from tests.e2e.machines import alive, command, command_line, descendants
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


@contextmanager
def demo(folder: Path, *options: str) -> Iterator["subprocess.Popen[str]"]:
    """A running demo whose data are in `<folder>/data`."""
    words = command("demo", "--data", str(folder / "data"), *options)
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    out, err = (folder / "out").open("w+"), (folder / "err").open("w+")
    process = subprocess.Popen(words, env=environ, cwd=folder, stdout=out, stderr=err, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        out.close()
        err.close()


def outcome(folder: Path, process: "subprocess.Popen[str]") -> dict[str, Any]:
    """The summary of a demo that ended well."""
    status = process.wait(200)
    assert status == 0, ((folder / "out").read_text()[-3000:], (folder / "err").read_text()[-3000:])
    return dict(json.loads((folder / "out").read_text()))


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The summary of a demo that nobody disturbed."""
    folder = tmp_path_factory.mktemp("calm")
    with demo(folder, "--json") as process:
        return outcome(folder, process)


def taken(folder: Path) -> int:
    """How many lines the carrier has written down so far."""
    ledger = folder / "data" / "carrier.jsonl"
    return len(ledger.read_text().splitlines()) if ledger.exists() else 0


def workers(process: "subprocess.Popen[str]") -> list[int]:
    """The dramatiq processes, master first."""
    return [pid for pid in descendants(process.pid) if "dramatiq" in command_line(pid)]


def wipe(folder: Path) -> None:
    redis.Redis(unix_socket_path=str(folder / "data" / "valkey.sock")).flushall()


def is_there(folder: Path, process: "subprocess.Popen[str]", line: int) -> bool:
    assert process.poll() is None, (folder / "err").read_text()
    return taken(folder) >= line and len(workers(process)) >= 3


def disturb(folder: Path, process: "subprocess.Popen[str]", *lines: int) -> None:
    """At these lines of the ledger wipe the broker and kill the workers' master, then one of its processes."""
    for number, line in enumerate(lines):
        assert until(partial(is_there, folder, process, line), limit=90, every=0.005)
        wipe(folder)
        os.kill(workers(process)[0 if number == 0 else -1], signal.SIGKILL)


def test_an_undisturbed_demo_agrees_with_both_ledgers(calm: dict[str, Any]) -> None:
    assert calm["agree"]
    assert calm["interruptions"] == []


def test_every_patient_of_the_cast_shows_their_point(calm: dict[str, Any]) -> None:
    by_role = {row["role"]: row for row in calm["patients"]}
    assert by_role["e-mail only"]["sms"] == 0
    assert by_role["no real phone"]["email"] > 5
    assert by_role["entered in error"]["ended"] != {}
    assert by_role["writes STOP"]["ended"]["opted_out"] >= 1
    assert by_role["wants offers"]["sms"] == by_role["one visit"]["sms"] + 1
    assert all(row["waiting"] == 0 for row in calm["patients"])


def test_kills_and_wipes_change_only_the_time(calm: dict[str, Any], tmp_path: Path) -> None:
    with demo(tmp_path, "--json") as process:
        disturb(tmp_path, process, 7, 110, 250)
        rough = outcome(tmp_path, process)
    assert rough["agree"]
    assert rough["interruptions"] != []
    assert list(map(decided, rough["patients"])) == calm["patients"]
    in_doubt = sum(row["waiting"] for row in rough["patients"])
    told = [one["figures"]["matters put to staff"] for one in (rough, calm)]
    assert told[0] == told[1] + in_doubt


def decided(row: dict[str, Any]) -> dict[str, Any]:
    """A row once a person has decided what no server can tell: whether a check-in's e-mail cut off by a kill went."""
    return {**row, "email": row["email"] + row["waiting"], "waiting": 0}


def test_ctrl_c_ends_the_demo_and_leaves_nobody(tmp_path: Path) -> None:
    with demo(tmp_path) as process:
        assert until(lambda: taken(tmp_path) > 3, limit=60)
        family = descendants(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert until(lambda: not any(alive(pid) for pid in family), limit=5)
