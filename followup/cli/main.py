"""The command `followup`: a table of its commands, each loaded only when it is called."""

import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group

from followup.cli import common


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives: a module of this folder with `app`, as a group or as one command of it."""

    module: str
    help: str
    group: bool = False

    def load(self, name: str) -> Any:
        """Import it and make its command."""
        app = import_module(f"followup.cli.{self.module}").app
        command: Any = get_group(app) if self.group or len(app.registered_commands) > 1 else get_command(app)
        if not self.group and isinstance(command, TyperGroup):
            command = command.commands[name]
        command.name = name
        return command


TABLE: dict[str, Entry] = {
    "demo": Entry("demo", "A year of a small clinic in under a minute, on real parts."),
    "simulate": Entry("simulate", "A synthetic clinic's year in virtual time, every promise checked."),
    "up": Entry("up", "Everything for one clinic on this machine."),
    "web": Entry("run", "The HTTP doors alone."),
    "worker": Entry("run", "The dramatiq worker alone."),
    "scheduler": Entry("run", "The scheduler alone."),
    "db": Entry("db", "The schema and the data: migrate, check, backup.", group=True),
    "doctor": Entry("doctor", "Check database, broker, providers, protocols, templates and clock."),
    "protocol": Entry("protocol", "Care protocols: check, list, show, preview.", group=True),
    "template": Entry("template", "Message templates: preview, segments.", group=True),
    "event": Entry("event", "Events of the clinic: send, list, retry.", group=True),
    "patient": Entry("patient", "A patient's timeline; pause and resume.", group=True),
    "booking": Entry("bookings.booking", "Visits: offer, make, move, cancel; list, show.", group=True),
    "webhook": Entry("bookings.webhook", "What the clinic's systems are told: health, calls, replay.", group=True),
    "consent": Entry("consents.consent", "What patients allowed: record, withdraw, list, expiring.", group=True),
    "suppression": Entry(
        "consents.suppression", "Addresses not to be used: list, add, release, import, export.", group=True
    ),
    "campaign": Entry("campaigns", "Campaigns by hand: draft, approve, launch, results; lists.", group=True),
    "segment": Entry("audience.segment", "Saved audiences: save, list, show, count, explain, delete.", group=True),
    "message": Entry("message", "A message's biography; list; skip, send-now, undo; settle.", group=True),
    "inbox": Entry("inbox", "Replies and escalations for staff.", group=True),
    "audit": Entry("audit", "The audit trail, the ledger, the bill: verify, drift, bill.", group=True),
    "bench": Entry("proof.bench", "Benchmarks, from a checkout: campaign, chaos, inbound, peers, upload.", group=True),
    "clock": Entry("clock", "The test kit's clock: show, set, advance, next.", group=True),
}


class LazyGroup(TyperGroup):
    """Lists its commands from the table and imports the one that is called."""

    def list_commands(self, _ctx: Any) -> list[str]:
        return list(TABLE)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        entry = TABLE.get(cmd_name)
        return TyperCommand(name=cmd_name, callback=None, help=entry.help) if entry else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        self.commands = {name: self.get_command(ctx, name) for name in TABLE}
        name, command, rest = super().resolve_command(ctx, args)
        return name, TABLE[name].load(name) if name and command else command, rest


app = typer.Typer(cls=LazyGroup, no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@app.callback()
def main(
    version: bool = typer.Option(False, "--version", is_eager=True, callback=lambda on: _say_version(on)),
) -> None:
    """Follows up a clinic's patients by SMS and e-mail: the right words, at the right hour, exactly once."""


def _say_version(on: bool) -> None:
    if on:
        from followup import __version__

        typer.echo(__version__)
        raise typer.Exit


def run(args: list[str] | None = None) -> NoReturn:
    """Run one command and leave with 0, 1, 2, 3 or 70; nothing that happens in it shows a traceback."""
    sys.exit(_status(sys.argv[1:] if args is None else args))


def _status(args: list[str]) -> int:
    try:
        with common.at_end:
            get_command(app)(args=args, prog_name="followup")
    except SystemExit as end:
        return _code(end.code)
    except BaseException as error:  # noqa: BLE001 -- the last place where a traceback can be stopped
        try:
            common.fail(error)
        except typer.Exit as end:
            return end.exit_code
    return 0


def _code(code: object) -> int:
    if code == 130:  # Ctrl-C in a command that asks or prints; roles drain and end with 0 by themselves
        return 1
    return code if isinstance(code, int) else 0
