"""The exact keywords that act at once, as carriers and the law name them."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Keyword(StrEnum):
    """What an exact keyword asks for."""

    STOP = "stop"
    START = "start"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class KeywordHit:
    """`language` is that of the word; `carrier_answers` is true where the carrier answers this word by itself."""

    keyword: Keyword
    language: str
    word: str
    carrier_answers: bool


_CARRIER_STOP = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"})
_STOP_EN = _CARRIER_STOP | {"stop all", "opt out", "opt-out", "remove me", "stop texting"}
_STOP_FR = frozenset(
    {
        "arret",
        "arrete",
        "arreter",
        "arretez",
        "desabonner",
        "desabonnement",
        "desinscrire",
        "fin",
    }
)
_STOP_ES = frozenset({"alto", "parar", "baja", "no mas"})
_START_EN, _START_FR = frozenset({"start", "unstop"}), frozenset({"debut", "reprendre", "commencer"})
_HELP_EN, _HELP_FR = frozenset({"help", "info"}), frozenset({"aide"})

_TABLE: tuple[tuple[frozenset[str], Keyword, str], ...] = (
    (_STOP_EN, Keyword.STOP, "en"),
    (_STOP_FR, Keyword.STOP, "fr"),
    (_STOP_ES, Keyword.STOP, "es"),
    (_START_EN, Keyword.START, "en"),
    (_START_FR, Keyword.START, "fr"),
    (frozenset({"iniciar"}), Keyword.START, "es"),
    (_HELP_EN, Keyword.HELP, "en"),
    (_HELP_FR, Keyword.HELP, "fr"),
    (frozenset({"ayuda"}), Keyword.HELP, "es"),
)
_CARRIER_ANSWERS = _CARRIER_STOP | {"start", "unstop", "help", "info"}


def normalise(text: str) -> str:
    """Fold case, accents, spaces, and drop punctuation, quotes, emoji and control characters around the words."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    plain = "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "So", "Sk", "Cf", "Cc"} or c.isspace())
    plain = re.sub(r"\s+", " ", plain)
    return re.sub(r"^[\W_]+|[\W_]+$", "", plain)


def keyword(text: str) -> KeywordHit | None:
    """The keyword that the whole of `text` is, or None. A word inside a sentence is never a keyword."""
    word = normalise(text)
    for words, meaning, language in _TABLE:
        if word in words:
            return KeywordHit(meaning, language, word, word in _CARRIER_ANSWERS)
    return None
