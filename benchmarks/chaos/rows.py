"""The rows of the run, by plain SQL: neither the tables nor the queries of the product are asked what is true."""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import sqlalchemy as sa

from benchmarks.chaos.cast import NOW
from followup.domain.errors import Unavailable
from tests.waiting import until

Row = Mapping[str, Any]


class Rows:
    """A reader of the database that waits while it is away."""

    def __init__(self, url: str) -> None:
        options = {"connect_args": {"timeout": 30}} if url.startswith("sqlite") else {"pool_pre_ping": True}
        self._engine = sa.create_engine(url, **options)
        self._now = f"{NOW:%Y-%m-%dT%H:%M:%S.%fZ}" if url.startswith("sqlite") else NOW

    def __enter__(self) -> "Rows":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._engine.dispose()

    def ask(self, query: str, **values: Any) -> list[Row]:
        """All rows of a query."""
        found: list[Row] = []

        def read() -> bool:
            try:
                with self._engine.connect() as conn:
                    found[:] = [dict(row) for row in conn.execute(sa.text(query), values).mappings()]
                return True
            except sa.exc.OperationalError:
                return False

        if not until(read, limit=90, every=0.5):
            raise Unavailable("the database stays away", cure="see the folder given by --keep")
        return found

    def number(self, query: str, **values: Any) -> int:
        """The one number of a query."""
        return int(next(iter(self.ask(query, **values)[0].values())) or 0)

    def open_work(self) -> int:
        """Events that are not planned, and due messages that have no end and of which nobody was told."""
        events = self.number("SELECT count(*) FROM events WHERE state IN ('received', 'queued')")
        moving = "state IN ('scheduled', 'queued', 'sending')"
        told = "SELECT subject FROM escalations WHERE kind = 'unconfirmed' AND state <> 'closed'"
        doubt = f"state = 'unconfirmed' AND id NOT IN ({told})"
        due = f"SELECT count(*) FROM messages WHERE due_at <= :now AND ({moving} OR ({doubt}))"
        return events + self.number(due, now=self._now)


def instant(value: Any) -> datetime:
    """A stored moment, whatever the database keeps it as."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
