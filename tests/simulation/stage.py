"""Who is in a life of faults, how it begins, and its parts: the fuse that ends a process, an attempt in flight."""

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

from followup.crash import CrashPoints
from followup.domain.outcome import Outcome
from followup.sandbox.clinic import HOME, Person, Teller
from followup.sandbox.simulation.luck import Crash
from followup.services import enroll, record
from followup.services.begin import Started
from followup.services.context import Context
from followup.services.record import Caller
from followup.storage.database import Database
from tests.builders import CLINIC, make_ctx
from tests.fakes import FakeIds

PEOPLE = (
    Person("P-1", "Ana", "Silva", "en-CA", HOME, "+14165550123", "ana@patients.example"),
    Person("P-2", "Ben", "Okoye", "en-CA", HOME, "+14165550124"),
    Person("P-3", "Chen", "Li", "fr-CA", HOME, email="chen@patients.example"),
)
#: A call gives up after this.
LIMIT = timedelta(seconds=40)
#: What receipts say of texts that did not arrive.
_LATE_CODES = ("30003", "30004", "30005", "30007", "30008", "21610")
RECEIPTS = (("sent", ""), ("sent", ""), ("delivered", ""), ("delivered", ""), ("undelivered", ""),
            *(("undelivered", code) for code in _LATE_CODES))  # fmt: skip
T = TypeVar("T")
WHO = {person.given_name: person for person in PEOPLE}
people = st.sampled_from(list(WHO))
anyone = st.integers(0, 30)


class Fuse(CrashPoints):
    """Ends the process at the n-th point that it passes from now on."""

    def __init__(self) -> None:
        super().__init__("", rng=Random(0))
        self.left = 0

    def reach(self, point: str) -> None:
        super().reach(point)
        if self.left:
            self.left -= 1
            if not self.left:
                raise Crash


def choose(among: Sequence[T], pick: int) -> T:
    """One of several, by any number."""
    return among[pick % len(among)]


def context(db: Database, settle: timedelta, **parts: Any) -> Context:
    """A context of fakes whose ids follow those of the story that every life begins with."""
    ids = FakeIds()
    ids.count = 1000
    return make_ctx(db, environ={"FOLLOWUP_SETTLE": f"{settle.total_seconds():.0f}s"}, **{"ids": ids, **parts})


def begin_story(db: Database) -> None:
    """Three people are treated; their messages are planned, and nothing was claimed yet."""
    ctx, tell = context(db, timedelta(minutes=15), ids=FakeIds()), Teller()
    for person in PEOPLE:
        told = tell.treated(person, ctx.clock.now() - timedelta(minutes=5), treatment=f"T-{person.id}")
        enroll.process_events(ctx, [record.accept(ctx, dict(told.event), caller=Caller(CLINIC)).row_id])


def restore(db: Database, begun: Path) -> None:
    """Put the story's beginning under the open engine."""
    db.close()
    path = Path(str(db.engine.url.database))
    for extra in ("-wal", "-shm"):
        path.with_name(path.name + extra).unlink(missing_ok=True)
    shutil.copyfile(begun, path)


@dataclass(eq=False)
class Flight:
    """An attempt in some worker: started, then on the wire, then with its outcome."""

    started: Started
    call: "asyncio.Task[Outcome] | None" = None
    until: datetime | None = None  # no later does its call give up

    @property
    def is_back(self) -> bool:
        return self.call is not None and self.call.done()
