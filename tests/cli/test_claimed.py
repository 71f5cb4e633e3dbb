"""A worker process looks at its database before its first send, and tries again while that is away."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import Connection

from followup.actors.broker import Opening
from followup.cli.worker import Claimed
from followup.domain.errors import Unavailable
from followup.services.context import Context
from followup.storage.database import Database
from followup.storage.machine import instances
from tests.builders import make_ctx


class Away(Database):
    """Cannot be reached until it is said to be back."""

    is_back = False

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        if not self.is_back:
            raise Unavailable("database: connection refused")
        with super().transaction() as conn:
            yield conn


class Opened(Opening):
    """An opening whose context is there already."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(lambda: ctx, lambda _: None)
        self._ctx = ctx


def test_no_context_before_the_database_was_seen(database: Database, tmp_path: Path) -> None:
    away = Away(database.engine)
    ctx = make_ctx(away, environ={"FOLLOWUP_DATA": str(tmp_path)})
    claimed = Claimed(Opened(ctx))
    for _ in range(2):
        with pytest.raises(Unavailable):
            claimed()
    away.is_back = True
    assert claimed() is claimed() is ctx
    with database.reading() as conn:
        known = instances.read(conn)
    assert known is not None
    assert known.epoch == 1  # looked at once
