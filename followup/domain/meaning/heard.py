"""Heard: all that an intent may look at; Meaning: what one file of `intents` says of itself."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from followup.domain.inbound import Intent, KeywordHit, Reaction, keyword
from followup.domain.meaning.cues import COURTESY
from followup.domain.triage import Judged
from followup.domain.words.reading import Reading

LETTERS: Mapping[str, Intent] = {"c": Intent.CONFIRM, "r": Intent.RESCHEDULE, "x": Intent.CANCEL}
NUMBERS: Mapping[str, Intent] = {"1": Intent.CONFIRM, "2": Intent.RESCHEDULE, "3": Intent.CANCEL}
#: Letters and numbers: where it is not known how the question was put.
PROMPT: Mapping[str, Intent] = {**LETTERS, **NUMBERS}


@dataclass(frozen=True)
class Heard:
    """A reading with its severity, the answers that were offered and the names expected at this number."""

    reading: Reading
    judged: Judged
    offered: Mapping[str, Intent]
    names: Collection[str] | None = None

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.reading.text

    @cached_property
    def core(self) -> str:
        """The words that are left without greetings, courtesy and marks, a space between."""
        text, before = self.text, ""
        while text != before:
            before, text = text, COURTESY.sub("", text)
        return " ".join(word for word in text.split() if word not in {".", ",", "?"})

    @cached_property
    def keyword(self) -> KeywordHit | None:
        """The exact keyword that the whole text is."""
        return keyword(self.reading.source)

    @cached_property
    def chosen(self) -> Intent | None:
        """The offered answer that the whole text is."""
        words = self.core.split()
        if len(words) == 2 and words[0] in {
            "option",
            "choice",
            "choix",
            "number",
            "numero",
            "reponse",
            "press",
            "reply",
            "letter",
        }:
            words = words[1:]
        return self.offered.get(words[0]) if len(words) == 1 else None


@dataclass(frozen=True, slots=True)
class Meaning:
    """One intent: `recognise` returns the rule that fired, or None; the higher priority is tried first."""

    name: Intent
    priority: int
    recognise: Callable[[Heard], str | None]
    react: Reaction
