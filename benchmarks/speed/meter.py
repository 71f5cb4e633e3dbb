"""Meter: processor time and memory of whole process trees (Linux)."""

import os
from collections.abc import Iterable
from pathlib import Path

from tests.e2e.machines import descendants

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def family(roots: Iterable[int]) -> list[int]:
    """These processes and all below them."""
    return [pid for root in roots for pid in (root, *descendants(root))]


def processor_time(pids: Iterable[int]) -> float:
    """Seconds of processor time that these used so far, with children of theirs that have ended."""
    return sum(sum(int(n) for n in _stat(pid)[11:15]) for pid in pids) / _TICK


def memory(pids: Iterable[int]) -> int:
    """Bytes that each of these holds in memory, shared pages counted with each."""
    return sum(int(_stat(pid)[21]) * _PAGE for pid in pids)


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return ["0"] * 50
