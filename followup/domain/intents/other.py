"""Other: unclear, late, arrived, or a machine; a person reads it, and nothing answers a machine."""

from followup.domain.inbound import Intent, Reaction
from followup.domain.meaning.cues import ARRIVED, AUTOMATIC, LATE, UNSURE
from followup.domain.meaning.heard import Heard, Meaning


def recognise(heard: Heard) -> str | None:
    """What kind of other it is, where that can be told."""
    text = heard.text
    if AUTOMATIC.search(text):
        return "automatic"
    if LATE.search(text):
        return "late"
    if ARRIVED.search(text):
        return "arrived"
    if any(token in text for token in (":reacted:", ":loved:", ":disliked:")):
        return "tapback"
    return "unsure" if UNSURE.search(text) else None


INTENT = Meaning(Intent.OTHER, 100, recognise, Reaction.PERSON)
