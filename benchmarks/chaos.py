"""At least a thousand faults in one run, on real processes: nothing lost, nothing twice.

    python -m benchmarks.chaos [--database sqlite|postgresql] [--faults 1000] [--patients 4000] [--seed 1]

Kills of workers and scheduler (-9), FLUSHALL and restarts of Valkey, restarts of PostgreSQL, carrier answers of 429,
500, 503, hangs, accept-then-cut and 201 without JSON, receipts doubled, shuffled and late, mail cut after DATA. In the
end the carrier's own ledger is held against the database.
"""

import argparse
import json
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

import redis
import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from benchmarks.servers import Child, PostgresServer, embedded_valkey, followup
from followup.cli import valkey
from followup.clock import write_instant
from followup.sandbox.carrier import Carrier, CarrierOptions
from followup.sandbox.mail import MailCatcher, MailOptions
from followup.sandbox.process import running
from followup.storage import migrate
from followup.storage.database import open_database
from followup.storage.tables import attempts, escalations, events, messages
from tests.e2e.machines import KEY, environment
from tests.waiting import until

NOW = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)  # 16:30 on a Monday in Toronto: inside every window
#: kind of fault at the carrier → each n-th request plays it
AT_CARRIER = {"429": 17, "500": 23, "503": 29, "500-accepted": 31, "accept-then-cut": 19, "not-json": 37, "hang": 211,
              "hang-accepted": 199}  # fmt: skip
AT_MAIL = {"accept-then-cut": 7, "data-451": 11, "rcpt-450-4.2.0": 13}
_AREAS = ("416", "905", "647", "519", "613", "705")
_DEEDS = (
    ("worker killed", 50),
    ("scheduler killed", 20),
    ("FLUSHALL", 22),
    ("Valkey restarted", 5),
    ("PostgreSQL restarted", 6),
)


@dataclass
class Run:
    """One run: the processes, what was done to them, and what came of it."""

    folder: Path
    rng: Random
    patients: int
    server: PostgresServer | None
    carrier: Carrier
    mail: MailCatcher
    roles: dict[str, Child] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    bell: str = ""
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def faults(self) -> int:
        """Faults so far, those played by the stand-ins included."""
        return sum(self.done.values()) + sum(self.played().values())

    def played(self) -> Counter[str]:
        """What the stand-ins played."""
        said: Counter[str] = Counter()
        for where, book in (("carrier", self.carrier.faults), ("mail", self.mail.faults)):
            for fault in book.listing():
                said[f"{where}: {fault['kind']}"] += fault["seen"] // fault["every"]
        said["receipts doubled, shuffled or late"] = (
            sum(1 for e in self.carrier.ledger.entries if e["kind"] == "receipt") // 50
        )
        return said


