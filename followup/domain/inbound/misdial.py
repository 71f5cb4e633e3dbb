"""Misdial: words that say "you have the wrong number", in English and French."""

import re
from collections.abc import Collection

from followup.domain.inbound.plain import clauses, fold
from followup.domain.inbound.saying import Saying, first, read_phrases

_LISTS = r"""
who = number|person|guy|girl|lady|woman|man|phone|cell|contact|recipient|patient|client|people|house|family|one
qui = numero|number|num|no|personne|telephone|destinataire|client\w*|patient\w*
"""
#: The writer's own mistake, or a question.
_UNLESS = r"""
mine = \b(?:i|we|ive|i ve|did i|do i|have i|is this|is that|was it|am i|my \w+|she|he)(?: (?!you\b)\w+){0,4} $|\b
  (?:i|we|she|he|they) (?:gave|told|sent|left) (?:you )?(?:\w+ )?$
mien = \b(?:je|j)(?: \w+){0,2}(?: ai| avais| suis)(?: \w+){0,3} $|\bme suis $|\bmon $
own = \bi $
"""
_ENGLISH = r"""
wrong.number unless mine = \bwrong <who>\b(?! (?:of|on (?:my|the|her|his|your))\b)
someone.else unless own = \b(?:meant|intended|supposed)(?: (?:to|for|be|text|reach|contact|message|go))* (?:someone
  |somebody) else\b
no.longer = (?:^|\b(?:this|that|it|its|number|phone)(?: (?:number|phone|cell|is|s))* )(?:isnt|is not|not|aint
  |no longer|used to be)(?: (?:her|his|their))(?: (?:number|phone|cell|mobile))(?: anymore)?\b
no.longer = \b(?:number|phone|cell) (?:no longer|doesnt|does not) (?:belongs?|belong)\b
not.person = \b(?:im|i m|i am|this is|you are|youre) (?:not|texting not) the (?:right )?person(?: you| u| that)?\b
not.person = \b(?:im|i m|i am) not (?:your|a) (?:patient|client|customer)(?: (?:of|at|with|there|here|yours
  |sorry))*$
nobody = \b(?:no one|noone|nobody|no body)(?: here)? (?:by|with|called|named|of)(?: that| this)? name\b
nobody = \b(?:dont|never) (?:know|heard of) (?:any ?one (?:by|with) that name|this person|that person)\b
new.owner = \bnew (?:owner|phone owner|number owner)\b|\b(?:just|recently) got this (?:number|phone)\b
"""
_FRENCH = r"""
mauvais.numero unless mien = \b(?:mauvaise?|faux|fausse) <qui>\b(?! (?:dans|sur|au) )
trompe unless mien = \b(?:trompee?s?|trompez|erreur)(?: (?:de|sur|la|le|d))+ <qui>\b
pas.numero = \b(?:c|ce|n) ?(?:n )?est (?:pas|plus|pu|pus) (?:le bon|la bonne|son|sa|le) (?:numero|num|telephone
  |cell\w*|personne)\b(?! (?:dans|sur|a|au|pour) )
pas.numero = \b(?:numero|cell\w*|telephone)(?: (?:ne|n))? ?(?:appartient|est) (?:plus|pas|pu|pus) (?:a|celui)\b
personne = \b(?:personne|aucun\w*|pas quelqu un)(?: \w+){0,3} (?:de|a|par) ce nom\b
personne = \bconnais (?:pas|aucun\w*)(?: \w+)? (?:cette personne|ce nom)\b
pas.patient = \bsuis (?:pas|plus) (?:votre|cette|la bonne|la) (?:patient\w*|client\w*|personne)(?: que vous \w+)?$
"""
PHRASES = read_phrases({"en": _ENGLISH, "fr": _FRENCH}, lists=_LISTS, unless=_UNLESS)
#: With the name of somebody on that number; "not Ana's appointment" says nothing of the number.
_NAMED = (
    ("en", r"\b(?:im|i m|i am|this is|its|it s|it is|thats|that s) not {name}\b(?! s (?!phone|number|cell))"),
    ("en", r"\b(?:isnt|is not|aint|not) {name}(?: s)?(?: (?:phone|number|cell))?(?: anymore| here)?$"),
    ("en", r"\b(?:no|nobody named|no one named) {name} (?:here|at this)\b"),
    ("en", r"\b(?:isnt|is not|aint|no longer) {name}s? (?:s )?(?:phone|number|cell)\b"),
    ("en", r"\bno longer belongs? to {name}\b|\bdont know (?:any|an|a) {name}\b|\bdont know {name}$"),
    ("fr", r"\b(?:suis|est|c est) (?:pas|plus|pu|pus) {name}\b(?! qui)"),
    ("fr", r"\b(?:plus|pas) (?:le numero|le cell|le telephone) (?:de |d ){name}\b"),
    ("fr", r"\bpas (?:de |d ){name} (?:ici|a ce numero|chez nous)\b|\bappartient (?:plus|pas) a {name}\b"),
    ("fr", r"\bconnais (?:pas|aucune?)(?: de)? {name}\b"),
)


def wrong_number(text: str, *, names: Collection[str] = ()) -> Saying | None:
    """The phrase by which somebody says that we reach the wrong person, or None.

    `names` are those of the patients we write to at this number: "I'm not Ana" counts only where Ana is expected.
    """
    said = [clause.words for clause in clauses(text)]
    for words in said:
        found = first(PHRASES, words) or _named(words, names)
        if found is not None:
            return found
    return None


def _named(words: str, names: Collection[str]) -> Saying | None:
    for name in {" ".join(re.findall(r"[a-z0-9]+", fold(name))) for name in names} - {""}:
        for language, pattern in _NAMED:
            if re.search(pattern.replace("{name}", re.escape(name)), words):
                return Saying("not.named", language)
    return None
