"""Merged: one text for several treatments of one day, made of a frame and the block of each treatment, each once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from followup.content.compiled import Compiled
from followup.content.front_matter import Part, Source
from followup.content.values import clean_values

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_OWN = ("practitioner", "treatment_date", "session", "of", "next_session")
_NAMES = re.compile(rf"\b({'|'.join(_OWN)})\b")
_SECTION = re.compile(r"^(?=## )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """The text of one treatment: its template, its heading by language, and the values that are its own."""

    ref: str
    version: str
    titles: Mapping[str, str]
    values: Mapping[str, object]


def merge(frame: Compiled, blocks: Sequence[tuple[str, Compiled]]) -> Compiled:
    """A text with the SMS and subject of the frame, and in its body each block under its heading.

    What a block says in the same words as one before it, such as the warning signs, stands once.
    """
    told: set[str] = set()
    parts = [frame.source.parts["body"].text.strip()]
    for number, (title, text) in enumerate(blocks, 1):
        parts += [f"## {title}", *_fresh(text.source.parts["body"].text, number, told)]
    source = Source(
        message_class=frame.source.message_class,
        parts={**frame.source.parts, "body": Part("\n\n".join(parts), frame.source.parts["body"].line)},
    )
    names = frozenset(_renamed(name, number) for number in range(1, len(blocks) + 1) for name in _OWN)
    return replace(frame, source=source, known=frame.known | names, _ready={})


def values_of(blocks: Sequence[Block], language: str) -> dict[str, str | int]:
    """The own values of each block under the names they have in the merged text."""
    return {
        _renamed(name, number): value
        for number, block in enumerate(blocks, 1)
        for name, value in clean_values(block.values, language).items()
        if name in _OWN
    }


def _fresh(body: str, number: int, told: set[str]) -> list[str]:
    """The sections that were not told yet; one that names what is its block's own is never the same as another."""
    found = []
    for section in (s.strip() for s in _SECTION.split(body)):
        mark = f"{number}: {section}" if _has_own(section) else section
        if section and mark not in told:
            told.add(mark)
            found.append(_lowered(_numbered(section, number)))
    return found


def _has_own(section: str) -> bool:
    return any(_NAMES.search(tag) for tag in _TAG.findall(section))


def _numbered(section: str, number: int) -> str:
    return _TAG.sub(lambda tag: _NAMES.sub(lambda m: _renamed(m[1], number), tag[0]), section)


def _lowered(section: str) -> str:
    return f"#{section}" if section.startswith("## ") else section


def _renamed(name: str, number: int) -> str:
    return f"block{number}_{name}"
