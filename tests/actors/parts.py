"""Actors for tests: a worker of our own, and one to be started by `python -m dramatiq tests.actors.parts:start`."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import cast

import dramatiq

from followup.actors.broker import BrokerJobs, Opening, close_broker, make_broker
from followup.actors.declare import ACTORS, Work, declare
from followup.clock import wait_until
from followup.services.context import Context

_NO_CONTEXT = cast("Context", None)

Run = Callable[[Context, Sequence[str]], object]


def actors_that(run: Run) -> Mapping[str, Work]:
    """The table of actors with another use case behind each."""
    return {name: Work(run, work.priority, work.retries) for name, work in ACTORS.items()}


@contextmanager
def working(url: str, run: Run) -> Iterator[dramatiq.Broker]:
    """A dramatiq worker in this process whose actors all do `run`."""
    broker = make_broker(url)
    declare(broker, lambda: _NO_CONTEXT, actors=actors_that(run))
    worker = dramatiq.Worker(broker, worker_timeout=50, worker_threads=2)
    worker.start()
    try:
        yield broker
    finally:
        worker.stop()
        close_broker(broker)


@contextmanager
def bell(url: str) -> Iterator[BrokerJobs]:
    """Jobs that ring through this broker."""
    broker = make_broker(url)
    try:
        yield BrokerJobs(broker)
    finally:
        close_broker(broker)


def start() -> None:
    """Actors that note their ids in a folder and end once a file named `go` is there."""
    folder = Path(os.environ["FOLDER"])

    def run(_ctx: Context, ids: Sequence[str]) -> None:
        (folder / f"begun-{ids[0]}").touch()
        wait_until((folder / "go").exists, limit=timedelta(seconds=60))
        (folder / f"ended-{ids[0]}").touch()

    broker = make_broker(os.environ["BROKER_URL"], Opening(lambda: _NO_CONTEXT, lambda _ctx: None))
    declare(broker, lambda: _NO_CONTEXT, actors=actors_that(run))
    dramatiq.set_broker(broker)
