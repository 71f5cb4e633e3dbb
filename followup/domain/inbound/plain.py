"""A text as phrases are looked for in it: small letters, no accents, usual spelling, cut into clauses."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_SPELLED = {
    "please": "pls plz plse pleas plez", "you": "u", "your": "ur", "text": "txt", "texts": "txts",
    "texting": "txting texing textin txtin", "message": "msg mesage", "messages": "msgs mesages",
    "unsubscribe": "unsub unsubcribe unsuscribe unsubscibe unsuscribe", "number": "num numbr nbr numb", "wrong": "wrng",
    "isnt": "isn", "numero": "nro", "svp": "stp veuillez", "messaging": "messaging msging",
    "with": "w wit", "dont": "dnt",
}  # fmt: skip
_RESPELL = {wrong: right for right, some in _SPELLED.items() for wrong in some.split()}
_PHRASES = (
    (re.compile(r"\bdo not\b|\bdon t\b"), "dont"),
    (re.compile(r"\bany more\b"), "anymore"),
    (re.compile(r"\bs il (?:vous|te) plait\b"), "svp"),
    (re.compile(r"\btext message(s?)\b"), r"text\1"),
    (re.compile(r"\be mail(s?)\b"), r"email\1"),
    (re.compile(r"\bsto+p+\b"), "stop"),
    (re.compile(r"\bar+e+t+\b"), "arret"),
    (re.compile(r"\bj(?=(?:veux|recois|souhaite)\b)"), ""),
)
#: More than three texts long: what follows is read by a person alone.
_LONGEST = 4000
#: Phones answer with "Liked …" and the words they like; those are ours.
_TAPBACK = re.compile(
    r"^\s*(?:liked|loved|disliked|laughed at|emphasi[sz]ed|questioned|removed an?|reacted|a aime|a adore|n'a pas aime"
    r"|a ri (?:de|a)|a souligne|a mis|a reagi)\b.{0,40}?[\"“«„]",
    re.DOTALL,
)
_QUOTE = re.compile(r"[\"“«„][^\"”»]{25,}[\"”»]?|^\s*>.*$", re.MULTILINE)
_OUR_LINES = re.compile(
    r"\b(?:reply|text|send|repondez|textez|envoyez) (?:stop|arret|start|debut|help|aide) (?:to|for|pour)\b[^.!?\n]*"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Plain words parted by single blanks; `asked` where a question mark follows."""

    words: str
    asked: bool = False


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a text in the order they stand; nothing of a reaction or a quotation."""
    folded = fold(text[:_LONGEST])
    if _TAPBACK.match(folded):
        return
    rest = _OUR_LINES.sub(" ", _QUOTE.sub(" ", folded))
    parts = re.split(r"([.!?;:,\n…()]+|\s[-–—]+\s)", rest)
    for part, mark in zip(parts[::2], [*parts[1::2], ""], strict=True):
        words = _plain(part)
        if words:
            yield Clause(words, "?" in mark)


def fold(text: str) -> str:
    """Small letters without accents, whatever way they were typed; other signs stay."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    plain = "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Cf"})
    return re.sub(r"[’‘`´ʼ]", "'", plain)


def _plain(part: str) -> str:
    part = re.sub(r"n't\b", "nt", part.replace("#", " number "))
    words = re.findall(r"[a-z0-9]+", part)
    plain = " ".join(_RESPELL.get(word, word) for word in words)
    for pattern, right in _PHRASES:
        plain = pattern.sub(right, plain)
    return plain
