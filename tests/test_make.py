"""The first minute on a strange machine: what make says and does before anything is installed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.source import ROOT

PEERS = ROOT / "benchmarks" / "peers"
OLD = "#!/bin/sh\nexit 1\n"
NO_VENV = '#!/bin/sh\nif [ "$1" = -m ]; then mkdir -p .venv/bin && exit 1; fi\nexit 0\n'


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a space in its name and nothing but the Makefile and the locks."""
    folder = tmp_path / "a place"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "run.lock", "test.lock"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def make(place: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run make there, without uv and without what an outer make hands down."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTHON"))}
    command = ["make", "UV=false", *words]
    return subprocess.run(command, cwd=place, env=env, capture_output=True, text=True, check=False)


def venv(place: Path, *, made_for: str) -> Path:
    """Something that looks like a .venv made in another place."""
    (place / ".venv" / "bin").mkdir(parents=True)
    (place / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (place / ".venv" / "place").write_text(made_for + "\n")
    return place / ".venv"


def test_a_moved_environment_is_thrown_away(place: Path) -> None:
    made = venv(place, made_for="/somewhere/else")
    assert make(place, "help").returncode == 0
    assert not made.exists()


def test_an_environment_of_this_place_is_kept(place: Path) -> None:
    made = venv(place, made_for=str(place.resolve()))
    assert make(place, "help").returncode == 0
    assert made.exists()


def test_an_environment_without_its_python_is_replaced(place: Path) -> None:
    made = venv(place, made_for=str(place.resolve()))
    (made / "bin" / "python").unlink()
    assert make(place, "help").returncode == 0
    assert not made.exists()


@pytest.mark.parametrize(("script", "cure"), [(OLD, "Python 3.11 or newer"), (NO_VENV, "install python3-venv")])
def test_an_unfit_python_is_one_line_with_cure(place: Path, script: str, cure: str) -> None:
    python = place / "python"
    python.write_text(script)
    python.chmod(0o755)
    said = make(place, "demo", "PYTHON=./python")
    assert said.returncode == 2
    assert cure in said.stderr.splitlines()[0]
    assert not (place / ".venv").exists()


def test_plain_make_lists_what_there_is(place: Path) -> None:
    assert {"make demo", "make test", "make fast"} <= {line[:9].strip() for line in make(place).stdout.splitlines()}


@pytest.mark.parametrize("lock", ["run.lock", "test.lock", "benchmarks/peers/requirements.txt"])
def test_every_locked_requirement_has_its_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text(), flags=re.IGNORECASE)
    pinned = [entry for entry in entries if "==" in entry.splitlines()[0]]
    assert len(pinned) > 10
    assert [entry.split("==")[0] for entry in pinned if "--hash=sha256:" not in entry] == []


def test_the_peers_lock_holds_every_peer() -> None:
    wanted = {re.split(r"[\[;=<> ]", line)[0] for line in (PEERS / "requirements.in").read_text().split()}
    locked = set(re.findall(r"^([a-z0-9.-]+)==", (PEERS / "requirements.txt").read_text(), re.MULTILINE))
    assert wanted <= locked
