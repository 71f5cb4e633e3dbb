"""Learn the weights of `followup/domain/triage/learned.py` from the labelled texts of `tests/data`: some seconds.

Logistic regression over words and the beginnings of words, written out to a tenth. The order of the texts is drawn from
a fixed seed, so that the same texts give the same table. `python -m benchmarks.hunch --check` prints, learned from four
fifths and tried on the last one, how many symptoms the words alone would raise, and how many harmless texts.
"""

import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.replies import FOLDS, Row, rows
from followup.domain.triage import hunch, judge
from followup.domain.triage import learned as kept
from followup.domain.triage.severity import Severity
from followup.domain.words.reading import read

TARGET = Path(kept.__file__)
ROUNDS, RATE, SHRINK, RAREST, LEAST = 15, 0.3, 0.004, 2, 0.4
Example = tuple[frozenset[str], bool]


def grave(some: Sequence[Row]) -> list[Example]:
    """The words of each text that tells of a symptom, and whether that is an emergency."""
    return [
        (hunch.features(read(row.text, row.language).text), _kind_of(row) == "emergency")
        for row in some
        if _kind_of(row) != "harmless"
    ]


def examples(some: Sequence[Row]) -> list[Example]:
    """The words of each text, and whether it tells of a symptom of the two upper tiers."""
    return [
        (
            hunch.features(read(row.text, row.language).text),
            row.is_emergency or "urgent" in f"{row.severity} {row.intent}",
        )
        for row in some
    ]


def learned(some: Sequence[Example]) -> tuple[dict[str, float], float]:
    """The weights of these examples, to a tenth, and the bias."""
    often = Counter(word for words, _ in some for word in words)
    usable = [([w for w in sorted(words) if often[w] >= RAREST], ill) for words, ill in some]
    rng, weights, bias = random.Random(1), dict.fromkeys(often, 0.0), 0.0
    for turn in range(ROUNDS):
        rng.shuffle(usable)
        step = RATE / (1 + turn * 0.3)
        for words, ill in usable:
            size = 1 / math.sqrt(len(words) + 1)
            guess = 1 / (1 + math.exp(-bias - size * sum(weights[w] for w in words)))
            error = (ill - guess) * step
            bias += error * RATE
            for word in words:
                weights[word] += error * size - step * SHRINK * weights[word]
    return {w: round(v, 1) for w, v in weights.items() if abs(v) > LEAST}, round(bias, 2)


def written(name: str, weights: dict[str, float], bias: float) -> str:
    """The lines of a table with these weights."""
    lines, line = [], ""
    for pair in (f"{word}:{round(weight * 10)}" for word, weight in sorted(weights.items())):
        if len(line) + len(pair) > 118:
            lines.append(line)
            line = ""
        line = f"{line} {pair}".strip()
    table = "\n".join([*lines, line])
    return f'{name}_BIAS = {bias}\n{name} = """\n{table}\n"""\n'


def module(some: Sequence[Row]) -> str:
    """The whole of the file that is written."""
    symptom, worse = learned(examples(some)), learned(grave(some))
    tables = written("SYMPTOM", *symptom) + written("GRAVE", *worse)
    says = "Learned: how much words speak for a symptom, in tenths; written by `python -m benchmarks.hunch`."
    return f'"""{says}"""\n\n{tables}'


def adopt(some: Sequence[Row]) -> None:
    """Let this process use what is learned from these texts alone."""
    for name, (weights, bias) in (("SYMPTOM", learned(examples(some))), ("GRAVE", learned(grave(some)))):
        setattr(kept, name, " ".join(f"{word}:{round(weight * 10)}" for word, weight in sorted(weights.items())))
        setattr(kept, f"{name}_BIAS", bias)


def check(every: Sequence[Row]) -> None:
    """Print what the words alone raise in texts they were not learned from."""
    known = examples(every)
    raised: Counter[str] = Counter()
    whole = Counter(_kind(row) for row in every)
    for fold in range(FOLDS):
        weights, bias = learned([one for n, one in enumerate(known) if n % FOLDS != fold])
        for number in range(fold, len(every), FOLDS):
            if hunch.score(known[number][0], weights, bias=bias) > 0.7:
                raised[_kind(every[number])] += 1
    for kind in sorted(whole):
        print(f"{kind:<28} raised {raised[kind]} of {whole[kind]}")


def _kind_of(row: Row) -> str:
    if row.is_emergency:
        return "emergency"
    return "urgent" if "urgent" in f"{row.severity} {row.intent}" else "harmless"


def _kind(row: Row) -> str:
    if _kind_of(row) != "harmless":
        return _kind_of(row)
    seen = judge(read(row.text, row.language))
    named = seen.signs or seen.good_news
    return "harmless, a sign is named" if named or seen.severity is not Severity.NONE else "harmless"


if __name__ == "__main__":
    found = rows("re*.tsv")
    if "--check" in sys.argv:
        check(found)
    else:
        TARGET.write_text(module(found), encoding="utf-8")
        print(f"wrote {TARGET}")
