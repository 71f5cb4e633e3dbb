"""The show on a terminal: months, bubbles in the colour of their channel, and a bar of the year below."""

from datetime import datetime, timedelta

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.progress import BarColumn, Progress, TextColumn
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from followup.cli.stage.plain import medium, quote, reasons, went_out
from followup.cli.stage.scenes import Count, Heard, Noted, Scene, Sent, Summary, city, local

_COLOUR = {"sms": "cyan", "email": "magenta"}
_MARK = {"delivered": ("✓ delivered", "green"), "undelivered": ("✗ undelivered", "red"), "sent": ("• sent", "blue")}
_WIDEST = 100


class RichStage:
    """Prints scenes above a bar that shows where the clock stands in its year."""

    def __init__(self, console: Console | None = None, *, start: datetime, end: datetime) -> None:
        self.console = console or Console()
        self._start, self._end, self._month = start, end, ""
        self.scenes: list[Scene] = []
        self._bar = Progress(
            TextColumn("[bold]{task.description}"), BarColumn(bar_width=40), TextColumn("{task.fields[gone]} messages"),
            console=self.console, transient=True,
        )  # fmt: skip
        self._task = self._bar.add_task(f"{start:%d %b %Y}", total=(end - start) / timedelta(days=1), gone=0)

    def open(self, title: str, lines: list[str]) -> None:
        """What will be seen."""
        self._print(banner(title, lines))

    def note(self, text: str) -> None:
        """A word about the machine."""
        self._print(Text(f"  ⚙ {text}", style="dim italic"))

    def moved(self, at: datetime) -> None:
        """The clock stands at `at`."""
        gone = sum(isinstance(scene, Sent) for scene in self.scenes)
        done = (at - self._start) / timedelta(days=1)
        self._bar.update(self._task, completed=done, description=f"{at:%d %b %Y}", gone=gone)

    def show(self, scene: Scene) -> None:
        """One scene, under its month."""
        month = f"{local(scene.at, scene.person):%B %Y}"
        if month != self._month:
            self._month = month
            self._print(Text(), month_rule(month))
        self.scenes.append(scene)
        self._print(scene_block(scene))

    def close(self, summary: Summary) -> None:
        """Each patient's year, then the figures."""
        self._bar.stop()
        self._print(Text(), people_table(summary), Text(), figures_panel(summary))

    def __enter__(self) -> "RichStage":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def _print(self, *parts: RenderableType) -> None:
        self.console.print(*parts, sep="\n", width=min(self.console.width, _WIDEST), highlight=False)


def banner(title: str, lines: list[str]) -> Panel:
    """The opening words."""
    text = Text("\n").join([Text(title, style="bold"), *(Text(line, style="dim") for line in lines)])
    return Panel(text, box=box.ROUNDED, border_style="cyan", padding=(0, 2))


def month_rule(month: str) -> Rule:
    """What stands above the scenes of a month."""
    return Rule(Text(month, style="bold"), style="dim")


def scene_block(scene: Scene) -> RenderableType:
    """A scene as one block; what patients wrote or are called is never read as markup."""
    match scene:
        case Sent():
            return _sent(scene)
        case Heard():
            return _heard(scene)
        case Noted():
            staff = f"{scene.by} on " if scene.by else ""
            return Text.assemble((f"  {_when(scene)}  ", "dim"), ("◆ ", "dim"), (staff, "bold red"),
                                 (_full_name(scene), "dim bold"), (f" · {scene.text}", "dim"))  # fmt: skip


def _sent(sent: Sent) -> RenderableType:
    colour = _COLOUR[sent.channel]
    mark, style = _MARK.get(sent.state, (sent.state, "yellow"))
    head = Text.assemble(
        ("▌ ", colour), (_when(sent), "dim"), "  ", (sent.person.given_name, f"bold {colour}"),
        (f"  {sent.language[:2].upper()}", "bold"), f"  {sent.step}  ", (medium(sent), colour), "  ", (mark, style),
    )  # fmt: skip
    return Group(head, *(_bar(line, colour) for line in quote(sent)))


def _bar(line: str, colour: str) -> RenderableType:
    wrapped = Text(line).wrap(Console(width=_WIDEST), _WIDEST - 6)
    return Group(*(Text.assemble(("▌   ", colour), part) for part in wrapped))


def _heard(heard: Heard) -> RenderableType:
    return Text.assemble(
        ("▐ ", "yellow"), (_when(heard), "dim"), "  ", (heard.person.given_name, "bold yellow"), " answers  ",
        (f"“{heard.text}”", "yellow"), "\n", ("▐   ", "yellow"), ("→ ", "bold"), (heard.effect, "bold"),
    )  # fmt: skip


def _when(scene: Scene) -> str:
    moment = local(scene.at, scene.person)
    return f"{moment:%a} {moment.day:>2} {moment:%b %H:%M} {city(scene.person):<10}"


def _full_name(scene: Noted) -> str:
    return f"{scene.person.given_name} {scene.person.family_name}"


def people_table(summary: Summary) -> Table:
    """Each patient's year."""
    table = Table(title="Each patient's year", box=box.SIMPLE_HEAD, title_style="bold", title_justify="left",
                  show_edge=False, pad_edge=False)  # fmt: skip
    table.add_column("Patient", style="bold")
    table.add_column("In the cast for", style="dim")
    table.add_column("Went out", style="cyan", no_wrap=True)
    table.add_column("Delivered", justify="right", style="green")
    table.add_column("Did not go out, and why", style="yellow")
    for row in summary.rows:
        who = Text(f"{row.person.given_name} {row.person.family_name}")
        table.add_row(who, row.person.role, went_out(row), str(row.delivered or "·"), reasons(row))
    return table


def figures_panel(summary: Summary, *, timed: bool = True) -> Panel:
    """The figures from the database, the verdict of the ledgers and, if `timed`, how long it took here."""
    grid = Table.grid(padding=(0, 3))
    figures = [Text.assemble((f"{number:>5} ", "bold"), what) for what, number in summary.figures.items()]
    for pair in zip(figures[::2], [*figures[1::2], Text()], strict=False):
        grid.add_row(*pair)
    lines = [_verdict_line(count) for count in summary.counts]
    for count in summary.counts:
        lines += [Text(f"    only one of them has {differing}", style="red") for differing in count.differs]
    foot = [Text(), Text(f"{summary.seconds:.0f} seconds for a year", style="dim")] if timed else []
    return Panel(Group(grid, Text(), *lines, *foot), box=box.ROUNDED, padding=(0, 2), expand=False,
                 title="In figures, from the database", border_style="green" if summary.agrees else "red")  # fmt: skip


def _verdict_line(count: Count) -> Text:
    mark = ("✓ agree", "bold green") if count.agrees else ("✗ DIFFER", "bold red")
    return Text.assemble(f"{count.what}: {count.words}  ", mark)
