"""`followup demo`: a year of a small clinic on real processes, with a loopback carrier and a mail catcher."""

import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from followup.cli.common import WRONG, DataFlag, JsonFlag, emit, guard
from followup.domain.errors import InvalidInput

if TYPE_CHECKING:
    from followup.cli.stage.plain import PlainStage
    from followup.cli.stage.rich_stage import RichStage
    from followup.cli.stage.scenes import Summary
    from followup.sandbox.clinic import Story

app = typer.Typer(add_completion=False)

START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
END = datetime(2027, 3, 2, 15, 0, tzinfo=UTC)
TITLE = "followup: a year of a small clinic, on real processes, in virtual time"

Pace = Annotated[float, typer.Option(help="Seconds to pause after every scene, for watching.", min=0, max=60)]
Keep = Annotated[bool, typer.Option("--keep", help="Keep the folder with database, ledgers and logs.")]
Picture = Annotated[Path | None, typer.Option("--svg", hidden=True, help="Also draw a picture of it.")]


@app.command()
@guard
def demo(
    *, pace: Pace = 0.0, data: DataFlag = None, keep: Keep = False, as_json: JsonFlag = False, svg: Picture = None
) -> None:
    """Live a year of a small clinic in under a minute; exit 1 if the database and the ledgers do not agree."""
    from followup.cli.stage.scenes import as_data
    from followup.sandbox.cast import demo_story

    story, begun = demo_story(), time.monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with ExitStack() as held:
            folder = held.enter_context(_folder(data, keep=keep))
            stage = _stage(as_json=as_json)
            held.enter_context(stage)
            stage.open(TITLE, opening(story))
            summary = _live(folder, stage, story, pace=pace, begun=begun)
            stage.close(summary)
    except KeyboardInterrupt:
        raise typer.Exit from None
    if as_json:
        emit(as_data(summary), as_json)
    if svg is not None:
        _draw(svg, stage, summary, story=story)
    if not summary.agrees:
        raise typer.Exit(WRONG)


def opening(story: "Story") -> list[str]:
    """What will be seen, in a few lines."""
    from followup.cli.stage.scenes import city

    places = ", ".join(dict.fromkeys(city(person) for person in story.people))
    return [
        f"{len(story.people)} invented patients who read English or French, in {places}.",
        "Events come in over HTTP; Valkey, dramatiq workers and a loopback carrier do the rest.",
        "Nothing leaves this machine.",
    ]


def _live(folder: Path, stage: "PlainStage | RichStage", story: "Story", *, pace: float, begun: float) -> "Summary":
    """Start everything, live the year, count it."""
    from followup.app import build_context, close
    from followup.cli.stage.play import Play
    from followup.cli.stage.reckon import reckon
    from followup.cli.stage.theatre import Theatre
    from followup.cli.up import prepare

    theatre = Theatre(folder, start=START, say=stage.note)
    prepare(theatre.settings)
    with theatre:
        stage.note(f"broker, web, worker, scheduler, carrier and mail catcher are up ({_since(begun)})")
        ctx = build_context(theatre.settings)
        try:
            Play(ctx, theatre, stage, story=story, pace=pace).run(until=END)
            return reckon(ctx, theatre, story, seconds=time.monotonic() - begun)
        finally:
            close(ctx)


def _since(begun: float) -> str:
    return f"{time.monotonic() - begun:.1f} s"


@contextmanager
def _folder(data: Path | None, *, keep: bool) -> Iterator[Path]:
    """An empty folder that nobody else holds; a temporary one is removed at the end unless it is to be kept."""
    from followup.cli.folder import hold

    with ExitStack() as held:
        if data is None and not keep:
            temporary = tempfile.TemporaryDirectory(prefix="followup-demo-", ignore_cleanup_errors=True)
            data = Path(held.enter_context(temporary))
        folder = (data or Path(tempfile.mkdtemp(prefix="followup-demo-"))).absolute()
        held.enter_context(hold(folder))
        if (folder / "followup.db").exists():
            raise InvalidInput(f"{folder} holds a database already", cure="name an empty folder by --data")
        yield folder
        if keep:
            typer.echo(f"kept in {folder}", err=True)


def _stage(*, as_json: bool) -> "PlainStage | RichStage":
    """Colours on a terminal, plain lines elsewhere, silence where a program reads."""
    from followup.cli.stage.plain import PlainStage, SilentStage
    from followup.cli.stage.rich_stage import RichStage

    if as_json:
        return SilentStage()
    return RichStage(start=START, end=END) if sys.stdout.isatty() else PlainStage()


def _draw(file: Path, stage: "PlainStage | RichStage", summary: "Summary", *, story: "Story") -> None:
    from followup.cli.stage.picture import draw

    draw(file, stage.scenes, summary, banner_lines=(TITLE, opening(story)))
