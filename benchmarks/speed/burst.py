"""A burst: messages due at one instant among many for later, sent by the whole product to the sink.

    python -m benchmarks.speed.burst [--database sqlite] [--due 5000] [--pending 100000] [--latency 0.05] [--runs 5]

Scheduler and a worker of two processes run as `followup up` starts them. The rate is messages by the seconds from the
due instant to the last arrival; processor time is that of scheduler, worker, broker and database together.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.servers import Child, PostgresServer, embedded_valkey, role, worker
from benchmarks.speed import meter
from benchmarks.speed.filling import fill
from followup.app import build_context, close
from followup.cli import valkey
from followup.cli.machine import free_port
from followup.clock import write_instant
from followup.settings import load_settings
from followup.storage import migrate
from tests.e2e.machines import environment
from tests.fakes import START
from tests.waiting import until


@dataclass(frozen=True)
class Wish:
    """What is measured."""

    database: str
    due: int
    pending: int
    latency: float
    processes: int
    concurrency: int


@dataclass(frozen=True)
class Figures:
    """What came of one run. Times in seconds from the due instant, processor time in milliseconds a message."""

    rate: float
    first: float
    median: float
    p99: float
    processor: float
    memory: int  # bytes of worker and scheduler at the end
    twice: int
    unsent: int


@dataclass
class House:
    """What runs, and where the sink's ledger is."""

    folder: Path
    ours: list[Child]
    servers: list[Child]
    sink: str

    def ledger(self) -> dict[str, Any]:
        """What the sink has."""
        with urllib.request.urlopen(self.sink, timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    @property
    def everything(self) -> list[int]:
        """Every process but the sink."""
        return meter.family(child.process.pid for child in (*self.ours, *self.servers) if child.process)


@contextmanager
def house(wish: Wish, folder: Path) -> Iterator[House]:
    """Fill a fresh database, then start everything; nothing is due yet."""
    with ExitStack() as stack:
        data = folder / "data"
        data.mkdir()
        write_instant(folder / "clock", START - timedelta(hours=1))
        port = free_port("127.0.0.1", 0)
        sink = f"http://127.0.0.1:{port}"
        argv = [sys.executable, "-m", "benchmarks.speed.sink", str(port), str(wish.latency)]
        broker, bell = embedded_valkey(data, folder / "valkey.log")
        servers, url = [broker], f"sqlite:///{data / 'followup.db'}"
        if wish.database == "postgresql":
            (folder / "pg").mkdir()
            folder.chmod(0o755)
            server = PostgresServer(folder / "pg")
            server.start()
            stack.callback(server.child.end)
            servers, url = [broker, server.child], server.url
        environ = environment(folder, sink, "smtp://127.0.0.1:9") | {
            "DATABASE_URL": url, "FOLLOWUP_DATA": str(data), "REDIS_URL": bell, "FOLLOWUP_PROVIDER_TIMEOUT": "20s",
            "FOLLOWUP_LEASE": "60s", "FOLLOWUP_SETTLE": "15m", "FOLLOWUP_TICK": "250ms",
            "FOLLOWUP_CONCURRENCY": str(wish.concurrency),
        }  # fmt: skip
        ctx = build_context(load_settings(environ))
        migrate.upgrade(ctx.db)
        fill(ctx, pending=wish.pending, due=wish.due)
        close(ctx)
        ours = [
            worker(environ, folder / "worker.log", processes=wish.processes),
            role("scheduler", environ=environ, log=folder / "scheduler.log"),
        ]
        for child in (Child(argv, environ, folder / "sink.log"), broker, *ours):
            stack.callback(child.end)
            child.start()
            if child is broker:
                valkey.await_answer(bell, limit=20)
        until(lambda: "scheduler ready" in (folder / "scheduler.log").read_text(), limit=60)
        until(lambda: (folder / "worker.log").read_text().count("worker ready") == wish.processes, limit=60)
        yield House(folder, ours, servers, sink)


def once(wish: Wish) -> Figures:
    """One run in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="followup-burst-", ignore_cleanup_errors=True) as name:
        with house(wish, Path(name)) as place:
            _settle_down(place)
            before = meter.processor_time(place.everything)
            begun = time.monotonic()
            write_instant(Path(name) / "clock", START + timedelta(minutes=1))
            _await_all(place, wish.due)
            used = meter.processor_time(place.everything) - before
            found = place.ledger()
            times = sorted(at - begun for at in found["times"])
            held = meter.memory(meter.family(c.process.pid for c in place.ours if c.process))
        return Figures(
            rate=len(times) / times[-1],
            first=times[0],
            median=statistics.median(times),
            p99=times[int(len(times) * 0.99) - 1],
            processor=used / len(times) * 1000,
            memory=held,
            twice=len(times) - found["different"],
            unsent=wish.due - found["different"],
        )


def _settle_down(place: House) -> None:
    """Until the processes rest: what a start, or the last outcome, leaves to do is done."""
    used = -1.0

    def rests() -> bool:
        nonlocal used
        before, used = used, meter.processor_time(place.everything)
        return used - before < 0.02

    until(rests, limit=60, every=0.25)


def _await_all(place: House, due: int) -> None:
    """Until as many came as are due, and the outcomes of the last are written; or nothing came for half a minute."""
    seen, since = 0, time.monotonic()

    def over() -> bool:
        nonlocal seen, since
        now = len(place.ledger()["times"])
        if now != seen:
            seen, since = now, time.monotonic()
        return now >= due or time.monotonic() - since > 30

    until(over, limit=3600, every=0.1)
    _settle_down(place)


def main(words: Sequence[str] | None = None) -> int:
    """Run, print each run and the medians; exit 1 if a message was lost or repeated."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    for name, value in (("due", 5000), ("pending", 100_000), ("runs", 5), ("processes", 2), ("concurrency", 64)):
        given.add_argument(f"--{name}", type=int, default=value)
    given.add_argument("--latency", type=float, default=0.0)
    asked = given.parse_args(words)
    wish = Wish(asked.database, asked.due, asked.pending, asked.latency, asked.processes, asked.concurrency)
    runs = [once(wish) for _ in range(asked.runs)]
    for one in runs:
        print(json.dumps(asdict(one)))
    medians = {name: statistics.median(asdict(one)[name] for one in runs) for name in asdict(runs[0])}
    print(json.dumps({"wish": asdict(wish), "median": medians}))
    return int(any(one.twice or one.unsent for one in runs))


if __name__ == "__main__":
    raise SystemExit(main())
