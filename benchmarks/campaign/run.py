"""One run: a campaign at full pace while its processes are killed, and people on staff pause it and change its pace."""

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

from benchmarks.campaign.town import CLINIC, Part, people, settle
from benchmarks.chaos import house
from benchmarks.chaos.cast import NOW
from benchmarks.chaos.deeds import Deeds
from benchmarks.chaos.house import House
from followup.app import build_context, close
from followup.clock import write_instant
from followup.domain.campaign import Campaign, CampaignState, Pace
from followup.domain.errors import Conflict, Unavailable
from followup.sandbox.magic import part_named
from followup.services.campaigns import decide, draft, results, steer
from followup.services.context import Context
from followup.settings import load_settings
from tests.waiting import until

#: Patients' seconds in a real one, and the pace that keeps two cores busy.
_SPEED, _PACE = 4, 1500
_LONGEST = 3600.0
#: The second worker dies at a crash point now and then, and sends between two deaths.
_CRASHES = "~0.001"
_DEFINITION = {
    "name": "Under fire",
    "class": "transactional",
    "template": "campaign/new-hours",
    "channels": ["sms"],
    "audience": {"everybody": True},
    "pace": {"per_minute": _PACE},
}


@dataclass
class Run:
    """What is going on."""

    house: House
    ctx: Context
    rng: Random
    campaign: Campaign
    deeds: Deeds
    began: float = field(default_factory=time.monotonic)
    done: Counter[str] = field(default_factory=Counter)

    def state(self) -> CampaignState:
        """The campaign's state now."""
        return draft.get(self.ctx, CLINIC, self.campaign.id).state

    def tick(self) -> None:
        """Patients' time goes on, and what died is started again."""
        write_instant(self.house.folder / "clock", NOW + timedelta(seconds=_SPEED * (time.monotonic() - self.began)))
        self.house.revive()

    @property
    def kills(self) -> int:
        """So far, with those of the second worker at its crash points."""
        return sum(n for name, n in self.done.items() if "killed" in name) + self.house.crashed["worker 2"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run it and print what came of it; 1 if a promise was broken."""
    asked = _read(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with (
        tempfile.TemporaryDirectory(prefix="followup campaign ", ignore_cleanup_errors=True) as name,
        house.opened(Path(name), database=asked.database) as opened,
    ):
        said = _lived(opened, asked)
    print(json.dumps(said, indent=2))
    return 1 if said["broken"] else 0


def _read(argv: Sequence[str] | None) -> argparse.Namespace:
    given = argparse.ArgumentParser(prog="python -m benchmarks.campaign", description=main.__doc__)
    given.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given.add_argument("--patients", type=int, default=20_000)
    given.add_argument("--kills", type=int, default=200)
    given.add_argument("--pauses", type=int, default=50)
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--patience", type=float, default=20.0, help="seconds between two kills at most")
    return given.parse_args(argv)


def _lived(opened: House, asked: argparse.Namespace) -> dict[str, Any]:
    ctx = build_context(load_settings(opened.environ))
    try:
        clock = _Stopwatch()
        settle(ctx, asked.patients)
        for one in people(asked.patients):
            if one.part is Part.DEAD:
                opened.carrier.numbers[one.phone] = part_named("21211")
        clock.lap("people written down")
        run = _launched(opened, ctx, asked, clock)
        _trouble(run, asked)
        calm = _calm(run)
        clock.lap("lived")
        return {
            "database": asked.database,
            "patients": asked.patients,
            "seconds": clock.laps,
            "kills": run.kills,
            "deeds": dict(sorted(run.done.items())),
            **_judged(run, asked, calm=calm),
        }
    finally:
        close(ctx)


class _Stopwatch:
    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.monotonic()

    def lap(self, name: str) -> None:
        """Note the seconds since the last lap."""
        now = time.monotonic()
        self.laps[name], self._last = round(now - self._last, 1), now


def _launched(opened: House, ctx: Context, asked: argparse.Namespace, clock: _Stopwatch) -> Run:
    one = draft.draft(ctx, CLINIC, _DEFINITION, by="Mia")
    decide.submit(ctx, CLINIC, one.id, by="Mia")
    decide.approve(ctx, CLINIC, one.id, by="Ben")
    clock.lap("submitted and approved")
    launched = decide.launch(ctx, CLINIC, one.id, by="Mia")
    clock.lap("launched")
    rng, second = Random(asked.seed), opened.roles["worker 2"]
    second.environ = {**second.environ, "FOLLOWUP_CRASH_AT": _CRASHES}
    opened.end("worker 2")
    return Run(opened, ctx, rng, launched, Deeds(opened, rng, lambda _: False))


def _trouble(run: Run, asked: argparse.Namespace) -> None:
    """Kills spread over the sending, pauses and changes of pace between them."""
    eligible = sum(one.part in {Part.TEXT, Part.DEAD} for one in people(asked.patients))
    between, pause_every = max(1, eligible // (asked.kills + 1)), max(1, asked.kills // max(1, asked.pauses))
    for number in range(asked.kills):
        _let_work(run, between, asked.patience)
        if run.state() in {CampaignState.FINISHED, CampaignState.CANCELLED}:
            return
        _kill(run)
        if number % pause_every == 0:
            _pause_and_resume(run)
        if number % (4 * pause_every) == 2:
            _change_pace(run)
        if number % 20 == 0:
            print(f"{time.monotonic() - run.began:5.0f} s  {run.kills} kills, "
                  f"{len(run.house.carrier.messages)} taken", file=sys.stderr, flush=True)  # fmt: skip


def _let_work(run: Run, requests: int, patience: float) -> None:
    goal, pause, began = run.house.carrier.requests + requests, Event(), time.monotonic()
    while run.house.carrier.requests < goal and time.monotonic() - began < patience:
        run.tick()
        pause.wait(0.02)


def _kill(run: Run) -> None:
    if run.rng.random() < 0.45:
        run.house.end("scheduler")
        run.done["scheduler killed"] += 1
    else:
        run.deeds.kill_worker()
        run.done["worker killed"] += 1


def _pause_and_resume(run: Run) -> None:
    """The doors are open to staff whatever dies beside them."""
    with suppress(Conflict):
        _insist(lambda: steer.pause(run.ctx, CLINIC, run.campaign.id, by="Mia", reason="under fire"))
        Event().wait(run.rng.random())
        run.tick()
        _insist(lambda: steer.resume(run.ctx, CLINIC, run.campaign.id, by="Mia"))
        run.done["paused and resumed"] += 1


def _change_pace(run: Run) -> None:
    pace = Pace(run.rng.choice((_PACE // 3, _PACE, 2 * _PACE)))
    with suppress(Conflict):
        _insist(lambda: steer.set_pace(run.ctx, CLINIC, run.campaign.id, by="Mia", pace=pace))
        run.done["pace changed"] += 1


def _insist(act: Any) -> None:
    """A writer may hold SQLite's file for longer than one patience."""
    for _ in range(5):
        with suppress(Unavailable):
            act()
            return
    act()


def _calm(run: Run) -> bool:
    """No further kills: it must come to its end. False if that did not happen in time."""
    run.house.crash_no_more()
    with suppress(Conflict):
        _insist(lambda: steer.set_pace(run.ctx, CLINIC, run.campaign.id, by="Mia", pace=Pace(_PACE)))

    def over() -> bool:
        run.tick()
        return run.state() is CampaignState.FINISHED and not run.house.carrier.busy

    return until(over, limit=_LONGEST, every=0.5)


def _judged(run: Run, asked: argparse.Namespace, *, calm: bool) -> dict[str, Any]:
    """The carrier's ledger against the audience, and the sums against both."""
    parts = Counter(one.part for one in people(asked.patients))
    texts = {one.phone for one in people(asked.patients) if one.part is Part.TEXT}
    got = Counter(entry["to"] for entry in run.house.carrier.messages)
    found = results.summary(run.ctx, CLINIC, run.campaign.id)
    sums = {f"{state} {reason}".strip(): n for (state, reason), n in sorted(found.states.items())}
    # A refusal that comes when its lease is over flags the number, and the gate ends the message: still unreachable.
    compared = {**sums, "unreachable": sums.get("failed rejected", 0) + sums.get("skipped unreachable", 0)}
    compared = {k: n for k, n in compared.items() if k not in {"failed rejected", "skipped unreachable"}}
    unreachable = parts[Part.DEAD] + parts[Part.SILENT]
    expected = {
        "delivered": parts[Part.TEXT],
        "skipped opted_out": parts[Part.STOPPED],
        "unreachable": unreachable,
    }
    broken = {
        "did not end": 0 if calm else 1,
        "twice": sum(n > 1 for n in got.values()),
        "left out": len(texts - set(got)),
        "uninvited": len(set(got) - texts),
        "sums differ": sum(abs(compared.get(key, 0) - expected.get(key, 0)) for key in {*compared, *expected}),
        "messages differ": abs(sum(found.ledger.values()) - asked.patients),
        "audit": _audit(run),
    }
    return {
        "eligible": len(texts), "taken": sum(got.values()), "people": sums, "funnel": dict(found.funnel),
        "broken": {name: n for name, n in broken.items() if n},
    }  # fmt: skip


def _audit(run: Run) -> int:
    """0 if the audit trail is whole."""
    command = [sys.executable, "-m", "followup", "audit", "verify"]
    done = subprocess.run(command, env=run.house.environ, cwd=run.house.folder, capture_output=True, text=True)
    return done.returncode
