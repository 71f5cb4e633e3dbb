"""Clocks and ids of the real world: the only place that reads the time or draws at random."""

import os
import secrets
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from followup.domain.errors import SettingError

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_CURE = "followup clock set 2026-03-02T09:00:00-05:00"


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FileClock:
    """The instant written in a file, shared by all processes that name it; it stands until someone moves it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._last: datetime | None = None

    def now(self) -> datetime:
        """Raises `SettingError` when there is no file or no instant in it."""
        try:
            text = self.path.read_text(encoding="ascii", errors="replace").strip()
        except OSError:
            raise SettingError("FOLLOWUP_CLOCK", f"{self.path} cannot be read", cure=_CURE) from None
        if not text and self._last is not None:  # someone is writing it by hand at this moment
            return self._last
        self._last = parse_instant(text, self.path)
        return self._last


def parse_instant(text: str, path: Path) -> datetime:
    """The aware instant in `text`, in UTC; raises `SettingError` naming the file."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise SettingError("FOLLOWUP_CLOCK", f"{path} holds no ISO instant", cure=_CURE) from None
    if instant.tzinfo is None:
        raise SettingError("FOLLOWUP_CLOCK", f"the instant in {path} has no zone", cure=_CURE)
    return instant.astimezone(UTC)


def write_instant(path: Path, instant: datetime) -> None:
    """Set a file clock; readers see the old instant or the new one, never a part of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(instant.astimezone(UTC).isoformat() + "\n")
    os.chmod(name, 0o644)
    os.replace(name, path)


class SystemIds:
    """Ids of 26 characters after the prefix that sort by time to the microsecond, and tokens of 128 bits."""

    def new(self, prefix: str) -> str:
        number = (time.time_ns() // 1000) << 75 | secrets.randbits(75)
        return f"{prefix.rstrip('_')}_" + "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))

    def token(self) -> str:
        return secrets.token_urlsafe(16)


def wait_until(done: Callable[[], bool], *, limit: timedelta, every: timedelta = timedelta(milliseconds=50)) -> bool:
    """Ask `done` again and again for at most `limit` of real time; tells whether it came true."""
    pause, end = Event(), time.monotonic() + limit.total_seconds()
    while not done():
        left = end - time.monotonic()
        if left <= 0:
            return False
        pause.wait(min(every.total_seconds(), left))
    return True
