"""Judge: the signs of a reading, weighed by what is said about them, and the worst of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from followup.domain.triage import collapse, doubt, feeling, harm, hunch, mild, skin, vital
from followup.domain.triage.idioms import without_idioms
from followup.domain.triage.scope import Around
from followup.domain.triage.severity import Severity
from followup.domain.triage.sign import Sign
from followup.domain.triage.together import together
from followup.domain.triage.topic import Rule, Topic
from followup.domain.words.durations import days
from followup.domain.words.pattern import any_of, lines_of
from followup.domain.words.reading import Reading

_TOPICS: tuple[Topic, ...] = (
    *harm.TOPICS,
    *vital.TOPICS,
    *collapse.TOPICS,
    *skin.TOPICS,
    *feeling.TOPICS,
    *mild.TOPICS,
    *doubt.TOPICS,
)
#: All phrases of all rules as one table, and the rule of each line.
_PHRASED = [(rule, line) for topic in _TOPICS for rule in topic.rules for line in lines_of(rule.table)]
_RULES = [rule for rule, _ in _PHRASED]
_SIGNS = any_of("\n".join(line for _, line in _PHRASED))
#: What no turn of phrase can take back.
_FIRM = frozenset(rule.id for rule in _RULES if "firm" in rule.flags)
_GRAVE = frozenset(rule.id for rule in _RULES if rule.severity is Severity.EMERGENCY)
#: Marked redness at this day is looked at the same day (facts 2.6).
_TOO_LONG = 7
_LASTING = re.compile(r" (?:still|after|later|since|for|been|hasnt|toujours|encore|apres|depuis|plus tard|fait)(?= )")


@dataclass(frozen=True, slots=True)
class Judged:
    """The worst severity, the rule behind it, and all signs; `good_news` where signs were named only to be denied."""

    severity: Severity
    rule: str
    signs: tuple[Sign, ...] = ()
    good_news: bool = False


def judge(reading: Reading) -> Judged:
    """Weigh what a reading tells of the body."""
    text = reading.text
    weighed = _weighed(text)
    if any(sign.severity is not Severity.NONE for sign in weighed):
        firm = [sign for sign in weighed if sign.rule in _FIRM]
        weighed = firm + _weighed(without_idioms(text))
    denied = any(sign.is_over for sign in weighed)
    passed_over = any(sign.severity is Severity.NONE for sign in weighed)
    signs = [sign for sign in weighed if sign.severity is not Severity.NONE]
    if any(sign.rule == "healing.ipl" for sign in signs):
        signs = [sign for sign in signs if sign.rule != "colour.dark-patch"]
    if any(sign.rule == "redness.red" for sign in signs) and days(text) >= _TOO_LONG and _LASTING.search(text):
        signs.append(Sign("redness.lasting", Severity.URGENT, signs[0].start, signs[0].end))
    worst = together(signs) or max(signs, key=lambda s: s.severity.rank, default=None)
    expected = worst is not None and worst.severity is Severity.ROUTINE
    if (worst is None or expected) and not passed_over and hunch.is_doubtful(text, expected=expected):
        is_grave = not expected and hunch.is_grave(text, ruled=False)
        return Judged(Severity.EMERGENCY if is_grave else Severity.URGENT, "doubt.words")
    if (
        worst is not None
        and _may_be_graver(worst, signs)
        and hunch.is_grave(text, ruled=not worst.rule.startswith("doubt"))
    ):
        return Judged(Severity.EMERGENCY, "doubt.grave", tuple(signs))
    if worst is None:
        return Judged(Severity.NONE, "", (), good_news=denied)
    return Judged(worst.severity, worst.rule, tuple(signs), good_news=denied and worst.severity is Severity.ROUTINE)


def _may_be_graver(worst: Sign, signs: Sequence[Sign]) -> bool:
    """It is urgent, and not because an emergency was said to be over, another's or a joke."""
    return worst.severity is Severity.URGENT and not any(sign.rule in _GRAVE for sign in signs)


def _weighed(text: str) -> list[Sign]:
    """Every sign with what is left of its weight."""
    found = []
    for number, hit in _SIGNS.finditer(text):
        rule, around = _RULES[number], Around(text, hit.start(), hit.end())
        left = weigh(rule, around)
        is_over = left is Severity.NONE and (around.is_denied(inner="denies" not in rule.flags) or around.is_gone())
        found.append(Sign(rule.id, left, hit.start(), hit.end(), is_over))
    return found


def weigh(rule: Rule, around: Around) -> Severity:
    """What is left of a rule's severity after all that is said about the sign."""
    full, flags = rule.severity, rule.flags
    if around.is_denied(inner="denies" not in flags):
        return Severity.NONE
    if "firm" in flags:
        return full
    grave = full is Severity.EMERGENCY
    if grave and "fades" not in flags:
        if around.is_recovered():
            return Severity.URGENT
    elif around.is_gone():
        return Severity.NONE
    if around.is_supposed():
        return Severity.NONE
    if around.is_anothers():
        return Severity.URGENT if grave and not around.has_errand() else Severity.NONE
    if around.is_past():
        return Severity.ROUTINE
    if around.is_in_jest() and ("laughs" in flags or not grave):
        return Severity.URGENT if grave else Severity.ROUTINE
    if "softens" in flags and (around.is_little() or around.is_whether_normal()):
        return Severity.ROUTINE
    return full
