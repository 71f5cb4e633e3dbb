"""A picture of the show for the README: some scenes of a real run, drawn by Rich as SVG."""

import io
import re
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console, RenderableType
from rich.terminal_theme import MONOKAI
from rich.text import Text

from followup.cli.stage.rich_stage import banner, figures_panel, month_rule, people_table, scene_block
from followup.cli.stage.scenes import Heard, Noted, Scene, Sent, Summary, local

_WIDTH = 100
#: Rich would fetch its font from a stranger's server; any monospaced one will do.
_FONTS = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)


def draw(file: Path, scenes: Sequence[Scene], summary: Summary, *, banner_lines: tuple[str, list[str]]) -> None:
    """Write a shortened cast of the run to `file`."""
    console = Console(record=True, width=_WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for part in parts(scenes, summary, banner_lines=banner_lines):
        console.print(part, highlight=False)
    svg = console.export_svg(title="followup demo", theme=MONOKAI)
    file.write_text(_FONTS.sub("", svg), encoding="utf-8")


def parts(scenes: Sequence[Scene], summary: Summary, *, banner_lines: tuple[str, list[str]]) -> list[RenderableType]:
    """The opening, a few telling scenes under their months, each patient's year and the figures."""
    drawn: list[RenderableType] = [banner(*banner_lines)]
    month = ""
    for scene in chosen(scenes):
        now = f"{local(scene.at, scene.person):%B %Y}"
        if now != month:
            drawn += [Text(), month_rule(now)]
            month = now
        drawn.append(scene_block(scene))
    return [*drawn, Text(), people_table(summary), Text(), figures_panel(summary, timed=False)]


def chosen(scenes: Sequence[Scene]) -> list[Scene]:
    """The first text in each language, the first e-mail, every answer with what came of it, and the last message."""
    picked: dict[int, Scene] = {}
    seen: set[str] = set()
    for place, scene in enumerate(scenes):
        match scene:
            case Sent() if (key := scene.language if scene.channel == "sms" else "") not in seen:
                seen.add(key)
                picked[place] = scene
            case Sent() if scene.step.startswith(("stop", "safety", "offer", "confirmed", "invitation")):
                picked[place] = scene
            case Heard():
                picked[place] = scene
            case Noted() if scene.by:
                picked[place] = scene
            case _:
                pass
    last = max((place for place, scene in enumerate(scenes) if isinstance(scene, Sent)), default=-1)
    if last >= 0:
        picked[last] = scenes[last]
    return [picked[place] for place in sorted(picked)]
