"""Hunch: words that stand beside symptoms oftener than elsewhere; enough of them raise a doubt where no rule fired.

The weights of `learned` come from the labelled texts (`python -m benchmarks.hunch`). They may only add a doubt: that
  a text tells
of a symptom, so that a clinician reads it the same day, and that what is urgent is an emergency. They never take
anything away from a rule.
"""

from functools import lru_cache
from math import sqrt

from followup.domain.triage import learned
from followup.domain.triage.idioms import without_idioms

#: From here on a text is doubted, and one in which some rule saw what can be expected after a treatment.
_DOUBT, _MORE_THAN_EXPECTED = 0.7, 1.2
#: From here on what only words doubt is taken for an emergency, and what a rule calls urgent.
_GRAVE, _GRAVER_THAN_RULED = 0.6, 1.2
#: How many letters of a longer word stand for its family.
_STEM = 4
#: Fewer known words say nothing.
_ENOUGH = 4


def features(text: str) -> frozenset[str]:
    """The words of a canonical text outside idioms, and `#` with the beginnings of longer ones."""
    words = [word for word in without_idioms(text).split() if not word.startswith("~")]
    return frozenset(words) | {f"#{word[:_STEM]}" for word in words if len(word) > _STEM}


def score(some: frozenset[str], weights: dict[str, float], *, bias: float) -> float:
    """How much these words speak for a symptom: above 0 for rather than against."""
    known = [weights[one] for one in some if one in weights]
    if len(known) < _ENOUGH:
        return bias
    return bias + sum(known) / sqrt(len(known) + 1)


def is_doubtful(text: str, *, expected: bool) -> bool:
    """The words of a canonical text speak for a symptom; `expected` where a rule saw only what can be expected."""
    weighed = score(features(text), _weights(learned.SYMPTOM), bias=learned.SYMPTOM_BIAS)
    return weighed > (_MORE_THAN_EXPECTED if expected else _DOUBT)


def is_grave(text: str, *, ruled: bool) -> bool:
    """The words of a text that tells of a symptom are rather those of an emergency; `ruled` where a rule said which."""
    weighed = score(features(text), _weights(learned.GRAVE), bias=learned.GRAVE_BIAS)
    return weighed > (_GRAVER_THAN_RULED if ruled else _GRAVE)


@lru_cache(maxsize=2)
def _weights(table: str) -> dict[str, float]:
    pairs = (pair.rpartition(":") for pair in table.split())
    return {word: int(tenths) / 10 for word, _, tenths in pairs}
