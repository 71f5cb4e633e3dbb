"""Saying: a phrase that means something to us; and how tables of phrases are written and read.

A table has a line `rule = pattern` for each phrase, or `rule unless NAME = pattern` where something before it takes its
meaning away. A line that begins with two blanks goes on with the one above; `<name>` stands for a list of words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Saying:
    """`rule` names what was found, without the words; `language` is that of the phrase."""

    rule: str
    language: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern of clauses. It says nothing where what stands before it matches `unless`."""

    rule: str
    language: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None

    def is_in(self, clause: str) -> bool:
        """True if the clause says it."""
        found = self.pattern.finditer(clause)
        return any(self.unless is None or not self.unless.search(clause[: m.start()]) for m in found)


def first(phrases: Iterable[Phrase], clause: str) -> Saying | None:
    """What the first phrase that is in the clause says."""
    return next((Saying(p.rule, p.language) for p in phrases if p.is_in(clause)), None)


def words(text: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(text.split())


def read_phrases(tables: Mapping[str, str], *, lists: str, unless: str) -> tuple[Phrase, ...]:
    """The phrases of a table for each language, in their order."""
    known, before = dict(_entries(lists)), {name: re.compile(text) for name, text in _entries(unless)}
    return tuple(
        _phrase(language, head, re.sub(r"<(\w+)>", lambda m: f"(?:{known[m[1]]})", pattern), before=before)
        for language, table in tables.items()
        for head, pattern in _entries(table)
    )


def _phrase(language: str, head: str, pattern: str, *, before: Mapping[str, re.Pattern[str]]) -> Phrase:
    rule, _, name = head.partition(" unless ")
    return Phrase(rule, language, re.compile(pattern), before[name] if name else None)


def _entries(table: str) -> Iterator[tuple[str, str]]:
    for line in table.strip("\n").replace("\n  ", "").splitlines():
        head, _, text = line.partition(" = ")
        yield head, text
