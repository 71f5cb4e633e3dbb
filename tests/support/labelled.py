"""Labelled replies and symptoms of tests/data, and what is understood of each."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from followup.domain.intents import PROMPT, Understood, recognise

DATA = Path(__file__).resolve().parents[1] / "data"
REPLIES = ("replies.train", "replies.heldout", "replies.fresh", "replies.more", "replies.wild", "replies.last")
RED_FLAGS = (
    "red-flags.train",
    "red-flags.heldout",
    "red-flags.fresh",
    "red-flags.more",
    "red-flags.wild",
    "red-flags.last",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A text with its label, intent or severity, and what was understood of it."""

    language: str
    text: str
    label: str
    note: str
    understood: Understood

    @property
    def wants(self) -> set[str]:
        """The label and what the note says must be done beside it."""
        beside = (part.strip() for part in self.note.split(";"))
        return {self.label} | {part.removeprefix("also=") for part in beside if part.startswith("also=")}

    @property
    def got(self) -> set[str]:
        """All intents that were understood."""
        return {self.understood.intent.value, *(intent.value for intent in self.understood.also)}


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of a file, read once."""
    with (DATA / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(_row(fields) for fields in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _row(fields: dict[str, str]) -> Row:
    understood = recognise(fields["text"], language=fields["lang"], offered=PROMPT)
    label = fields.get("intent") or fields["severity"]
    return Row(fields["lang"], fields["text"], label, fields.get("note") or "", understood)
