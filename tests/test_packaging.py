"""The wheel: it carries protocols, texts and migrations, and works outside the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.source import ROOT

pytestmark = pytest.mark.slow
NEEDED = (
    "followup/_packaged/config/clinics/canstrive.yaml",
    "followup/_packaged/config/protocols/skinpen-microneedling.yaml",
    "followup/_packaged/config/schemas/treatment.completed.json",
    "followup/_packaged/templates/messages/skinpen-microneedling/day-0/fr-CA.j2",
    "followup/storage/migrations/script.py.mako",
    "followup/storage/migrations/versions/0001_first.py",
    "followup/py.typed",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout by the locked back-end."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.parametrize("name", NEEDED)
def test_the_wheel_carries_what_it_needs(wheel: Path, name: str) -> None:
    assert name in zipfile.ZipFile(wheel).namelist()


def test_the_wheel_carries_no_tests_or_papers(wheel: Path) -> None:
    first = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in first if not name.startswith("followup")} == set()


def test_an_unpacked_wheel_checks_its_own_protocols(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    command = [sys.executable, "-m", "followup", "protocol", "check"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_benchmarks_run_from_a_checkout_alone(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    command = [sys.executable, "-m", "followup", "bench", "chaos"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stdout + done.stderr
    assert "from a checkout only" in done.stderr
