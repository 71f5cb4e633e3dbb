"""Reading: a text as the rules see it."""

from dataclasses import dataclass, replace

from followup.domain.words.colloquial import plain_phrases, plain_word
from followup.domain.words.fold import fold
from followup.domain.words.french import is_french, settle_plus
from followup.domain.words.spelling import corrected
from followup.domain.words.table import words_in


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` is one canonical line (see `fold`); `raw` has the patient's spelling, folded; `source` is untouched."""

    text: str
    raw: str
    french: bool
    source: str = ""

    @property
    def words(self) -> list[str]:
        """The words without marks."""
        return [w for w in self.text.split() if w not in {".", ",", "?"}]

    def without(self, spans: list[tuple[int, int]]) -> "Reading":
        """The same text with these spans taken for one unknown word each."""
        text = self.text
        for start, end in sorted(spans, reverse=True):
            text = f"{text[:start]}~ {text[end:]}"
        return replace(self, text=text)


def read(text: str, language: str = "en") -> Reading:
    """Read any text; never raises."""
    raw = fold(text)
    french = is_french(raw, language)
    words = _plain_words(raw.split(), french=french)
    plain = " ".join(corrected(word, french=french) for word in words)
    if french:
        plain = settle_plus(f" {plain} ").strip()
    return Reading(plain_phrases(f" {plain} "), raw, french, text)


_CHOICES = frozenset("crxnyo")
_COURTESY = words_in("svp stp please pls plz merci thanks thx thank sorry , . ? :thumbsup: :heart: c r x n y")


def _plain_words(words: list[str], *, french: bool) -> list[str]:
    """Each word in its plain spelling; a letter that the text begins with may be an answer and stays."""
    plain = [plain_word(word, french=french) for word in words]
    if words and words[0] in _CHOICES and (len(words) == 1 or words[1] in _COURTESY or words[1].startswith("confirm")):
        plain[0] = words[0]
    return _once(plain)


def _once(words: list[str]) -> list[str]:
    """`c est est` is `c est`."""
    return [
        "c" if word == "c est" and words[n + 1 : n + 2] in (["est"], ["etait"]) else word
        for n, word in enumerate(words)
    ]
