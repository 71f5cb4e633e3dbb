"""The audit trail: sealed in order, and every edit or gap shows."""

import pytest
import sqlalchemy as sa

from followup.services.links import Signer
from followup.storage import audit
from followup.storage.database import Database
from followup.storage.tables import audit as table
from followup.storage.tables import audit_head
from tests.fakes import START

SIGNER = Signer("0123456789abcdef0123456789abcdef")
TRIGGERS = {
    "sqlite": ("DROP TRIGGER IF EXISTS audit_no_delete", "DROP TRIGGER IF EXISTS audit_no_update"),
    "postgresql": ("SET LOCAL session_replication_role = replica",),
}


def write(database: Database, count: int) -> None:
    with database.transaction() as conn:
        for n in range(count):
            audit.append(conn, at=START, clinic_id="c", actor="system", action="test", subject=f"s{n}", detail={"n": n})


def seal(database: Database) -> int:
    with database.transaction() as conn:
        return audit.seal(conn, SIGNER.seal)


def verify(database: Database) -> audit.Verified:
    with database.reading() as conn:
        return audit.verify(conn, SIGNER.seal)


def change(database: Database, statement: sa.Executable) -> None:
    """As somebody would who owns the database: with its guards taken away."""
    with database.transaction() as conn:
        for trigger in TRIGGERS[conn.dialect.name]:
            conn.exec_driver_sql(trigger)
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


@pytest.mark.parametrize("column", ["at", "detail"])
def test_an_entry_made_unreadable_is_found(sqlite: Database, column: str) -> None:
    write(sqlite, 4)
    seal(sqlite)
    change(sqlite, sa.text(f"UPDATE audit SET {column} = 'x' WHERE seq = 2"))
    assert "cannot be read" in verify(sqlite).problem


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


def test_the_newest_entries_cannot_vanish_unseen(database: Database) -> None:
    write(database, 4)
    seal(database)
    change(database, sa.delete(table).where(table.c.seq > 2))
    found = verify(database)
    assert (found.broken_at, found.problem) == (3, "the newest entries are missing")


def test_later_entries_do_not_cover_what_vanished(database: Database) -> None:
    write(database, 4)
    seal(database)
    change(database, sa.delete(table).where(table.c.seq == 4))
    write(database, 2)
    seal(database)
    assert verify(database).broken_at == 4


def test_another_key_does_not_sign_for_us(database: Database) -> None:
    write(database, 2)
    seal(database)
    change(database, sa.delete(table).where(table.c.seq == 2))
    with database.reading() as conn:
        first = conn.scalar(sa.select(table.c.hash).where(table.c.seq == 1))
    forged = Signer("another").seal(1, str(first))
    change(database, sa.update(audit_head).values(seq=1, hash=first, seal=forged))
    assert "not ours" in verify(database).problem


@pytest.mark.parametrize(
    "statement",
    [
        sa.delete(table).where(table.c.seq == 2),
        sa.update(table).values(actor="somebody"),
        sa.update(table).where(table.c.seq == 1).values(seq=9),
        sa.update(table).where(table.c.seq.is_(None)).values(subject="s9"),
    ],
)
def test_the_database_refuses_to_change_the_trail(database: Database, statement: sa.Executable) -> None:
    write(database, 2)
    seal(database)
    write(database, 1)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), database.transaction() as conn:
        conn.execute(statement)
    assert verify(database) == audit.Verified(2, 1)
