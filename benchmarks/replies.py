"""How well replies are understood: per intent, per file, and by cross-validation of the tables' own lines.

The rules are written, not trained, so a text that a line was written for says little. In the cross-validation a line
of a table counts for a fifth of the texts only if a text of the other four fifths needs it, too, and the weights of
words are learned from those four fifths; the figures are those of phrases that carry over. Run `python -m
benchmarks.replies` (two minutes), `--quick` without the cross-validation.
"""

import csv
import gc
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from followup.domain.intents import PROMPT, Understood, recognise
from followup.domain.words.pattern import Phrases
from followup.domain.words.reading import read

DATA = Path(__file__).resolve().parents[1] / "tests" / "data"
FOLDS = 5
ALARM = ("emergency", "urgent")


@dataclass(frozen=True)
class Row:
    """A labelled text: an intent (of a file of replies) or a severity (of a file of red flags)."""

    language: str
    text: str
    intent: str
    severity: str
    wants_stop: bool
    is_no_yes: bool = False

    @property
    def is_emergency(self) -> bool:
        """Labelled so by either kind of file."""
        return self.severity == "emergency" or self.intent == "clinical_emergency"

    @property
    def is_harmless(self) -> bool:
        """Labelled as no symptom."""
        return self.severity in ("none", "") and not self.intent.startswith("clinical")


def rows(pattern: str) -> list[Row]:
    """The rows of all files whose name has the pattern."""
    found = []
    for path in sorted(DATA.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            for one in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                intent, severity = one.get("intent") or "", one.get("severity") or ""
                stop = intent == "stop" or "also=stop" in (one.get("note") or "")
                no_yes = intent not in ("", "confirm") or "not=confirm" in (one.get("note") or "")
                found.append(Row(one["lang"], one["text"], intent, severity, stop, no_yes))
    return found


def understood(some: Sequence[Row]) -> list[Understood]:
    """What is understood of each, where letters and numbers were offered."""
    return [recognise(row.text, language=row.language, offered=PROMPT) for row in some]


def share(part: int, whole: int) -> str:
    """`3/40 7.5 %`."""
    return f"{part}/{whole} {100 * part / whole:.1f} %" if whole else "-"


def harm(some: Sequence[Row], got: Sequence[Understood]) -> str:
    """The figures of harm, worst first."""
    pairs = list(zip(some, got, strict=True))
    grave = [g.severity for r, g in pairs if r.is_emergency]
    stops = [{g.intent, *g.also} for r, g in pairs if r.wants_stop]
    others = [g.intent for r, g in pairs if r.is_no_yes]
    silenced = [{g.intent, *g.also} for r, g in pairs if not r.wants_stop]
    harmless = [g.severity for r, g in pairs if r.is_harmless]
    lines = [
        f"  emergencies not seen as such      {share(sum(s != 'emergency' for s in grave), len(grave))}",
        f"  of these not even urgent          {share(sum(s not in ALARM for s in grave), len(grave))}",
        f"  opt-outs missed                   {share(sum('stop' not in s for s in stops), len(stops))}",
        f"  opt-outs heard where none was     {share(sum('stop' in s for s in silenced), len(silenced))}",
        f"  false confirmations               {share(sum(i == 'confirm' for i in others), len(others))}",
        f"  harmless flagged as emergency     {share(sum(s == 'emergency' for s in harmless), len(harmless))}",
    ]
    for language in ("en", "fr-CA"):
        right = [r.intent == g.intent for r, g in pairs if r.intent and r.language == language]
        lines.append(f"  intents right, {language:<6}             {share(sum(right), len(right))}")
    return "\n".join(lines)


def per_intent(some: Sequence[Row], got: Sequence[Understood]) -> str:
    """Precision and recall of every intent."""
    pairs = [(r.intent, g.intent.value) for r, g in zip(some, got, strict=True) if r.intent]
    wanted, found = Counter(w for w, _ in pairs), Counter(f for _, f in pairs)
    right = Counter(w for w, f in pairs if w == f)
    return "\n".join(
        f"  {name:<20} precision {share(right[name], found[name]):<18} recall {share(right[name], wanted[name])}"
        for name in sorted(wanted)
    )


def tables() -> list[Phrases]:
    """Every table of phrases that is loaded."""
    return [one for one in gc.get_objects() if isinstance(one, Phrases)]


def support(some: Sequence[Row]) -> list[dict[int, set[tuple[int, int]]]]:
    """Which lines of which tables are found in each text."""
    every = tables()
    found = []
    for row in some:
        text = read(row.text, row.language).text
        found.append({id(t): {number for number, _ in t.finditer(text)} for t in every})
    return found


@contextmanager
def only(lines: dict[int, set[int]]) -> Iterator[None]:
    """For a while the tables have no other lines."""
    every = tables()
    whole = [table._index for table in every]
    for table, index in zip(every, whole, strict=True):
        kept = lines.get(id(table), set())
        table.__dict__["_index"] = {key: [n for n in numbers if n in kept] for key, numbers in index.items()}
    try:
        yield
    finally:
        for table, index in zip(every, whole, strict=True):
            table.__dict__["_index"] = index


def cross_validated(some: Sequence[Row]) -> list[Understood]:
    """Each text understood by the lines that texts of other folds need."""
    from benchmarks.hunch import adopt

    understood(some)  # loads every table
    needs = support(some)
    got: list[Understood | None] = [None] * len(some)
    for fold in range(FOLDS):
        kept: dict[int, set[int]] = {}
        for number, lines in enumerate(needs):
            if number % FOLDS != fold:
                for table, found in lines.items():
                    kept.setdefault(table, set()).update(found)
        adopt([row for number, row in enumerate(some) if number % FOLDS != fold])
        with only(kept):
            for number in range(fold, len(some), FOLDS):
                row = some[number]
                got[number] = recognise(row.text, language=row.language, offered=PROMPT)
    return [one for one in got if one is not None]


def main() -> None:
    """Print the figures."""
    for pattern in ("*.train.tsv", "*.heldout.tsv", "*.fresh.tsv", "*.more.tsv", "*.wild.tsv", "*.last.tsv"):
        some = rows(pattern)
        began = time.perf_counter()
        got = understood(some)
        took = time.perf_counter() - began
        print(f"{pattern}: {len(some)} texts, {len(some) / took:.0f} a second\n{harm(some, got)}\n")
    every = rows("re*.tsv")
    print(f"all, per intent\n{per_intent(every, understood(every))}\n")
    if "--quick" not in sys.argv:
        got = cross_validated(every)
        print(f"all, cross-validated by lines, {FOLDS} folds\n{harm(every, got)}\n\n{per_intent(every, got)}")


if __name__ == "__main__":
    main()
