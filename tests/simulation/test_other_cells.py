"""Every cell of the message table by itself, on rows: an arrow has its effect, any other signal changes nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from followup.domain.errors import IllegalSignal
from followup.domain.ids import MessageId
from followup.domain.lifecycle import MESSAGE, next_state
from followup.domain.message import Message
from followup.storage import messages
from followup.storage.database import Database
from tests.builders import make_message
from tests.fakes import START
from tests.simulation.cells import EVERY, Cell
from tests.support.databases import copy_sqlite, open_quick

#: A life of faults visits many of these too, by the real services; test_life.py holds the two against the table.
CELLS = EVERY
ARROWS, OTHERS = [c for c in CELLS if c in MESSAGE], [c for c in CELLS if c not in MESSAGE]
LEASE = START + timedelta(minutes=1)


def spell(cell: Cell) -> str:
    return f"{cell[0]}-{cell[1]}"


@pytest.fixture(scope="module")
def rows(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for all cells: each writes a message of its own."""
    opened = open_quick(copy_sqlite(sqlite_template, tmp_path_factory.mktemp("cells")))
    yield opened
    opened.close()


class Story:
    """A message in the state of a cell, the signal, and what became of it."""

    def __init__(self, database: Database, cell: Cell, *, attempt_no: int | None = None) -> None:
        state, self.signal = cell
        name = MessageId(f"msg-{spell(cell)}-{attempt_no}")
        self.before = make_message(id=name, enrollment_id=None, state=state, lease_until=LEASE, attempt_no=2)
        with database.transaction() as conn:
            messages.add(conn, [self.before], START)
            self.moved = messages.apply(conn, [name], self.signal, START, reason="staff", attempt_no=attempt_no)
            self.after = messages.get(conn, None, name)
            self.told = [(row["signal"], row["state"]) for row in messages.history(conn, name)][1:]

    def moved_to(self, cell: Cell) -> bool:
        """The whole effect: state, reason, no lease any more, and one line of history."""
        target = MESSAGE[cell]
        wanted: Message = replace(self.before, state=target, lease_until=None, reason="staff")
        return (self.after, self.moved, self.told) == (wanted, [wanted.id], [(self.signal, target)])

    @property
    def is_unchanged(self) -> bool:
        return (self.after, self.moved, self.told) == (self.before, [], [])


@pytest.mark.parametrize("cell", ARROWS, ids=spell)
def test_an_arrow_moves_the_row_and_says_so(rows: Database, cell: Cell) -> None:
    assert Story(rows, cell).moved_to(cell)


@pytest.mark.parametrize("cell", ARROWS, ids=spell)
def test_an_arrow_of_another_attempt_moves_nothing(rows: Database, cell: Cell) -> None:
    assert Story(rows, cell, attempt_no=1).is_unchanged


@pytest.mark.parametrize("cell", OTHERS, ids=spell)
def test_a_signal_without_arrow_changes_nothing(rows: Database, cell: Cell) -> None:
    assert Story(rows, cell).is_unchanged
    with pytest.raises(IllegalSignal):
        next_state(MESSAGE, *cell)


def test_both_databases_keep_the_whole_table(database: Database) -> None:
    stories = {cell: Story(database, cell) for cell in CELLS}
    assert [c for c, s in stories.items() if not (s.moved_to(c) if c in MESSAGE else s.is_unchanged)] == []
