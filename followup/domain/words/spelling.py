"""Spelling: a long word that is one or two slips away from a word of the lexicon is read as that word."""

from functools import lru_cache

from followup.domain.words import lexicon
from followup.domain.words.ordinary import ORDINARY

_SHORTEST = 5


def _deletes(word: str, slips: int) -> set[str]:
    """The word with up to `slips` letters left out."""
    found = {word}
    for _ in range(slips):
        found |= {w[:i] + w[i + 1 :] for w in found for i in range(len(w))}
    return found


def slips_allowed(length: int) -> int:
    """How many slips a word of this many letters may hold."""
    return 0 if length < _SHORTEST else 1 if length < 9 else 2


def distance(a: str, b: str, most: int) -> int:
    """Letters added, lost, changed or swapped with a neighbour between two words; `most` + 1 once it is more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if older and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _index(words: frozenset[str]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for word in words:
        for rest in _deletes(word, slips_allowed(len(word))):
            index.setdefault(rest, []).append(word)
    return index


@lru_cache(maxsize=1)
def _indexes() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    return _index(lexicon.EN), _index(lexicon.FR)


_KNOWN = lexicon.EN | lexicon.FR | ORDINARY


@lru_cache(maxsize=20_000)
def corrected(word: str, *, french: bool) -> str:
    """The word of the lexicon that is meant, the language of the text first; else the word itself."""
    if len(word) < _SHORTEST or word in _KNOWN or not word.isascii() or not word.isalpha():
        return word
    english_index, french_index = _indexes()
    for index in (french_index, english_index) if french else (english_index, french_index):
        best = _nearest(word, index)
        if best:
            return best
    return word


def _nearest(word: str, index: dict[str, list[str]]) -> str | None:
    near: set[str] = set()
    for rest in _deletes(word, slips_allowed(len(word))):
        near.update(index.get(rest, ()))
    found: tuple[int, str] | None = None
    for candidate in near:
        most = min(slips_allowed(len(candidate)), slips_allowed(len(word)))
        if candidate[0] == word[0] and (slips := distance(word, candidate, most)) <= most:
            found = min(found or (9, ""), (slips, candidate))
    return found[1] if found else None
