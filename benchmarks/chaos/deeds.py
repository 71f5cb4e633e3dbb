"""The faults: what is done to the processes, and what carrier and mail server play by themselves."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

import redis

from benchmarks.chaos.house import WORKERS, House
from followup.cli import valkey

#: Kind of fault at the carrier and each how many-th request meets it; what is taken is told in followup/sandbox/magic.
CARRIER = {
    "accept-then-cut": 19, "429": 17, "500": 27, "503": 31, "500-accepted": 33, "not-json": 37, "hang-accepted": 61,
    "hang": 151,
}  # fmt: skip
LOOK_UPS = {"503": 7, "429": 11, "hang": 41}
MAIL = {"accept-then-cut": 7, "data-451": 11, "rcpt-450-4.2.0": 13, "cut": 17, "accept-then-hang": 29}
_SECONDS = 2.5  # a hang outlasts our time limit
_LATE = (0.0, 0.5, 5.0)
_PAUSE = 8.0  # longer than a lease
#: A deed and its share in a hundred.
SHARES = {
    "worker killed": 48, "scheduler killed": 16, "web killed": 7, "worker paused beyond its lease": 3, "FLUSHALL": 14,
    "Valkey restarted": 6, "PostgreSQL restarted": 6,
}  # fmt: skip
KILLS = ("worker killed", "worker killed at a crash point", "scheduler killed", "web killed")


@dataclass
class Deeds:
    """Does one deed after the other and keeps count; `leaks` is what must not stand in the broker but did."""

    house: House
    rng: Random
    is_leak: Callable[[str], bool]
    done: Counter[str] = field(default_factory=Counter)
    played: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)
    looked_at: int = 0

    def line_up(self, number: int) -> list[str]:
        """About that many deeds by their shares, if there is room one of each kind, in an order by chance."""
        kinds = [kind for kind in SHARES if self.house.server or not kind.startswith("PostgreSQL")]
        line = [kind for kind in kinds[:number] for _ in range(max(1, round(SHARES[kind] * number / 100)))]
        self.rng.shuffle(line)
        return line

    def start_playing(self) -> None:
        """From now on carrier and mail server err."""
        for on, book in (("create", CARRIER), ("read", LOOK_UPS)):
            for kind, every in book.items():
                self.house.carrier.faults.add({"kind": kind, "on": on, "every": every, "seconds": _SECONDS})
        for kind, every in MAIL.items():
            self.house.mail.faults.add({"kind": kind, "every": every, "seconds": _SECONDS})

    def stop_playing(self) -> None:
        """No further faults; what was played is counted."""
        self.played = self._played()
        self.house.carrier.faults.clear()
        self.house.mail.faults.clear()
        self.house.carrier.manners.doubled = self.house.carrier.manners.shuffled = False
        self.house.carrier.manners.late = 0.0

    def counts(self) -> Counter[str]:
        """Faults by kind so far, those of receipts apart."""
        crashed = Counter({"worker killed at a crash point": self.house.crashed["worker 2"]})
        return +(self.done + crashed + (self.played or self._played()))

    def _played(self) -> Counter[str]:
        said: Counter[str] = Counter()
        for fault in self.house.carrier.faults.listing():
            where = "carrier, look-up" if fault["on"] == "read" else "carrier"
            said[f"{where}: {fault['kind']}"] += fault["seen"] // fault["every"]
        for fault in self.house.mail.faults.listing():
            said[f"mail server: {fault['kind']}"] += fault["seen"] // fault["every"]
        return said

    def change_manners(self) -> None:
        """How receipts come from now on."""
        manners = self.house.carrier.manners
        manners.doubled, manners.shuffled = self.rng.random() < 0.5, self.rng.random() < 0.5
        manners.late = self.rng.choice(_LATE)

    def do(self, deed: str) -> None:
        """One deed, counted."""
        _DOERS[deed](self)
        self.done[deed] += 1

    def kill_worker(self) -> None:
        """The one that has worked for longest: all of it, or its master or its child alone."""
        name = min(WORKERS, key=lambda one: self.house.roles[one].born)
        if self.rng.random() < 0.5:
            self.house.end(name)
        else:
            self.house.killed.add(name)
            self.house.roles[name].kill_one(self.rng)

    def pause_worker(self) -> None:
        """As a machine does that is starved or moved: it goes on long after its leases are over."""
        for pid in self.house.roles[self.rng.choice(WORKERS)].family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
                self.house.paused[pid] = time.monotonic() + _PAUSE

    def flush(self) -> None:
        """Look through all that the broker holds, then empty it."""
        with redis.Redis.from_url(self.house.bell) as client:
            for text in _contents(client):
                self.looked_at += 1
                if self.is_leak(text):
                    self.leaks.append("the broker")
            client.flushall()

    def restart_valkey(self) -> None:
        self.house.end("valkey")
        valkey.await_answer(self.house.bell, limit=20)

    def restart_postgres(self) -> None:
        assert self.house.server is not None
        self.house.server.restart()


_DOERS: dict[str, Callable[[Deeds], None]] = {
    "worker killed": Deeds.kill_worker,
    "scheduler killed": lambda deeds: deeds.house.end("scheduler"),
    "web killed": lambda deeds: deeds.house.end("web"),
    "worker paused beyond its lease": Deeds.pause_worker,
    "FLUSHALL": Deeds.flush,
    "Valkey restarted": Deeds.restart_valkey,
    "PostgreSQL restarted": Deeds.restart_postgres,
}


def _contents(client: "redis.Redis") -> Iterator[str]:
    """Every key with all that it holds."""
    read: dict[str, Callable[[bytes], Any]] = {
        "hash": client.hgetall, "list": lambda key: client.lrange(key, 0, -1), "set": client.smembers,
        "zset": lambda key: client.zrange(key, 0, -1), "string": client.get,
    }  # fmt: skip
    for key in client.scan_iter(count=1000):
        kind = client.type(key).decode()
        yield f"{key!r} {read.get(kind, client.get)(key)!r}"
