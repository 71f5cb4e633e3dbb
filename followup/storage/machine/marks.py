"""Marks: numbers and moments that the machine keeps of itself, by name."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.storage.database import put as put_rows
from followup.storage.database import put_new
from followup.storage.tables import marks

_GET = sa.select(marks).where(marks.c.name == sa.bindparam("b_name"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A number, and a moment in the time of whoever wrote it."""

    number: int
    at: datetime


def get(conn: Connection, name: str) -> Mark | None:
    """What was written under this name last."""
    row = conn.execute(_GET, {"b_name": name}).first()
    return Mark(row.number, row.at) if row else None


def put(conn: Connection, name: str, number: int, at: datetime) -> None:
    """Write it, over whatever was there."""
    put_rows(conn, marks, [{"name": name, "number": number, "at": at}])


def take_turn(conn: Connection, name: str, *, before: datetime, now: datetime) -> bool:
    """True for one caller alone if the mark is older than `before`, which moves it; the first call only writes it."""
    put_new(conn, marks, [{"name": name, "number": 0, "at": now}])
    query = sa.update(marks).where(marks.c.name == name, marks.c.at < before).values(at=now)
    return conn.execute(query).rowcount > 0
