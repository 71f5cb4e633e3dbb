"""Run: one simulated clinic from its first day to its last, and what came of it."""

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from followup.domain.channels.sms import segments
from followup.domain.ids import ClinicId
from followup.domain.message import Channel
from followup.sandbox.simulation.desk import line_up
from followup.sandbox.simulation.evidence import Evidence
from followup.sandbox.simulation.luck import Luck
from followup.sandbox.simulation.premises import furnish
from followup.sandbox.simulation.promises import Promise, look_at
from followup.sandbox.simulation.steps import read_steps
from followup.sandbox.simulation.town import CLINIC, Town, build_town
from followup.sandbox.simulation.watch import LAG, Watch
from followup.sandbox.simulation.world import World
from followup.services.reading import tally
from followup.settings import Settings

START = datetime(2026, 1, 5, 13, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Order:
    """What to simulate."""

    patients: int
    months: int = 12
    seed: int = 1
    faults: bool = False

    @property
    def end(self) -> datetime:
        """The last instant that is lived."""
        return START + timedelta(days=30.5 * self.months)


@dataclass
class Result:
    """What came of it; results of several clinics add up."""

    promises: dict[str, Promise] = field(default_factory=dict)
    sent: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # by class, channel and what became of it
    not_sent: Counter[tuple[str, str]] = field(default_factory=Counter)  # by class and reason
    numbers: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Result") -> None:
        """Take in what came of another clinic."""
        for name, promise in other.promises.items():
            mine = self.promises.get(name, Promise(name, 0))
            self.promises[name] = Promise(name, mine.checked + promise.checked, mine.broken + promise.broken)
        self.sent += other.sent
        self.not_sent += other.not_sent
        self.numbers += other.numbers

    @property
    def is_kept(self) -> bool:
        """True if no promise was broken."""
        return not any(promise.broken for promise in self.promises.values())


def simulate(order: Order, own: Settings, *, progress: Callable[[datetime], None] = lambda _: None) -> Result:
    """Live a clinic's time in a folder of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="followup-simulated-") as folder:
        settings, codes = furnish(Path(folder), own)
        rng = random.Random(order.seed)  # noqa: S311 -- a town, no secret
        town = build_town(rng, people=order.patients, start=START, months=order.months, codes=codes)
        luck = Luck.bad(rng) if order.faults else Luck(rng)
        watch = Watch(lambda: START, lag=LAG * 4 if order.faults else LAG)
        planned = list(line_up(START, order.end, order.patients))
        world = World(settings, start=START, luck=luck, watch=watch.on_call, beat=_beat(order), planned=planned)
        watch.now = world.clock.now
        world.providers[Channel.SMS].gone = set(town.gone_numbers)
        try:
            world.live(town.happenings, until=order.end, accepted=watch.accepted, each=progress)
            return _result(order, world, watch, town=town, codes=codes)
        finally:
            world.close()


def _beat(order: Order) -> timedelta:
    """The more people, the coarser the hand of the clock."""
    return timedelta(minutes=10 if order.patients <= 50 else 60 if order.patients <= 300 else 120)


def _result(order: Order, world: World, watch: Watch, *, town: Town, codes: tuple[str, str]) -> Result:
    rows = tally.every(world.ctx, ClinicId(CLINIC))
    taken = Counter(
        (channel.value, str(one.message_id))
        for channel, provider in world.providers.items()
        for one in provider.ledger
        if not one.message_id.startswith("esc_")
    )
    steps = read_steps(world.ctx.settings.config / "protocols")
    evidence = Evidence(watch, rows, taken, frozenset(town.gone_numbers), codes, steps, order.end, order.faults)
    texts = [one.text for one in world.providers[Channel.SMS].ledger]
    numbers: Mapping[str, int] = {
        "patients": order.patients,
        "events": sum(h.event is not None for h in town.happenings),
        "replies": sum(h.event is None for h in town.happenings),
        "messages": len(rows),
        "campaigns": len({row["campaign_id"] for row in rows} - {None}),
        "merged": sum(row["carried_by"] is not None for row in rows),
        "to come": sum(row["state"] == "scheduled" for row in rows),
        "in doubt": sum(row["state"] == "unconfirmed" for row in rows),
        "crashes": world.crashes,
        "segments": sum(segments(text).segments for text in texts),
    }
    return Result(
        {promise.name: promise for promise in look_at(evidence)},
        Counter((row["message_class"], channel, row["state"]) for (channel, message) in taken
                if (row := evidence.by_id[message])),
        Counter((row["message_class"], row["reason"] or "no reason") for row in rows
                if row["state"] in {"skipped", "cancelled", "failed"}),
        Counter(numbers),
    )  # fmt: skip
