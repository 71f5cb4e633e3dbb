"""`followup web`, `worker` and `scheduler`: one role each, for many machines."""

import errno
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from followup.cli.common import DataFlag, at_end, broker_url, guard, open_context, read_settings
from followup.cli.supervisor import on_signals
from followup.domain.errors import Unavailable

if TYPE_CHECKING:
    from followup.settings import Settings

app = typer.Typer(add_completion=False)

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on; 0 takes a free one.", min=0, max=65535)]
Processes = Annotated[int, typer.Option(help="Worker processes.", min=1, max=64)]
Threads = Annotated[int, typer.Option(help="Threads a process: batches in hand at once.", min=1, max=64)]


@app.command()
@guard
def web(host: Host = "127.0.0.1", port: Port = 8000, data: DataFlag = None) -> None:
    """Serve the HTTP doors."""
    import uvicorn

    from followup.cli.db import check_database
    from followup.log import get_logger
    from followup.web.main import create_web

    door, settings = listen(host, port), read_settings(data=data)
    settings = settings.model_copy(update={"broker_url": broker_url(settings)})  # `/readyz` asks it; nothing else does
    ctx = open_context(settings=reached_at(settings, door))
    check_database(ctx.db)
    doors = create_web(ctx, broker_url=lambda: broker_url(ctx.settings))
    config = uvicorn.Config(doors, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=8)
    on_signals()  # uvicorn repeats a signal once it has drained; by then it shall mean nothing
    get_logger("web").info("web ready", port=door.getsockname()[1])
    uvicorn.Server(config).run(sockets=[door])


@app.command()
@guard
def worker(processes: Processes = 2, threads: Threads = 4, data: DataFlag = None) -> None:
    """Run dramatiq's worker, which delivers, plans and looks up; one that was killed is started again."""
    from followup.actors.broker import check_broker, close_broker, make_broker
    from followup.cli import tend
    from followup.cli.db import check_database

    settings = read_settings(data=data)
    check_database(open_context(settings=settings).db)
    broker = make_broker(broker_url(settings))
    at_end.callback(close_broker, broker)
    check_broker(broker)
    at_end.close()
    command = worker_command(settings, processes=processes, threads=threads)
    command = tend.command("worker", command, limit=drain_time(settings) / 1000 + 5)
    # dramatiq forks its processes: none of what this one has imported and opened may be in them.
    os.execve(command[0], command, worker_environment(settings, threads=threads))  # noqa: S606


@app.command()
@guard
def scheduler(data: DataFlag = None) -> None:
    """Sweep what is due and ring the workers."""
    from followup.actors.broker import BrokerJobs, check_broker, close_broker, make_broker
    from followup.actors.scheduler import run
    from followup.cli.db import check_database

    settings = read_settings(data=data)
    stop, _ = on_signals()
    broker = make_broker(broker_url(settings))
    at_end.callback(close_broker, broker)
    ctx = open_context(settings=settings, jobs=BrokerJobs(broker))
    check_database(ctx.db)
    check_broker(broker)
    run(ctx, stop, check_bell=lambda: check_broker(broker))


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; raises `Unavailable` in one line where the port or the address cannot be had."""
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(1024)
    except OSError as error:
        door.close()
        reason = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be used: {error.strerror}"
        raise Unavailable(f"port {port} on {host} {reason}", cure="give another one by --port") from None
    at_end.callback(door.close)
    return door


def reached_at(settings: "Settings", door: socket.socket) -> "Settings":
    """Links point to the port that is really used, unless a public URL was given."""
    if "public_url" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"public_url": f"http://127.0.0.1:{door.getsockname()[1]}"})


def worker_command(settings: "Settings", *, processes: int, threads: int) -> list[str]:
    """dramatiq's command line: it drains for as long as a call to a provider may take."""
    options = {"--processes": processes, "--threads": threads, "--worker-shutdown-timeout": drain_time(settings)}
    words = [str(word) for pair in options.items() for word in pair]
    return [sys.executable, "-m", "dramatiq", "followup.cli.worker:start", "--skip-logging", *words]


def drain_time(settings: "Settings") -> int:
    """Milliseconds that a worker may take to finish what it has begun."""
    return int(settings.provider_timeout.total_seconds() * 1000) + 10_000


def worker_environment(settings: "Settings", *, threads: int) -> dict[str, str]:
    """What dramatiq reads when it is imported; prefetching more than its threads would starve other processes."""
    tuned = {
        "dramatiq_worker_timeout": "100",
        "dramatiq_restart_delay": "300",
        "dramatiq_queue_prefetch": str(threads),
    }
    return {**tuned, **os.environ, "FOLLOWUP_DATA": str(Path(settings.data).absolute())}