def main() -> int:
    """Run it and print the table; exit 1 if a promise was broken."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given.add_argument("--faults", type=int, default=1000)
    given.add_argument("--patients", type=int, default=4000)
    given.add_argument("--seed", type=int, default=1)
    asked = given.parse_args()
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="followup chaos ", ignore_cleanup_errors=True))
        )
        run = _open(stack, folder, asked)
        began = time.monotonic()
        _feed(run)
        _trouble(run, wanted=asked.faults)
        _calm(run)
        quiet = until(lambda: _open_work(run) == 0, limit=420, every=1.0)
        return _tell(run, asked, seconds=time.monotonic() - began, quiet=quiet)


def _open(stack: ExitStack, folder: Path, asked: argparse.Namespace) -> Run:
    carrier = stack.enter_context(running(Carrier(CarrierOptions())))
    mail = stack.enter_context(running(MailCatcher(MailOptions())))
    server = None
    if asked.database == "postgresql":
        home = folder / "pg"
        home.mkdir()
        folder.chmod(0o755)
        server = PostgresServer(home)
        server.start()
        stack.callback(server.child.end)
    run = Run(folder, Random(asked.seed), asked.patients, server, carrier, mail)
    write_instant(folder / "clock", NOW)
    data = folder / "data"
    data.mkdir()
    broker, run.bell = embedded_valkey(data, folder / "valkey.log")
    url = server.url if server else f"sqlite:///{data / 'followup.db'}"
    run.environ = environment(folder, carrier.url, mail.smtp_url) | {
        "DATABASE_URL": url, "FOLLOWUP_DATA": str(data), "REDIS_URL": run.bell, "FOLLOWUP_LEASE": "6s",
        "FOLLOWUP_PROVIDER_TIMEOUT": "2s", "FOLLOWUP_SETTLE": "4s", "FOLLOWUP_TICK": "200ms",
    }  # fmt: skip
    made = open_database(url)
    migrate.upgrade(made)
    made.close()
    run.roles = {
        "valkey": broker,
        "web": followup("web", "--port", "18555", environ=run.environ, log=folder / "web.log"),
        "scheduler": followup("scheduler", environ=run.environ, log=folder / "scheduler.log"),
        "worker": followup("worker", "--processes", "2", environ=run.environ, log=folder / "worker.log"),
    }
    broker.start()
    valkey.await_answer(run.bell, limit=10)
    run.environ["FOLLOWUP_PUBLIC_URL"] = "http://127.0.0.1:18555"
    for name in ("web", "scheduler", "worker"):
        run.roles[name].environ = run.environ
        run.roles[name].start()
    stack.callback(lambda: [child.end() for child in run.roles.values()])
    return run


def _feed(run: Run) -> None:
    """Tell of every treatment through the HTTP door, by batches."""
    for start in range(0, run.patients, 100):
        batch = [_event(n) for n in range(start, min(start + 100, run.patients))]
        if not until(lambda batch=batch: _post(batch), limit=90, every=0.2):  # type: ignore[misc]
            raise SystemExit(f"the door does not answer: see {run.folder}/web.log")


def _post(batch: list[dict[str, Any]]) -> bool:
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/cloudevents-batch+json"}
    request = urllib.request.Request(
        "http://127.0.0.1:18555/v1/events", data=json.dumps(batch).encode(), headers=headers
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return bool(answer.status == 202)
    except OSError:
        return False


def _event(number: int) -> dict[str, Any]:
    when = (NOW - timedelta(minutes=5)).isoformat()
    by_mail = number % 10 == 0
    point = (
        {"channel": "email", "value": f"p{number}@example.com"}
        if by_mail
        else {"channel": "sms", "value": f"+1{_AREAS[number // 10000]}555{number % 10000:04d}"}
    )
    return {
        "specversion": "1.0", "type": "treatment.completed", "source": "/chaos", "id": f"T-{number}", "time": when,
        "data": {
            "clinic": "canstrive",
            "patient": {
                "id": f"P-{number}", "given_name": "Ana", "family_name": "Silva", "language": "en-CA",
                "contact_points": [point],
            },
            "treatment": {"id": f"T-{number}", "code": "skinpen-microneedling", "performed_at": when},
        },
    }  # fmt: skip


def _trouble(run: Run, *, wanted: int) -> None:
    """Play faults until there were enough, or until nothing is left to be sent."""
    for kind, every in AT_CARRIER.items():
        run.carrier.faults.add({"kind": kind, "every": every, "seconds": 2.5})
    for kind, every in AT_MAIL.items():
        run.mail.faults.add({"kind": kind, "every": every})
    run.carrier.manners.doubled = run.carrier.manners.shuffled = True
    run.carrier.manners.late = 1.0
    deeds = [name for name, share in _DEEDS for _ in range(share) if run.server or not name.startswith("PostgreSQL")]
    while run.faults < wanted and _open_work(run) > 0:
        _let_work(run, requests=run.rng.randint(5, 60), limit=8.0)
        deed = run.rng.choice(deeds)
        _do(run, deed)
        run.done[deed] += 1
        _revive(run)


def _let_work(run: Run, *, requests: int, limit: float) -> None:
    """Until so many requests more reached the carrier or the time is over: a kill that meets nobody shows nothing."""
    goal, pause = run.carrier.requests + requests, Event()
    deadline = time.monotonic() + limit
    while run.carrier.requests < goal and time.monotonic() < deadline:
        pause.wait(0.02)
    _revive(run)


def _do(run: Run, deed: str) -> None:
    match deed:
        case "worker killed":
            run.roles["worker"].kill_one(run.rng)
        case "scheduler killed":
            run.roles["scheduler"].end()
        case "FLUSHALL":
            with redis.Redis.from_url(run.bell) as client:
                client.flushall()
        case "Valkey restarted":
            run.roles["valkey"].end()
            run.roles["valkey"].start()
            valkey.await_answer(run.bell, limit=20)
        case "PostgreSQL restarted" if run.server is not None:
            run.server.restart()
        case _:
            raise AssertionError(deed)


def _revive(run: Run) -> None:
    """What a supervisor does: start again what died."""
    for child in run.roles.values():
        if not child.runs:
            child.end()
            child.start()


def _calm(run: Run) -> None:
    """No further faults; whatever is open now must end."""
    run.calm_faults = run.played()  # type: ignore[attr-defined]
    run.carrier.faults.clear()
    run.mail.faults.clear()
    _revive(run)


def _ask(run: Run, query: sa.Select[Any]) -> list[Any]:
    """Rows of the run's database; it may be away for a moment."""
    database = open_database(run.environ["DATABASE_URL"])
    found: list[Any] = []

    def read() -> bool:
        with database.reading() as conn:
            found.extend(conn.execute(query).all())
        return True

    try:
        until(lambda: _quietly(read), limit=60, every=0.5)
        return found
    finally:
        database.close()


