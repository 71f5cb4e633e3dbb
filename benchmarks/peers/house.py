"""The peers' own virtual environment, made once in a cache folder from `requirements.txt`, apart from ours."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
LOCK = HERE / "requirements.txt"


def folder() -> Path:
    """Where it is kept: another one for each lock."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "followup-peers" / hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]


def python() -> Path:
    """Its interpreter; made and filled at the first call."""
    home = folder()
    binary, done = home / "bin" / "python", home / "installed"
    if not done.exists():
        print(f"installing the peers into {home}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        fill = [
            str(binary),
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            str(LOCK),
        ]
        subprocess.run(fill, check=True)
        done.touch()
    return binary
