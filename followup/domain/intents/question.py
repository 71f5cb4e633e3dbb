"""Question: something is asked, a yes is made conditional, or the body is spoken of without alarm."""

from followup.domain.inbound import Intent, Reaction
from followup.domain.meaning.cues import CONDITION, QUESTION
from followup.domain.meaning.heard import Heard, Meaning
from followup.domain.triage import Severity
from followup.domain.words.pattern import any_of

_NO_QUESTION = any_of(
    r"""
^ (?:will|would|gonna|going_to) (?:confirm|let|check|see|ask|answer|reply|call|text|get_back|advise)
^ (?:what|who|hein|quoi|huh|why|how|where|pardon|sorry|eh|comment) ?\? $
^ (?:\?)
(?:can|could) ?i let you know
ca va $
ca va \?
(?:how_are_you|comment_(?:ca_va|allez)|what_a|how_nice|how_sweet|who_knows|how_exciting)
"""
)


def recognise(heard: Heard) -> str | None:
    """A person answers it; a bare question mark asks nothing."""
    text = heard.text
    if ":questioned:" in text:
        return "tapback"
    if not heard.core or not any(c.isalpha() for c in heard.core):
        return None
    if CONDITION.search(text):
        return "conditional"
    if QUESTION.search(text) and not _NO_QUESTION.search(text):
        return "asked"
    if heard.judged.severity is Severity.ROUTINE and not heard.judged.good_news:
        return "routine-sign"
    return None


INTENT = Meaning(Intent.QUESTION, 300, recognise, Reaction.PERSON)
