"""The entrants: how each is set up, and what stands in the table about its settings."""

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks.peers import house
from benchmarks.peers.contest import Field, durable_postgres, durable_valkey, say
from benchmarks.servers import Child, embedded_valkey, role, worker
from followup.app import build_context, close
from followup.cli import valkey
from followup.clock import write_instant
from followup.settings import load_settings
from followup.storage import migrate
from tests.e2e.machines import environment
from tests.fakes import START
from tests.services.seeds import seed_many
from tests.waiting import until

JOBS = Path(__file__).parent / "jobs"
#: Seconds until the peers' messages are due: long enough to ask for all of them.
AHEAD = 15
Prepare = Callable[[Field], Callable[[], None]]


@dataclass(frozen=True)
class Entrant:
    """One row of the table."""

    name: str
    settings: str
    prepare: Prepare


def _peer(module: str, words: list[str], *, server: Callable[[Field], str], extra: Mapping[str, str]) -> Prepare:
    """Two worker groups of a peer; the signal asks for all messages, due a little later."""

    def prepare(place: Field) -> Callable[[], None]:
        python = house.python()
        environ = place.environ | {"BROKER": server(place), "PYTHONPATH": str(JOBS), **extra}
        if module == "procrastinate_jobs":
            schema = [str(python), "-m", "procrastinate", "--app", f"{module}.app", "schema", "--apply"]
            say(subprocess.run(schema, env=environ, cwd=JOBS, capture_output=True, check=False))
        for number in (1, 2):
            argv = [str(python), "-m", *(word.replace("NUMBER", str(number)) for word in words)]
            log = place.folder / f"worker-{number}.log"
            place.workers.append(Child(argv, environ, log))
        place.start(*place.workers)

        def go() -> None:
            ask = [str(python), f"{module}.py", str(place.wish.messages), str(AHEAD)]
            say(subprocess.run(ask, env=environ, cwd=JOBS, capture_output=True, check=False))

        return go

    return prepare


def _followup(*, on_postgres: bool) -> Prepare:
    """Two worker groups and the scheduler, all of which are killed; the signal moves the clock to the due time."""

    def prepare(place: Field) -> Callable[[], None]:
        data = place.folder / "data"
        data.mkdir()
        write_instant(place.folder / "clock", START - timedelta(hours=1))
        url = f"sqlite:///{data / 'followup.db'}"
        if on_postgres:
            url = durable_postgres(place).replace("postgresql:", "postgresql+psycopg:")
        broker, bell = embedded_valkey(data, place.folder / "valkey.log")
        environ = environment(place.folder, place.carrier.url, "smtp://127.0.0.1:9") | {
            "DATABASE_URL": url, "FOLLOWUP_DATA": str(data), "REDIS_URL": bell, "FOLLOWUP_LEASE": "15s",
            "FOLLOWUP_PROVIDER_TIMEOUT": "5s", "FOLLOWUP_SETTLE": "10s",
        }  # fmt: skip
        ctx = build_context(load_settings(environ))
        migrate.upgrade(ctx.db)
        logs = [place.folder / f"{name}.log" for name in ("worker-1", "worker-2", "scheduler")]
        place.workers += [worker(environ, logs[0]), worker(environ, logs[1])]
        place.workers.append(role("scheduler", environ=environ, log=logs[2]))
        place.others.append(broker)
        place.restart = lambda: _restart(broker, bell)
        place.start(broker)
        valkey.await_answer(bell, limit=20)
        place.start(*place.workers)
        until(lambda: "scheduler ready" in (place.folder / "scheduler.log").read_text(), limit=60)
        seed_many(ctx, place.wish.messages)
        close(ctx)
        return lambda: write_instant(place.folder / "clock", START + timedelta(minutes=1))

    return prepare


def _restart(broker: Child, bell: str) -> None:
    broker.end()
    broker.start()
    valkey.await_answer(bell, limit=20)


_CELERY = ["celery", "-A", "celery_jobs", "worker", "-c", "4", "-n", "wNUMBER@bench", "--loglevel", "WARNING"]
_DRAMATIQ = ["dramatiq", "dramatiq_jobs", "-p", "1", "-t", "8"]
_PROCRASTINATE = ["procrastinate", "--app", "procrastinate_jobs.app", "worker", "-c", "8"]
_SAFE = {"AT_LEAST_ONCE": "1"}
_OURS = (
    "lease 6 s, provider time-out 2 s, settle 4 s (shipped: 60 s, 20 s, 15 min); embedded Valkey, nothing kept on disk"
)

ENTRANTS: Mapping[str, Entrant] = {
    "celery": Entrant(
        "celery 5.7, eta, Redis", "defaults", _peer("celery_jobs", _CELERY, server=durable_valkey, extra={})
    ),
    "celery-safe": Entrant(
        "celery 5.7, eta, Redis",
        "acks_late, reject_on_worker_lost, prefetch multiplier 1, visibility_timeout 30 s",
        _peer("celery_jobs", _CELERY, server=durable_valkey, extra=_SAFE),
    ),
    "dramatiq": Entrant(
        "dramatiq 2.2, its own delay, Redis",
        "defaults",
        _peer("dramatiq_jobs", _DRAMATIQ, server=durable_valkey, extra={}),
    ),
    "dramatiq-safe": Entrant(
        "dramatiq 2.2, its own delay, Redis",
        "heartbeat 5 s, maintenance on every command",
        _peer("dramatiq_jobs", _DRAMATIQ, server=durable_valkey, extra=_SAFE),
    ),
    "procrastinate": Entrant(
        "procrastinate 3.10, PostgreSQL",
        "defaults",
        _peer("procrastinate_jobs", _PROCRASTINATE, server=durable_postgres, extra={}),
    ),
    "procrastinate-safe": Entrant(
        "procrastinate 3.10, PostgreSQL",
        "its manual's task for stalled jobs, every 10 s, heartbeat older than 15 s",
        _peer("procrastinate_jobs", _PROCRASTINATE, server=durable_postgres, extra=_SAFE),
    ),
    "followup-sqlite": Entrant("followup, SQLite", _OURS, _followup(on_postgres=False)),
    "followup-postgresql": Entrant("followup, PostgreSQL", _OURS, _followup(on_postgres=True)),
}
