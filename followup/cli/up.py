"""`followup up`: broker, web, worker and scheduler of one clinic under one supervisor."""

import os
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Annotated

import typer

from followup.cli.common import DataFlag, guard, read_settings
from followup.cli.supervisor import on_signals
from followup.domain.errors import FollowupError

if TYPE_CHECKING:
    from followup.services.upkeep.live import Standing
    from followup.settings import Settings

app = typer.Typer(add_completion=False)

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on; 0 takes a free one.", min=0, max=65535)]


@app.command()
@guard
def up(host: Host = "127.0.0.1", port: Port = 8000, data: DataFlag = None) -> None:
    """Start everything for one clinic on this machine; Ctrl-C or SIGTERM drains and stops it."""
    from followup.cli.folder import hold
    from followup.cli.machine import free_port

    settings = read_settings(data=data)
    stop, hurry = on_signals()
    with ExitStack() as held:
        mine = held.enter_context(hold(settings.data.absolute()))
        port = free_port(host, port)
        mine.answers_at(f"http://127.0.0.1:{port}")
        found = prepare(settings)
        reach_broker(settings)
        for standing in (one for one in found if not one.live):
            typer.echo(f"followup: {standing.clinic_id}: {standing}", err=True)
        _run(settings, mine.path, address=(host, port), stop=stop, hurry=hurry)


def prepare(settings: "Settings") -> "list[Standing]":
    """Refuse a broken clinic, protocol or template file, naming file and line; bring the schema up to date.

    Returns how each clinic stands between trial mode and live.
    """
    from followup.app import build_context, close
    from followup.cli.db import migrate_database
    from followup.cli.live import standings
    from followup.services import own

    ctx = build_context(settings)
    try:
        migrate_database(ctx.db)
        ownership = own.claim(ctx)
        if not ownership.may_send:
            typer.echo(f"followup: sending is held: {ownership.why} (once you are sure: `{own.CURE}`)", err=True)
        return list(standings(ctx))
    finally:
        close(ctx)


def reach_broker(settings: "Settings") -> None:
    """Raises `Unavailable` where the broker that the settings name does not answer; one of our own starts later."""
    from followup.actors.broker import check_broker, close_broker, make_broker

    if settings.broker_url:
        broker = make_broker(settings.broker_url)
        try:
            check_broker(broker)
        finally:
            close_broker(broker)


def _run(settings: "Settings", folder: Path, *, address: tuple[str, int], stop: Event, hurry: Event) -> None:
    from followup.cli import machine
    from followup.cli.supervisor import Supervisor

    environ = environment(settings, folder, port=address[1])
    keeper = Supervisor(folder, environ, say=lambda line: typer.echo(line, err=True))
    try:
        if not settings.redis_url:
            keeper.environ["REDIS_URL"] = machine.start_valkey(keeper, folder)
        site = machine.Site(folder, *address)
        machine.start_roles(keeper, site, settings)
        if machine.await_ready(keeper, site, stop=stop):
            typer.echo(f"ready {site.url}")
            Thread(target=_warn, args=(settings,), daemon=True).start()
            machine.keep_going(keeper, stop)
    finally:
        keeper.stop(machine.ORDER, hurry=hurry)


def _warn(settings: "Settings") -> None:
    """What `protocol check` would refuse and yet stops nothing: a message that meets it is held, and staff are told."""
    from followup.services.author.check import check_files

    with suppress(FollowupError):
        for finding in check_files(settings.config, settings.templates):
            if finding.is_error:
                typer.echo(f"followup: {finding}", err=True)


def environment(settings: "Settings", folder: Path, *, port: int) -> Mapping[str, str]:
    """What the roles see: our own environment, one data folder, and call-backs to the port that is really used."""
    given = {**os.environ, "FOLLOWUP_DATA": str(folder)}
    if "public_url" not in settings.model_fields_set:
        given["FOLLOWUP_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    return given
