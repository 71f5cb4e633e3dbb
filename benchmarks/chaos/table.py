"""The outcome as a table for people, and progress while it is waited for."""

import sys
import time
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.progress import Progress as Bar
from rich.table import Table

_EVERY = 15.0  # seconds between two plain lines


class Progress:
    """A bar on a terminal, plain lines elsewhere; on standard error, so that the table can be piped."""

    def __init__(self, patients: int) -> None:
        self._bar = Bar(console=Console(stderr=True), transient=True) if sys.stderr.isatty() else None
        self._task = self._bar.add_task("told", total=patients) if self._bar else None
        self._patients, self._began, self._last = patients, time.monotonic(), 0.0
        if self._bar:
            self._bar.start()

    def at(self, told: int, faults: int) -> None:
        """So far."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=told, description=f"{faults} faults")
        elif time.monotonic() - self._last > _EVERY:
            self._last = time.monotonic()
            self.say(f"{told} of {self._patients} patients told of, {faults} faults")

    def say(self, line: str) -> None:
        """One line; it ends the bar."""
        if self._bar is not None:
            self._bar.stop()
        print(f"{time.monotonic() - self._began:5.0f} s  {line}", file=sys.stderr, flush=True)


def show(said: Mapping[str, Any]) -> None:
    """Print it: faults by kind, what reached people, promises."""
    console = Console(width=100)
    title = f"chaos on {said['database']}, {said['patients']} patients, seed {said['seed']}: {said['seconds']} s"
    table = Table(title=title)
    table.add_column("what")
    table.add_column("number", justify="right")
    _section(table, {f"fault: {name}": n for name, n in said["faults"].items()})
    _section(table, {"faults in all": said["faults_in_all"], "of them kill -9": said["kills"]})
    _section(table, {f"receipts beside: {name}": n for name, n in said["receipts"].items()})
    _section(table, said["reached"])
    console.print(table)
    promises = Table()
    for column in ("promise", "looked at", "broken"):
        promises.add_column(column, justify="left" if column == "promise" else "right")
    for name, found in said["promises"].items():
        promises.add_row(name, str(found["checked"]), str(found["broken"]))
    console.print(promises)
    for line in said["broken"]:
        console.print(line, style="bold", markup=False)
    console.print("broken" if said["broken"] else "every promise kept")


def _section(table: Table, rows: Mapping[str, Any]) -> None:
    for name, number in rows.items():
        table.add_row(name, str(number))
    table.add_section()
