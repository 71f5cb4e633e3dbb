"""The floors: contracts that import-linter keeps, and bans that ruff keeps."""

import subprocess
import sys

import pytest

from tests.support.source import ROOT

CLOCK = "from datetime import UTC, datetime\n\nNOW = datetime.now(UTC)\n"
#: In a process of its own: it switches off the loggers that exist.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"
BANNED = {
    "datetime.now": CLOCK,
    "date.today": "import datetime\n\nDAY = datetime.date.today()\n",
    "time.time": "import time\n\nNOW = time.time()\n",
    "time.sleep": "from time import sleep\n\nsleep(1)\n",
    "random": "import random\n\nROLL = random.random()\n",
    "uuid4": "import uuid\n\nKEY = uuid.uuid4()\n",
    "secrets": "import secrets\n\nTOKEN = secrets.token_hex()\n",
    "mock": "from unittest import mock\n\nFAKE = mock.Mock()\n",
    "system zones": "from dateutil import tz\n\nZONE = tz.gettz('America/Vancouver')\n",
}


def lint(code: str, *, file: str) -> str:
    """What ruff says of this code in that place."""
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--no-cache",
        "--output-format=concise",
        "--stdin-filename",
        file,
        "-",
    ]
    return subprocess.run(command, input=code, capture_output=True, text=True, cwd=ROOT).stdout


def test_imports_go_down_floor_by_floor() -> None:
    command = [sys.executable, "-c", LINT_IMPORTS]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("what", BANNED)
@pytest.mark.parametrize(
    "floor", ["followup/domain/gate.py", "followup/services/deliver.py", "tests/services/test_x.py"]
)
def test_the_linter_refuses_what_hides_time_or_chance(what: str, floor: str) -> None:
    assert "TID251" in lint(BANNED[what], file=floor)


@pytest.mark.parametrize("place", ["followup/app.py", "followup/clock.py"])
def test_two_files_may_read_the_wall_clock(place: str) -> None:
    assert "TID251" not in lint(CLOCK, file=place)
