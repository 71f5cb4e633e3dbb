"""Zones follow the tzdata package, whatever the system's files say."""

import os
import struct
import subprocess
import sys
from pathlib import Path

from tests.builders import ROOT

_ASK = (
    "from datetime import datetime, UTC\n"
    "import zoneinfo\n"
    "before = zoneinfo.ZoneInfo('America/Vancouver')\n"
    "import followup\n"
    "winter = datetime(2026, 12, 1, tzinfo=UTC)\n"
    "after = zoneinfo.ZoneInfo('America/Vancouver')\n"
    "print(*(winter.astimezone(zone).utcoffset().total_seconds() / 3600 for zone in (before, after)))\n"
)


def _write_old_zone(folder: Path) -> None:
    """A zone file as of before 2026: eight hours behind Greenwich in winter (here: always)."""
    name = b"PST\0"
    head = b"TZif" + b"\0" * 16 + struct.pack(">6l", 0, 0, 0, 0, 1, len(name))
    path = folder / "America" / "Vancouver"
    path.parent.mkdir(parents=True)
    path.write_bytes(head + struct.pack(">lbb", -8 * 3600, 0, 0) + name)


def test_vancouver_is_seven_behind_in_december_2026(tmp_path: Path) -> None:
    _write_old_zone(tmp_path)
    environ = {**os.environ, "PYTHONTZPATH": str(tmp_path), "PYTHONPATH": str(ROOT)}
    asked = subprocess.run([sys.executable, "-c", _ASK], env=environ, capture_output=True, text=True, check=True)
    assert asked.stdout.split() == ["-8.0", "-7.0"]
