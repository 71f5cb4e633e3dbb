"""Intents: one meaning a file, found by the folder, tried in the order of their priority."""

import importlib
import pkgutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from followup.domain.inbound import Intent
from followup.domain.meaning.cues import AUTOMATIC
from followup.domain.meaning.heard import LETTERS, NUMBERS, PROMPT, Heard, Meaning
from followup.domain.triage import Severity, judge
from followup.domain.words.fold import pieces
from followup.domain.words.reading import read

__all__ = ["LETTERS", "NUMBERS", "PROMPT", "Heard", "Meaning", "Understood", "intents", "recognise"]

_CLINICAL = frozenset({Intent.CLINICAL_EMERGENCY, Intent.CLINICAL_URGENT})
#: What counts wherever it stands in a long text, the first before the others.
_ANYWHERE = (Intent.CLINICAL_EMERGENCY, Intent.CLINICAL_URGENT, Intent.WRONG_NUMBER, Intent.STOP)
_WITH_SYMPTOM = frozenset(Intent) - _CLINICAL - {Intent.OTHER, Intent.THANKS}
#: What may be carried out beside what; in other pairs the first takes the second's place.
_BESIDE: Mapping[Intent, frozenset[Intent]] = {
    Intent.CLINICAL_EMERGENCY: _WITH_SYMPTOM,
    Intent.CLINICAL_URGENT: _WITH_SYMPTOM,
    Intent.WRONG_NUMBER: frozenset({Intent.STOP}),
    Intent.STOP: frozenset(
        {Intent.CANCEL, Intent.RESCHEDULE, Intent.DECLINE, Intent.CONFIRM, Intent.HELP, Intent.QUESTION}
    ),
    Intent.START: frozenset({Intent.CONFIRM, Intent.RESCHEDULE, Intent.CANCEL, Intent.QUESTION}),
    Intent.CANCEL: frozenset({Intent.RESCHEDULE, Intent.HELP, Intent.QUESTION}),
    Intent.RESCHEDULE: frozenset({Intent.HELP, Intent.QUESTION}),
    Intent.DECLINE: frozenset({Intent.HELP, Intent.QUESTION}),
    Intent.CONFIRM: frozenset({Intent.HELP, Intent.QUESTION, Intent.OTHER}),
    Intent.HELP: frozenset({Intent.QUESTION}),
}


@dataclass(frozen=True, slots=True)
class Understood:
    """What a text means: one intent and one severity with the rules that fired, and what must be done beside it."""

    intent: Intent
    severity: Severity
    rule: str
    also: tuple[Intent, ...] = ()


@lru_cache(maxsize=1)
def intents() -> tuple[Meaning, ...]:
    """Every intent of this folder, the first to be tried first."""
    found: list[Meaning] = [
        importlib.import_module(f"{__name__}.{module.name}").INTENT for module in pkgutil.iter_modules(__path__)
    ]
    return tuple(sorted(found, key=lambda meaning: -meaning.priority))


def recognise(
    text: str, *, language: str = "en", offered: Mapping[str, Intent] = LETTERS, names: Collection[str] | None = None
) -> Understood:
    """What a patient's text means; any text has a meaning, `other` where none is sure. Never raises.

    `offered` are the answers that our last message named; `names` those of the patients we write to at this number
    (None where nobody knows). A text too long to be read at once is no answer: its worst sign, a wrong number and a
    wish for silence count, wherever they stand.
    """
    read_as = [_recognise(piece, language, offered=offered, names=names) for piece in pieces(text)]
    return read_as[0] if len(read_as) == 1 else _worst(read_as)


def _worst(read_as: list[Understood]) -> Understood:
    """Of the pieces of a long text."""
    severity = max((one.severity for one in read_as), key=lambda s: s.rank)
    said = {
        intent: one.rule
        for one in sorted(read_as, key=lambda o: o.severity.rank)
        for intent in (*one.also, one.intent)
        if intent in _ANYWHERE
    }
    kept = _kept([(intent, said[intent]) for intent in _ANYWHERE if intent in said]) or [(Intent.OTHER, "other.long")]
    return Understood(kept[0][0], severity, kept[0][1], tuple(intent for intent, _ in kept[1:]))


def _recognise(text: str, language: str, *, offered: Mapping[str, Intent], names: Collection[str] | None) -> Understood:
    reading = read(text, language)
    judged = judge(reading)
    if judged.severity.rank >= Severity.URGENT.rank:
        reading = reading.without([(sign.start, sign.end) for sign in judged.signs])
    kept = _kept(_found(Heard(reading, judged, offered, names)))
    intent, rule = kept[0]
    return Understood(intent, judged.severity, rule, tuple(intent for intent, _ in kept[1:]))


def _found(heard: Heard) -> list[tuple[Intent, str]]:
    """All intents that say they are meant, in order; at least `other`. Of a machine's answer only symptoms count."""
    automatic = AUTOMATIC.search(heard.text) is not None
    found = []
    for meaning in intents():
        if not automatic or meaning.name in _CLINICAL or meaning.name is Intent.OTHER:
            rule = meaning.recognise(heard)
            if rule is not None:
                found.append((meaning.name, rule if meaning.name in _CLINICAL else f"{meaning.name}.{rule}"))
    return found or [(Intent.OTHER, "other.unclear")]


def _kept(found: list[tuple[Intent, str]]) -> list[tuple[Intent, str]]:
    """The first intent, and those that may be carried out beside all before them."""
    kept: list[tuple[Intent, str]] = []
    for intent, rule in found:
        if all(intent in _BESIDE.get(before, frozenset()) for before, _ in kept):
            kept.append((intent, rule))
    return kept
