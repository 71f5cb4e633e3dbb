"""Openings: how the words that a small expression can match begin, so that texts without them are passed over."""

import re
from functools import cache

from followup.domain.words.table import words_in

#: The opening of any word.
ANY = "*"
_LENGTH = 4
_LETTERS = re.compile(r"[a-z0-9 @:~,'-]+(?![?*+])")
#: Words so frequent that they say little; another word of the same pattern is waited for instead.
_COMMON = words_in("""
i im my me we you it its is are was the a an and or but of to in on at for with this that be been have has had got
get do dont not no so just can will ill je j ai a est suis c ca ce le la l les un une de d du des et mon ma mes au
aux en y que qu pas plus pour sur se s m t on il elle ont va vais fait am if when what how like go going come out up
by from more any all some there then now very too still would could should
""")


@cache
def openings(expression: str) -> frozenset[str]:
    """Of each word the expression can begin with, four letters, or fewer and `*`; `{"*"}` where nothing is known."""
    found = {_opening(words) for words in _begin(expression, 0)[0]}
    return frozenset({ANY}) if ANY in found else frozenset(found)


def common(found: frozenset[str]) -> int:
    """How many of these openings are those of very frequent words."""
    return sum(one in _COMMON for one in found)


def _opening(begun: str) -> str:
    """`begun` ends with `*` where more letters may follow."""
    word = begun.split(" ")[0] if not begun.startswith(" ") else ANY
    letters = word.rstrip("*")
    if len(letters) >= _LENGTH:
        return letters[:_LENGTH]
    if not word.endswith("*"):
        return letters or ANY
    return f"{letters}*" if len(letters) >= 2 else ANY


def _begin(text: str, at: int) -> tuple[set[str], int]:
    """All beginnings from `at` to the end of its group, and where that group ends."""
    every: set[str] = set()
    branch = {""}
    while at < len(text) and text[at] != ")":
        if text[at] == "|":
            every |= branch
            branch, at = {""}, at + 1
            continue
        piece, at = _piece(text, at)
        if at < len(text) and text[at] in "?*+":
            piece = (
                piece | {""} if text[at] == "?" else {"*"} | ({f"{p}*" for p in piece} if text[at] == "+" else set())
            )
            at += 1
        branch = {_joined(a, b) for a in branch for b in piece}
    return every | branch, at


def _piece(text: str, at: int) -> tuple[set[str], int]:
    """What the next element can be: plain letters in one go, `*` for a class of characters."""
    plain = _LETTERS.match(text, at)
    if plain:
        return {plain[0]}, plain.end()
    if text.startswith("(?!", at):
        _, at = _begin(text, at + 3)
        return {""}, at + 1
    if text[at] == "(":
        found, end = _begin(text, at + (3 if text.startswith("(?:", at) else 1))
        return found, end + 1
    if text[at] == "[":
        return {"*"}, text.index("]", at) + 1
    if text[at] == "\\":
        return ({text[at + 1]} if text[at + 1] in ".?" else {"*"}), at + 2
    return {text[at]}, at + 1


def _joined(a: str, b: str) -> str:
    """One after the other; after a `*`, four letters or the first word nothing more needs to be known."""
    return a if a.endswith("*") or " " in a or len(a) >= _LENGTH else a + b
