"""The audit trail: sealed in order, and every edit or gap shows."""

import sqlalchemy as sa

from followup.storage import audit
from followup.storage.database import Database
from followup.storage.tables import audit as table
from tests.fakes import START


def write(database: Database, count: int) -> None:
    with database.transaction() as conn:
        for n in range(count):
            audit.append(conn, at=START, clinic_id="c", actor="system", action="test", subject=f"s{n}", detail={"n": n})


def seal(database: Database) -> int:
    with database.transaction() as conn:
        return audit.seal(conn)


def verify(database: Database) -> audit.Verified:
    with database.reading() as conn:
        return audit.verify(conn)


def change(database: Database, statement: sa.Executable) -> None:
    with database.transaction() as conn:
        conn.execute(statement)


def test_a_sealed_trail_is_whole(database: Database) -> None:
    write(database, 3)
    assert verify(database) == audit.Verified(0, 3)
    assert seal(database) == 3
    write(database, 2)
    seal(database)
    assert verify(database) == audit.Verified(5, 0)


def test_an_edited_entry_is_found(database: Database) -> None:
    write(database, 4)
    seal(database)
    change(database, sa.update(table).where(table.c.seq == 2).values(actor="somebody"))
    assert verify(database).broken_at == 2


def test_a_removed_entry_is_found(database: Database) -> None:
    write(database, 4)
    seal(database)
    change(database, sa.delete(table).where(table.c.seq == 3))
    found = verify(database)
    assert (found.broken_at, found.problem) == (3, "an entry is missing")


def test_an_entry_slipped_in_is_found(database: Database) -> None:
    write(database, 2)
    seal(database)
    change(database, sa.insert(table).values(at=START, clinic_id="c", actor="x", action="x", subject="x", detail={},
                                             seq=3, hash="0" * 64))  # fmt: skip
    assert verify(database).broken_at == 3


def test_sealing_nothing_changes_nothing(database: Database) -> None:
    assert seal(database) == 0
    assert verify(database) == audit.Verified(0, 0)
