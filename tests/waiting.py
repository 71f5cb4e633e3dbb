"""Waiting for something outside with a deadline, never for a fixed time."""

import time
from collections.abc import Callable
from threading import Event


def until(question: Callable[[], object], *, limit: float = 30.0, every: float = 0.05) -> bool:
    """Ask until the answer is true; False after `limit` seconds."""
    deadline, pause = time.monotonic() + limit, Event()
    while not question():
        if time.monotonic() > deadline:
            return False
        pause.wait(every)
    return True
