"""Durability: what the database is told to do so that a commit outlives a power loss."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

_SQLITE = {"journal_mode": {"wal"}, "synchronous": {"2", "3"}}
#: `local` and above wait for this server's own disk.
_POSTGRESQL = {
    "fsync": {"on"},
    "full_page_writes": {"on"},
    "synchronous_commit": {"on", "local", "remote_write", "remote_apply"},
}


def found(conn: Connection) -> list[tuple[str, str, bool]]:
    """Each setting by name, its value as this connection has it, and whether that is safe."""
    if conn.dialect.name == "sqlite":
        wanted, ask = _SQLITE, "PRAGMA {}"
    else:
        wanted, ask = _POSTGRESQL, "SHOW {}"
    values = {name: str(conn.execute(sa.text(ask.format(name))).scalar_one()) for name in wanted}
    return [(name, value, value in wanted[name]) for name, value in values.items()]
