"""dramatiq's own delay with Redis: `python dramatiq_jobs.py COUNT SECONDS` asks for COUNT texts, due in SECONDS."""

import os
import sys

import dramatiq
import wire
from dramatiq.brokers.redis import RedisBroker

_TUNED = {"heartbeat_timeout": 5000, "maintenance_chance": 1_000_000} if os.environ.get("AT_LEAST_ONCE") else {}
dramatiq.set_broker(RedisBroker(url=os.environ["BROKER"], **_TUNED))


@dramatiq.actor
def send(number: int) -> None:
    """One text."""
    wire.send(number)


if __name__ == "__main__":
    for n in range(int(sys.argv[1])):
        send.send_with_options(args=(n,), delay=int(float(sys.argv[2]) * 1000))
