"""`followup bench`: the benchmarks of the checkout, which need its tests and its development dependencies."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Literal

import typer

from followup.cli.common import MISUSED, JsonFlag

app = typer.Typer(no_args_is_help=True, add_completion=False)

Keep = Annotated[Path | None, typer.Option(metavar="DIR", help="Put logs and database there at the end.")]


@app.callback()
def bench() -> None:
    """Measure and prove, on this machine: from a checkout only."""


@app.command()
def chaos(
    database: Annotated[Literal["sqlite", "postgresql"], typer.Option(help="Which database.")] = "sqlite",
    patients: Annotated[int, typer.Option(help="Patients to tell of.", min=1, max=60_000)] = 4000,
    faults: Annotated[int, typer.Option(help="At least so many faults.", min=1)] = 1000,
    seed: Annotated[int, typer.Option(help="What chance begins with.")] = 1,
    keep: Keep = None,
    as_json: JsonFlag = False,
) -> None:
    """Kill, wipe, restart and lie a thousand times: every message once, or in somebody's hands. Exit 1 if not."""
    words = ["--database", database, "--patients", str(patients), "--faults", str(faults), "--seed", str(seed)]
    words += ["--keep", str(keep)] if keep else []
    raise typer.Exit(_run("chaos.run", [*words, "--json"] if as_json else words))


@app.command()
def inbound(
    database: Annotated[Literal["sqlite", "postgresql"], typer.Option(help="Which database.")] = "sqlite",
    calls: Annotated[int, typer.Option(help="How many calls.", min=1)] = 10_000,
    seed: Annotated[int, typer.Option(help="What chance begins with.")] = 1,
) -> None:
    """Wild calls of the inbound door: no 5xx, every forged one 403, nothing lost. Exit 1 if not."""
    raise typer.Exit(_run("inbound", ["--database", database, "--calls", str(calls), "--seed", str(seed)]))


@app.command()
def peers(
    messages: Annotated[int, typer.Option(help="Messages due at one instant.", min=1)] = 2000,
    kills: Annotated[int, typer.Option(help="How often a worker group is killed with -9.", min=0)] = 10,
    restarts: Annotated[int, typer.Option(help="How often the queue's server is killed and started.", min=0)] = 2,
    seed: Annotated[int, typer.Option(help="What chance begins with.")] = 1,
    only: Annotated[str, typer.Option(help="Only these entrants, a comma between.")] = "",
) -> None:
    """The same kills for followup, celery, dramatiq and procrastinate: how many stay unsent, how many go twice."""
    words = ["--messages", str(messages), "--kills", str(kills), "--restarts", str(restarts), "--seed", str(seed)]
    words += ["--only", only] if only else []
    raise typer.Exit(_run("peers.__main__", words))


@app.command()
def upload(
    database: Annotated[Literal["sqlite", "postgresql"], typer.Option(help="Which database.")] = "sqlite",
    rows: Annotated[int, typer.Option(help="People in the longest list.", min=1000, max=100_000)] = 100_000,
    known: Annotated[bool, typer.Option("--known", help="They are patients already; much quicker.")] = False,
) -> None:
    """Memory of bringing, foreseeing and launching lists of growing length. Exit 1 if it grows with them."""
    words = ["--database", database, "--rows", str(rows), *(["--known"] if known else [])]
    raise typer.Exit(_run("upload", words))


@app.command()
def campaign(
    database: Annotated[Literal["sqlite", "postgresql"], typer.Option(help="Which database.")] = "sqlite",
    patients: Annotated[int, typer.Option(help="How many are in the audience.", min=100, max=120_000)] = 20_000,
    kills: Annotated[int, typer.Option(help="How often a process is killed with -9.", min=0)] = 200,
    pauses: Annotated[int, typer.Option(help="How often it is paused and resumed.", min=0)] = 50,
    seed: Annotated[int, typer.Option(help="What chance begins with.")] = 1,
) -> None:
    """A campaign under kills, pauses and changes of pace: everybody once, nobody twice. Exit 1 if not."""
    words = ["--database", database, "--patients", str(patients), "--kills", str(kills), "--pauses", str(pauses)]
    raise typer.Exit(_run("campaign.run", [*words, "--seed", str(seed)]))


def _run(module: str, words: list[str]) -> int:
    """The exit status of `main(words)` of a module under `benchmarks`; a wrong call where there is no checkout."""
    root = Path(__file__).parents[3]
    if not (root / "benchmarks" / "__init__.py").is_file() or not (root / "tests").is_dir():
        typer.echo("followup: bench runs from a checkout only (clone the repository, then `make test`)", err=True)
        raise typer.Exit(MISUSED)
    sys.path.insert(0, str(root))
    status: int = import_module(f"benchmarks.{module}").main(words)
    return status