def _quietly(work: Callable[[], bool]) -> bool:
    from followup.domain.errors import Unavailable

    try:
        return work()
    except Unavailable:
        return False


def _due(run: Run) -> Iterator[Any]:
    query = sa.select(messages.c.id, messages.c.state, messages.c.channel, messages.c.hold).where(
        messages.c.due_at <= NOW
    )
    yield from _ask(run, query)


def _open_work(run: Run) -> int:
    """Events that are not planned, and due messages that have no end yet and of which nobody was told."""
    waiting = _ask(
        run, sa.select(sa.func.count()).select_from(events).where(events.c.state.in_(["received", "queued"]))
    )[0][0]
    told = {
        row.subject for row in _ask(run, sa.select(escalations.c.subject).where(escalations.c.kind == "unconfirmed"))
    }
    moving = [
        m
        for m in _due(run)
        if m.state in {"scheduled", "queued", "sending"} or (m.state == "unconfirmed" and m.id not in told)
    ]
    return int(waiting) + len(moving)


def _left() -> sa.Select[Any]:
    """What is not at its end, for the reader of a broken run."""
    c = messages.c
    open_states = ["scheduled", "queued", "sending", "unconfirmed"]
    columns = (c.id, c.state, c.hold, c.channel, c.attempt_no, c.due_at, c.not_before, c.lease_until, c.reason)
    return sa.select(*columns).where(c.due_at <= NOW, c.state.in_(open_states)).limit(20)


def _tell(run: Run, asked: argparse.Namespace, *, seconds: float, quiet: bool) -> int:
    taken = Counter(e["callback"].rpartition("/")[2] for e in run.carrier.messages)
    mails = Counter(e["message_id"] for e in run.mail.ledger.entries if e["kind"] == "mail")
    rows = list(_due(run))
    by_text = {m.id for m in rows if m.channel == "sms"}
    doubt = [m.id for m in rows if m.state == "unconfirmed"]
    told = {r.subject for r in _ask(run, sa.select(escalations.c.subject).where(escalations.c.kind == "unconfirmed"))}
    missing = [m.id for m in rows if m.channel == "sms" and m.id not in taken and m.id not in told]
    twice = [i for i, n in taken.items() if n > 1]
    strangers = [i for i in taken if i not in by_text]
    mails_wanted = sum(1 for m in rows if m.channel == "email")
    again = sum(n - 1 for n in mails.values())
    tries = _ask(run, sa.select(sa.func.count()).select_from(attempts))[0][0]
    broken = [name for name, bad in (
        ("not quiet in time", not quiet), ("twice", twice), ("missing", missing), ("unknown to us", strangers),
        ("e-mails missing", len(mails) < mails_wanted - len([d for d in doubt if d not in by_text])),
        ("unresolved and not told", [d for d in doubt if d not in told]),
        ("patients without a message", len({m.id for m in rows}) < run.patients),
    ) if bad]  # fmt: skip
    table = Table(title=f"chaos on {asked.database}: {run.patients} patients, seed {asked.seed}, {seconds:.0f} s")
    table.add_column("what")
    table.add_column("number", justify="right")
    counts = run.done + getattr(run, "calm_faults", Counter())
    for name, number in sorted(counts.items()):
        table.add_row(f"fault: {name}", str(number))
    for name, number in (
        ("faults in all", sum(counts.values())), ("messages due", len(rows)), ("attempts made", tries),
        ("texts in the carrier's ledger", sum(taken.values())), ("of them twice", len(twice)),
        ("missing", len(missing)),
        ("e-mails, distinct Message-IDs", len(mails)), ("e-mails that went again under the same Message-ID", again),
        ("unresolved, each with an escalation", len(doubt)),
    ):  # fmt: skip
        table.add_row(name, str(number))
    Console(width=100).print(table)
    for row in _ask(run, _left()) if broken else ():
        Console().print(dict(row._mapping))
    Console().print(f"broken: {', '.join(broken)}" if broken else "every promise kept")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
