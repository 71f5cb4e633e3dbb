"""Idioms: words of the body that mean nothing of the body; they are taken out before signs are looked for."""

from followup.domain.triage.idioms import everyday, grave
from followup.domain.words.pattern import any_of

_PRICE = (
    r"prices?|bill|invoice|cost|costs|total|quote|fee|fees|deposit|receipt|statement|prix|facture|soumission|"
    r"montant|cout"
)

#: English and French idioms; `{…}` of the pattern language, and PRICE for what is paid.
_IDIOMS = any_of((grave.TABLE + everyday.TABLE).replace("PRICE", _PRICE))


def without_idioms(text: str) -> str:
    """The canonical text, as long as before, with each idiom taken for one unknown word."""
    letters = list(text)
    for _, found in _IDIOMS.finditer(text):
        letters[found.start() : found.end() - 1] = "~" * (found.end() - found.start() - 1)
    return "".join(letters)
