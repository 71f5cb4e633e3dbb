"""Slots: how many sends may be in flight in this process, shared by its threads."""

from threading import Condition


class Slots:
    """Counts what is in flight; what a crash leaves to be looked up is bounded by it."""

    def __init__(self) -> None:
        self._taken = 0
        self._changed = Condition()

    def take(self, wanted: int, *, capacity: int, block: bool) -> int:
        """Take up to `wanted` free slots; with `block` wait until at least one is free."""
        with self._changed:
            while block and self._taken >= capacity:
                self._changed.wait()
            got = max(0, min(wanted, capacity - self._taken))
            self._taken += got
            return got

    def give(self, count: int) -> None:
        """Give slots back."""
        if count:
            with self._changed:
                self._taken -= count
                self._changed.notify_all()
