"""The data folder: only one supervisor at a time may hold it, and it says where that one answers."""

import fcntl
import os
from pathlib import Path
from types import TracebackType

from followup.domain.errors import Unavailable

_LOCK = "followup.lock"


class HeldFolder:
    """A data folder under a file lock, which the kernel gives back when the process ends in any way."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path, self._handle = path, handle

    def answers_at(self, url: str) -> None:
        """Leave word for commands beside us under which address our web role answers."""
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, url.encode(), 0)

    def release(self) -> None:
        """Let others have it."""
        os.close(self._handle)

    def __enter__(self) -> "HeldFolder":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def hold(data: Path) -> HeldFolder:
    """Lock `data`, made if need be; raises `Unavailable` when another process holds it or it cannot be written."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        handle = os.open(data / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Unavailable(
            f"the data folder {data} cannot be used: {error.strerror}", cure="give another one by --data"
        ) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise Unavailable(
            f"another followup already runs on {data}", cure="stop it or give another folder by --data"
        ) from None
    return HeldFolder(data, handle)


def address_in(data: Path) -> str | None:
    """Where the supervisor that holds `data`, or held it last, answers; None if none ever said."""
    try:
        return (data / _LOCK).read_text() or None
    except (OSError, ValueError):
        return None


def home_of(database_url: str) -> Path | None:
    """The folder of an SQLite file if a supervisor works there or did; None for any other database."""
    path = database_url.removeprefix("sqlite:///").partition("?")[0]
    folder = Path(path).parent
    return folder if path != database_url and address_in(folder) else None
