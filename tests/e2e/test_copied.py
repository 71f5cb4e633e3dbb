"""A copied data folder under `followup up`: nothing is sent, everybody is told why, and a person ends it."""

import json
import shutil
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from followup.clock import write_instant
from tests.e2e.machines import NOW, Machine, Outside, outside, run, treat
from tests.waiting import until

pytestmark = pytest.mark.slow


@pytest.fixture
def around(tmp_path: Path) -> Iterator[Outside]:
    with outside(tmp_path) as made:
        yield made


def readiness(machine: Machine) -> dict[str, str]:
    with urllib.request.urlopen(f"{machine.url}/readyz") as answer:
        told: dict[str, str] = json.load(answer)
    return told


def swept(machine: Machine) -> bool:
    """True once the scheduler of this machine has looked at everything a few times."""
    return bool(until(lambda: "scheduler ready" in machine.logs())) and not until(lambda: False, limit=2)


def test_a_copied_folder_sends_only_once_told_to(around: Outside, tmp_path: Path) -> None:
    first, second, person = tmp_path / "first", tmp_path / "second", around.person()
    first.mkdir()
    original = Machine(first, around.environ)
    treat(around, original.url, person)
    assert until(lambda: around.texts_to(person)), original.logs()
    assert original.close() == 0
    shutil.copytree(first, second)
    write_instant(tmp_path / "clock", NOW + timedelta(days=1))
    copy = Machine(second, around.environ)
    try:
        assert "sending is held: this database was made elsewhere" in (second / "up.err").read_text()
        assert readiness(copy)["sending"].startswith("held: this database was made elsewhere")
        assert swept(copy)
        assert len(around.texts_to(person)) == 1
        assert until(lambda: [m for m in around.mail.messages if "instance" in str(m)]), copy.logs()
        told = run("doctor", "--data", str(copy.data), environ=around.environ, cwd=second)
        assert (told.returncode, "followup doctor --take-over --by NAME" in told.stdout) == (1, True), told
        words = ("doctor", "--take-over", "--by", "Kim", "--keep-due", "--data", str(copy.data))
        done = run(*words, environ=around.environ, cwd=second)
        assert (done.returncode, done.stdout.startswith("taken over")) == (0, True), done
        assert until(lambda: len(around.texts_to(person)) == 2), copy.logs()
    finally:
        assert copy.close() == 0
