"""A cry for help: told apart by triage before any other intent is looked for."""

from followup.domain.inbound import Intent, Reaction
from followup.domain.meaning.heard import Heard, Meaning
from followup.domain.triage import Severity


def recognise(heard: Heard) -> str | None:
    """The rule of triage."""
    return heard.judged.rule if heard.judged.severity is Severity.EMERGENCY else None


INTENT = Meaning(Intent.CLINICAL_EMERGENCY, 1000, recognise, Reaction.ALARM)
