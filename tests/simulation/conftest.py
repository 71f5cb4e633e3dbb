"""What the stories of this folder tell at the end of a run."""

from collections.abc import Iterator

import pytest

from tests.simulation import cells


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The cells of the message table that the lives visited, also where they ran in another process."""
    words = list(_told(terminalreporter))
    if words:
        terminalreporter.section("message table: how often a life of faults took each arrow")
        for line in cells.table(cells.count(words)):
            terminalreporter.write_line(line)


def _told(reporter: pytest.TerminalReporter) -> Iterator[str]:
    for report in reporter.stats.get("passed", ()):
        for name, value in getattr(report, "user_properties", ()):
            if name == cells.PROPERTY:
                yield from value
