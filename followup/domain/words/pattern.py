"""Pattern: how the rules' tables are written, and how their lines are looked for in a canonical text.

A pattern is words with a space between. `?word` may be missing, `a|b` are alternatives (regular expressions without
  spaces;
`_` is a space inside one), `..` is up to three words of the same clause (`..5` up to five), `,,` the same also over
  commas,
`!word` is what must not come next, `{name}` is a word class of `classes.py`, `^` begins and `$` ends the text.
"""

import re
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache

from followup.domain.words.classes import CLASSES
from followup.domain.words.openings import ANY, common, openings

_WORD = r"[^.,?\s]+ "
_GAP = re.compile(r"(\.\.|,,)(\d*)")
_END = r"(?:[.,] )*\Z"
_REMARK, _WITHIN_WORD, _GOES_ON = re.compile(r" *#.*"), re.compile(r"\|\n +"), re.compile(r"\n +")
_STOP = re.compile(r"(?<=[|(:])\.(?=[|)]|$)")


class Phrases:
    """The lines of a table; a line is tried only on a text that has a word it cannot do without."""

    def __init__(self, table: str) -> None:
        self._lines = lines_of(table)

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for number, line in enumerate(self._lines):
            for key in needed(line):
                index.setdefault(key, []).append(number)
        return index

    def _worth_trying(self, text: str) -> list[int]:
        index = self._index
        shared = index.keys() & _keys(text)
        return sorted({number for key in shared for number in index[key]}) if shared else []

    def search(self, text: str) -> re.Match[str] | None:
        """The match of the first line that is in the text."""
        lines = self._lines
        return next((hit for n in self._worth_trying(text) if (hit := _compiled(lines[n]).search(text))), None)

    def finditer(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """All matches of all lines with the number of the line, also where they overlap."""
        return ((n, hit) for n in self._worth_trying(text) for hit in _compiled(self._lines[n]).finditer(text))

    def sub(self, plain: str, text: str) -> str:
        """The text with the matches of one line after the other replaced."""
        for number in self._worth_trying(text):
            text = _compiled(self._lines[number]).sub(plain, text)
        return text


def lines_of(table: str) -> list[str]:
    """The patterns of a table, without remarks; an indented line goes on with the one before."""
    whole = _GOES_ON.sub(" ", _WITHIN_WORD.sub("|", _REMARK.sub("", table)))
    return [line.strip() for line in whole.splitlines() if line.strip()]


@cache
def any_of(table: str) -> Phrases:
    """The table with a pattern a line; `#` begins a remark."""
    return Phrases(table)


def source(pattern: str) -> str:
    """The regular expression of one pattern, to be looked for after a space of a canonical text."""
    return "".join(_token(token) for token in pattern.split())


def needed(pattern: str) -> frozenset[str]:
    """How the words begin of which a text must have one for this pattern: those of its rarest word."""
    must = [t for t in pattern.split() if t[0] not in "?!" and t not in {"^", "$"} and not _GAP.fullmatch(t)]
    choices = [openings(_plain(t).replace("|$", "").replace("$|", "")) for t in must if "$" not in t]
    usable = [found for found in choices if ANY not in found]
    return min(usable, key=lambda found: (common(found), len(found)), default=frozenset({ANY}))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<= ){source(pattern)}")


@lru_cache(maxsize=64)
def _keys(text: str) -> frozenset[str]:
    keys = {ANY}
    for word in text.split():
        keys.update((word[:4], f"{word[:3]}*", f"{word[:2]}*"))
    return frozenset(keys)


def _token(token: str) -> str:
    gap = _GAP.fullmatch(token)
    if gap:
        word = _WORD if gap[1] == ".." else r"[^.?\s]+ "
        return f"(?:{word}){{0,{gap[2] or 3}}}?"
    if token == "^":
        return r"(?<=\A )"
    if token == "$":
        return _END
    if token.startswith("!"):
        return f"(?!(?:{_plain(token[1:])}) )"
    optional = token.startswith("?")
    plain = _plain(token[1:] if optional else token)
    if "$" in plain:
        return f"(?:(?:{plain.replace('|$', '').replace('$|', '')}) |{_END})"
    return f"(?:(?:{plain}) )" + ("?" if optional else "")


def _plain(token: str) -> str:
    return _STOP.sub(r"\\.", re.sub(r"\{([a-z_]+)\}", lambda m: CLASSES[m[1]], token)).replace("_", " ")
