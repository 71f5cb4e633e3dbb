"""`followup clock`: the test kit's clock, which stands still until somebody moves it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from followup.cli.common import WRONG, DataFlag, JsonFlag, emit, guard, open_context
from followup.domain.errors import SettingError, Unavailable

if TYPE_CHECKING:
    from followup.services.context import Context

app = typer.Typer(no_args_is_help=True, add_completion=False)

PATIENCE = timedelta(seconds=30)

JumpFlag = Annotated[bool, typer.Option("--jump", help="Pass over what falls due in between.")]


@app.command()
@guard
def show(data: DataFlag = None, as_json: JsonFlag = False) -> None:
    """Print the instant it is for patients."""
    _print(open_context(data=data).clock.now(), as_json)


@app.command("set")
@guard
def set_(
    instant: Annotated[str, typer.Argument(metavar="ISO", help="With its zone: 2026-03-02T09:00:00-05:00.")],
    *,
    jump: JumpFlag = False,
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Move the clock to an instant, stopping wherever something falls due on the way."""
    ctx, path = _movable(data)
    _move(ctx, path, _read_instant(instant), jump=jump)
    _print(ctx.clock.now(), as_json)


@app.command()
@guard
def advance(
    duration: Annotated[str, typer.Argument(help="For instance 90m, 36h or 2d.")],
    *,
    jump: JumpFlag = False,
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Move the clock on by a duration, stopping wherever something falls due on the way."""
    from followup.settings import parse_duration

    try:
        step = parse_duration(duration)
    except ValueError as error:
        raise typer.BadParameter(f"{error}: write 90m, 36h or 2d", param_hint="DURATION") from None
    ctx, path = _movable(data)
    _move(ctx, path, ctx.clock.now() + step, jump=jump)
    _print(ctx.clock.now(), as_json)


@app.command("next")
@guard
def next_(data: DataFlag = None, as_json: JsonFlag = False) -> None:
    """Wait until nothing is in hand, then move the clock to what falls due next; exit 1 if nothing does."""
    from followup.clock import write_instant
    from followup.services.quiesce import next_due

    ctx, path = _movable(data)
    await_rest(ctx)
    due = next_due(ctx)
    if due is None:
        typer.echo("nothing falls due", err=True)
        raise typer.Exit(WRONG)
    write_instant(path, due)
    _print(due, as_json)


def await_rest(ctx: "Context", *, patience: timedelta = PATIENCE) -> None:
    """Return once nothing is due, queued, sending or backing off.

    After `patience` raises `Unavailable` if somebody should have acted; what only backs off may take its time.
    """
    from followup.clock import wait_until
    from followup.services.quiesce import in_hand

    def at_rest() -> bool:
        left = in_hand(ctx)
        return not left.moving and not left.backing_off

    if wait_until(at_rest, limit=patience):
        return
    left = in_hand(ctx)
    if left.moving:
        raise Unavailable(
            f"still in hand after {patience.total_seconds():g} s: {left}", cure="are a scheduler and a worker running?"
        )
    if left.backing_off:
        typer.echo(f"going on while messages back off: {left.backing_off}", err=True)


def _move(ctx: "Context", path: Path, target: datetime, *, jump: bool) -> None:
    from followup.clock import write_instant
    from followup.services.quiesce import next_due

    while not jump and ctx.clock.now() < target:
        await_rest(ctx)
        due = next_due(ctx)
        if due is None or due >= target:
            break
        write_instant(path, due)
    write_instant(path, target)


def _movable(data: Path | None) -> tuple["Context", Path]:
    ctx = open_context(data=data)
    path = ctx.settings.clock_path
    if path is None:
        raise SettingError("FOLLOWUP_CLOCK", "is the system's clock, which nobody moves", cure="set it to file:PATH")
    return ctx, path


def _read_instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("is no ISO instant: write 2026-03-02T09:00:00-05:00", param_hint="ISO") from None
    if instant.tzinfo is None:
        raise typer.BadParameter("has no zone: write 2026-03-02T09:00:00-05:00", param_hint="ISO")
    return instant.astimezone(UTC)


def _print(instant: datetime, as_json: bool) -> None:
    emit({"clock": instant.isoformat()}, as_json, text=instant.isoformat())
