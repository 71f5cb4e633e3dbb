"""One run: the clinic tells of its treatments while faults go on; then there is calm, and the ledgers are held up."""

import argparse
import json
import shutil
import signal
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

from benchmarks.chaos import house, judge, table
from benchmarks.chaos.cast import Part, Person, cast, told
from benchmarks.chaos.deeds import Deeds
from benchmarks.chaos.house import House
from benchmarks.chaos.rows import Rows
from followup.clock import SystemClock
from followup.domain.errors import Unavailable
from tests.e2e.machines import KEY
from tests.waiting import until

_BATCH, _A_SHARE_OF_DEEDS = 50, 0.08
_LOOK_EVERY = 3.0
_CLOCK = SystemClock()


@dataclass
class Run:
    """What is going on."""

    house: House
    rows: Rows
    deeds: Deeds
    rng: Random
    waiting: list[Person]
    say: "table.Progress"
    told: list[Person] = field(default_factory=list)
    accepted: set[str] = field(default_factory=set)  # events that were answered 202
    stopped: dict[int, datetime] = field(default_factory=dict)  # when a STOP was answered, by person


def main(argv: Sequence[str] | None = None) -> int:
    """Run it and print what came of it; 1 if a promise was broken or too little was shown."""
    asked = _read(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="followup chaos ", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with (
            _kept(folder, asked.keep),
            house.opened(folder, database=asked.database) as opened,
            Rows(opened.url) as rows,
        ):
            run = _set_up(opened, rows, asked)
            _trouble(run, asked)
            outcome = judge.judge(run, asked=asked.faults, quiet=_calm(run))
    title = {"database": asked.database, "patients": asked.patients, "seed": asked.seed}
    said = {**title, "seconds": round(time.monotonic() - began), **outcome.as_data()}
    print(json.dumps(said, indent=2)) if asked.json else table.show(said)
    return 1 if outcome.broken else 0


def _read(argv: Sequence[str] | None) -> argparse.Namespace:
    given = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=main.__doc__)
    given.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given.add_argument("--patients", type=int, default=4000)
    given.add_argument("--faults", type=int, default=1000, help="at least so many, those of receipts not counted")
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--keep", type=Path, help="where logs and database are put at the end")
    given.add_argument("--json", action="store_true", help="print JSON for programs")
    return given.parse_args(argv)


def _set_up(opened: House, rows: Rows, asked: argparse.Namespace) -> Run:
    rng = Random(asked.seed)
    deeds = Deeds(opened, rng, judge.is_leak)
    return Run(opened, rows, deeds, rng, cast(asked.patients), table.Progress(asked.patients))


def _trouble(run: Run, asked: argparse.Namespace) -> None:
    """Tell of some, let some be sent, do a deed to the end of the line; then send on until there were enough."""
    run.deeds.start_playing()
    line = run.deeds.line_up(max(2, round(asked.faults * _A_SHARE_OF_DEEDS)))
    each = -(-len(run.waiting) // len(line))
    while line:
        _tell(run, each)
        run.deeds.change_manners()
        _let_work(run, requests=run.rng.randint(1, max(2, each // 2)))
        run.deeds.do(line.pop())
        run.say.at(len(run.told), run.deeds.counts().total())
    while run.deeds.counts().total() < asked.faults and run.rows.open_work() > 0:
        _let_work(run, requests=each)
        run.say.at(len(run.told), run.deeds.counts().total())


def _let_work(run: Run, *, requests: int, limit: float = 90.0) -> None:
    """Until so many more reached the carrier, or nothing is open: a kill that meets nobody at work shows nothing."""
    goal, pause = run.house.carrier.requests + requests, Event()
    began = looked = time.monotonic()
    while run.house.carrier.requests < goal and time.monotonic() - began < limit:
        run.house.revive()
        if time.monotonic() - looked > _LOOK_EVERY:
            looked = time.monotonic()
            if run.rows.open_work() == 0:
                return
        pause.wait(0.02)


def _calm(run: Run) -> bool:
    """No further faults: whatever is open must end, and every receipt come. False if that did not happen in time."""
    run.deeds.stop_playing()
    run.house.crash_no_more()
    run.say.say("calm: waiting until all is told, sent or in the hands of staff")
    return until(lambda: _all_is_done(run), limit=600, every=0.5)


def _all_is_done(run: Run) -> bool:
    run.house.revive()
    return run.rows.open_work() == 0 and not run.house.carrier.busy


# What the clinic and its patients do -------------------------------------------------------------------------------
def _tell(run: Run, number: int) -> None:
    people, run.waiting = run.waiting[:number], run.waiting[number:]
    for person in people:
        if person.part is Part.STOPPED:
            _write_stop(run, person)
    events = list(told(people))
    for start in range(0, len(events), _BATCH):
        _post(run, events[start : start + _BATCH])
    run.told += people
    for person in [p for p in run.told[-3 * number :] if p.part is Part.STOPS and p.number not in run.stopped]:
        if run.rng.random() < 0.5 or not run.waiting:
            _write_stop(run, person)


def _post(run: Run, batch: list[dict[str, Any]]) -> None:
    """As a clinic's system does: again and again until each of them is answered for."""
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/cloudevents-batch+json"}
    for _ in _tries(run):
        answer = _ask(f"{run.house.door}/v1/events", batch, headers)
        if answer is not None:
            refused = [one for one in answer if one["status"] not in {"accepted", "duplicate"}]
            run.accepted |= {one["id"] for one in answer if one not in refused}
            if not refused:
                return
    raise Unavailable("the event door does not take events", cure="see web.log in the folder given by --keep")


def _write_stop(run: Run, person: Person) -> None:
    """The carrier brings it until the door has answered; it notes nothing itself, so that all depends on us."""
    asked = {
        "from": person.address, "body": "STOP", "url": f"{run.house.door}/hooks/twilio/inbound", "opt_out": False,
        "sid": f"SM{person.number:032x}",
    }  # fmt: skip
    for _ in _tries(run):
        answer = _ask(f"{run.house.carrier.url}/control/inbound", asked, {"Content-Type": "application/json"})
        if answer is not None and 200 <= answer["status"] < 300:
            run.stopped[person.number] = _CLOCK.now()
            return
    raise Unavailable("the door for replies does not answer", cure="see web.log in the folder given by --keep")


def _tries(run: Run) -> Iterator[int]:
    """Tries for two minutes, the house kept up meanwhile."""
    deadline, pause = time.monotonic() + 120, Event()
    while time.monotonic() < deadline:
        yield 1
        run.house.revive()
        pause.wait(0.1)


def _ask(url: str, body: object, headers: dict[str, str]) -> Any:
    """The JSON that came back, or None."""
    request = urllib.request.Request(url, data=json.dumps(body).encode(), headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)
    except (OSError, ValueError):
        return None


@contextmanager
def _kept(folder: Path, where: Path | None) -> Iterator[None]:
    """At the end logs and database are copied, whatever came of the run."""
    try:
        yield
    finally:
        if where is not None:
            shutil.copytree(folder, where, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sock", ".s.*", "wheel"))
