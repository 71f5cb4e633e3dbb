"""The show as plain lines, for pipes and files."""

import sys
from datetime import datetime
from typing import TextIO

from followup.cli.stage.scenes import Heard, Noted, Row, Scene, Sent, Summary, city, local


class PlainStage:
    """Writes every scene as a line of facts and, indented, what was written."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self.scenes: list[Scene] = []

    def open(self, title: str, lines: list[str]) -> None:
        """What will be seen."""
        self._write(title, *(f"  {line}" for line in lines), "")

    def note(self, text: str) -> None:
        """A word about the machine."""
        self._write(f"-- {text}")

    def moved(self, at: datetime) -> None:
        """The clock stands at `at`; the lines tell it anyway."""

    def show(self, scene: Scene) -> None:
        """One scene."""
        self.scenes.append(scene)
        self._write(f"{stamp(scene)}  {facts(scene)}", *(f"    {line}" for line in quote(scene)))

    def close(self, summary: Summary) -> None:
        """Each patient's year, then the figures."""
        self._write("", "Each patient's year")
        self._write(*(f"  {row_line(row)}" for row in summary.rows))
        self._write("", "In figures, from the database")
        self._write(*(f"  {what}: {number}" for what, number in summary.figures.items()))
        self._write("", *verdict(summary))

    def __enter__(self) -> "PlainStage":
        return self

    def __exit__(self, *_: object) -> None:
        self._out.flush()

    def _write(self, *lines: str) -> None:
        for line in lines:
            print(line, file=self._out, flush=True)


class SilentStage(PlainStage):
    """Shows nothing; for `--json`."""

    def _write(self, *lines: str) -> None:
        return


def stamp(scene: Scene) -> str:
    """Date and hour on the patient's own clock, and whose clock that is."""
    return f"{local(scene.at, scene.person):%Y-%m-%d %H:%M} {city(scene.person):<10}"


def facts(scene: Scene) -> str:
    """The scene in one line, without what was written."""
    name = scene.person.given_name
    match scene:
        case Sent():
            return f"to {name} ({scene.language}), {scene.step}, {medium(scene)}, {scene.state}"
        case Heard():
            return f"{name} answers: {scene.text!r} -> {scene.effect}"
        case Noted():
            return f"{scene.by or 'the clinic tells'}: {name} {scene.person.family_name}, {scene.text}"


def medium(sent: Sent) -> str:
    """By which channel, and for a text how many segments."""
    if sent.channel != "sms":
        return "e-mail"
    return f"SMS of {sent.segments} segment{'s' if sent.segments != 1 else ''}"


def quote(scene: Scene, *, most: int = 3) -> list[str]:
    """What the patient reads: a text whole, of an e-mail the subject and how it begins."""
    if not isinstance(scene, Sent):
        return []
    lines = [line.strip() for line in scene.text.splitlines() if line.strip()]
    if scene.channel == "sms":
        return lines
    return [f"Subject: {scene.subject}", *lines[:most], *(["[...]"] if len(lines) > most else [])]


def went_out(row: Row) -> str:
    """`7 SMS, 1 e-mail`."""
    counted = ((row.sms, "SMS"), (row.email, "e-mail" if row.email == 1 else "e-mails"))
    return ", ".join(f"{number} {what}" for number, what in counted if number) or "nothing"


def reasons(row: Row) -> str:
    """`1 no consent, 2 series closed`."""
    waiting = {"still waiting": row.waiting} if row.waiting else {}
    counted = {**dict(sorted(row.ended.items())), **waiting}
    return ", ".join(f"{number} {reason.replace('_', ' ')}" for reason, number in counted.items())


def row_line(row: Row) -> str:
    """One patient's year in one line."""
    who = f"{row.person.id} {row.person.given_name} {row.person.family_name} ({row.person.role})"
    return f"{who}: {went_out(row)}; {row.delivered} delivered; did not go out: {reasons(row) or 'none'}"


def verdict(summary: Summary) -> list[str]:
    """Whether the ledgers agree, and where they do not."""
    lines = []
    for count in summary.counts:
        word = "agree" if count.agrees else "DIFFER"
        lines.append(f"{count.what}: {count.words}: {word}")
        lines += [f"  only one of them has {differing}" for differing in count.differs]
    return [*lines, f"{summary.seconds:.1f} s in all"]
