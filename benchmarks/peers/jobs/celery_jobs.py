"""Celery with Redis: `python celery_jobs.py COUNT SECONDS` asks for COUNT texts, all due in SECONDS (its own eta)."""

import os
import sys
from datetime import UTC, datetime, timedelta

import wire
from celery import Celery

app = Celery("celery_jobs", broker=os.environ["BROKER"])
app.conf.broker_connection_retry_on_startup = True
if os.environ.get("AT_LEAST_ONCE"):
    app.conf.task_acks_late = True
    app.conf.task_reject_on_worker_lost = True
    app.conf.worker_prefetch_multiplier = 1
    app.conf.broker_transport_options = {"visibility_timeout": 30}


@app.task(name="send")
def send(number: int) -> None:
    """One text."""
    wire.send(number)


if __name__ == "__main__":
    due = datetime.now(UTC) + timedelta(seconds=float(sys.argv[2]))  # noqa: TID251
    for n in range(int(sys.argv[1])):
        send.apply_async((n,), eta=due)
