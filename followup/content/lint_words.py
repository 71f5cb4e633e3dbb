"""The words templates are checked for, from `templates/lint.yaml`: found in a text, with their line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from followup.content.shipped import own_or_shipped

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_ADDRESS = re.compile(
    r"\bhttps?\b\S*|\bwww\b\S*|\b[\w-]+\.\s?(?:com|ca|net|org|io|co|ly|me|app|shop|store|link)\b", re.IGNORECASE
)
_PRICES = ("$", "price*", "pricing", "prix", "tarif*")
_ASKS = (
    "reply",
    "text",
    "answer",
    "respond",
    "send",
    "type",
    "write",
    "répondez",
    "textez",
    "envoyez",
    "tapez",
    "écrivez",
)
_MANNER = (
    r"(?:[\s-]+(?:with|by|back|on|just|only|simply|either|the (?:word|letters?)|par|avec|sur|nous|moi|simplement"
    r"|seulement|juste|un|(?:le|la) (?:mot|lettre)|soit))*\s*:?\s*[\"'«“(]?\s*"
)
#: Another answer before it: "press C, or say cancel.", where nothing of what is said follows the word.
_OR_ELSE = r"[^.!?\n]{0,60}?(?:\b(?:or|ou)\b|/)\s*"
_ENDS = r"(?=[\"'»”)]*\s*(?:$|[.!?,;:)\n/]|(?:to|if|for|or|pour|si|ou|afin)\b))"
_HARMLESS = ("clean hands", "mains propres")
_NUMBER = (
    r"(?:\d[\d.,\u00a0]*|one|two|three|four|five|ten|fifteen|twenty|twenty-five|thirty|forty|fifty|hundred|un|deux|trois|quatre"
    r"|cinq|dix|quinze|vingt|vingt-cinq|trente|quarante|cinquante|cent)"
)
#: The one sentence in which an opt-out word belongs.
_OPT_OUT = re.compile(
    r"\b(?:STOP|ARR[EÊ]T)\b[\"'»”]?[^.!?]{0,20}?\b(?:opt out|unsubscribe|no more|désabonner|ne plus|cesser)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that was found, and the line of the text it stands in (from 0)."""

    word: str
    line: int


class LintWords:
    """The lists of one `templates` folder, compiled."""

    def __init__(self, folder: Path) -> None:
        lists = yaml.safe_load(own_or_shipped(folder, "lint.yaml").read_text("utf-8"))
        self._commercial = _any_of(lists["commercial"])
        self._links = re.compile(
            rf"(?:https?://|www\.)[^\s)\"']*({'|'.join(map(re.escape, lists['commercial_links']))})", re.IGNORECASE
        )
        self._drugs, self._prices = _any_of(lists["drugs"]), _any_of(lists.get("prices") or _PRICES)
        self._private, self._forbidden = _any_of(lists["private"]), _any_of(lists["forbidden"])
        self._harmless = _any_of(lists.get("harmless", _HARMLESS))
        self._names = frozenset(str(name).lower() for name in lists.get("names", ()))
        replies = "|".join(map(re.escape, [*lists["opt_out_replies"], *lists["opt_in_replies"]]))
        asked = "|".join([replies, *map(re.escape, lists.get("help_replies", ()))])
        verbs = "|".join(map(re.escape, lists.get("answer_verbs", _ASKS)))
        self._asked = re.compile(rf"\b(?:{verbs})\b{_MANNER}(?P<word>{asked})\b", re.IGNORECASE)
        other = rf"\b(?:{verbs})\b{_OR_ELSE}(?:(?:{verbs})\b)?{_MANNER}(?P<word>{asked})\b{_ENDS}"
        self._or_else = re.compile(other, re.IGNORECASE)
        self._shouted = re.compile(rf"\b(?P<word>{replies})\b")

    def commercial(self, text: str) -> Iterator[Hit]:
        """Prices, offers, shops, bookings and reviews."""
        yield from _hits(self._commercial, text)
        yield from _hits(self._links, text)

    def private(self, text: str) -> Iterator[Hit]:
        """Treatments, devices, drugs and parts of the body."""
        yield from _hits(self._private, self._harmless.sub(lambda m: " " * len(m[0]), _bare(text)))

    def tells(self, value: str) -> bool:
        """True if a personal value says what no lock screen may show; words that are names too are let pass."""
        said = {hit.word.lower() for hit in (*self.private(value), *self.drugs(value), *self.commercial(value))}
        return bool(said - self._names) or _ADDRESS.search(value) is not None

    def prices(self, text: str) -> Iterator[Hit]:
        """What something costs."""
        yield from _hits(self._prices, text)

    def addresses(self, text: str) -> Iterator[Hit]:
        """Addresses of web sites that are written out."""
        yield from _hits(_ADDRESS, text)

    def drugs(self, text: str) -> Iterator[Hit]:
        """Prescription drugs."""
        yield from _hits(self._drugs, text)

    def forbidden(self, text: str) -> Iterator[Hit]:
        """Claims nobody may make."""
        yield from _hits(self._forbidden, text)

    def replies(self, text: str) -> Iterator[Hit]:
        """Words a patient is asked to answer with and that a carrier acts on by itself."""
        rest = _OPT_OUT.sub(lambda m: " " * len(m[0]), _bare(text))
        found = {
            (m.start("word"), m["word"])
            for pattern in (self._asked, self._or_else, self._shouted)
            for m in pattern.finditer(rest)
        }
        for start, word in sorted(found):
            yield Hit(word, rest.count("\n", 0, start))


def _bare(text: str) -> str:
    blank = _TAG.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    return blank.replace("’", "'").replace("\u00a0", " ")


def _hits(pattern: re.Pattern[str], text: str) -> Iterator[Hit]:
    bare = _bare(text)
    for match in pattern.finditer(bare):
        yield Hit(" ".join(match[0].split()), bare.count("\n", 0, match.start()))


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(_phrase(str(p)) for p in phrases), re.IGNORECASE)


def _phrase(phrase: str) -> str:
    stem = phrase.removesuffix("*").replace("’", "'")
    words = r"\s+".join(re.escape(word).replace(r"\#", _NUMBER) for word in stem.split())
    before = r"(?<!\w)" if stem[0].isalnum() or stem[0] == "#" else ""
    after = r"\w*" if phrase.endswith("*") else r"(?!\w)" if stem[-1].isalnum() or stem[-1] == "#" else ""
    return before + words + after
