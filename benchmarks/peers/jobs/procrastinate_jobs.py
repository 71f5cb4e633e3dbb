"""procrastinate on PostgreSQL: `python procrastinate_jobs.py COUNT SECONDS` asks for COUNT texts, due in SECONDS."""

import os
import sys
from datetime import UTC, datetime, timedelta

import procrastinate
import wire

app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=os.environ["BROKER"]))


@app.task(name="send")
def send(number: int) -> None:
    """One text."""
    wire.send(number)


if os.environ.get("AT_LEAST_ONCE"):  # the recipe of its manual, asked every ten seconds

    @app.periodic(cron="* * * * * */10")
    @app.task(name="rescue", queueing_lock="rescue")
    async def rescue(timestamp: int) -> None:
        """Jobs of workers without a heartbeat are tried again."""
        del timestamp
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=15):
            await app.job_manager.retry_job(job)


if __name__ == "__main__":
    due = datetime.now(UTC) + timedelta(seconds=float(sys.argv[2]))  # noqa: TID251
    connector = procrastinate.SyncPsycopgConnector(conninfo=os.environ["BROKER"])
    with app.replace_connector(connector), app.open():
        app.configure_task("send", schedule_at=due).batch_defer(*({"number": n} for n in range(int(sys.argv[1]))))
