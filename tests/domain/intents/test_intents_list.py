"""The list of intents, found by the folder, and the order in which they are tried."""

import importlib
import pkgutil

from followup.domain import intents
from followup.domain.inbound import Intent, Reaction
from followup.domain.intents import intents as found

ORDER = [
    "clinical_emergency", "clinical_urgent", "wrong_number", "stop", "start", "cancel", "reschedule", "decline",
    "confirm", "help", "question", "thanks", "other",
]  # fmt: skip


def test_every_intent_has_one_file() -> None:
    files = [module.name for module in pkgutil.iter_modules(intents.__path__)]
    assert sorted(files) == sorted(intent.value for intent in Intent)
    assert [importlib.import_module(f"{intents.__name__}.{name}").INTENT.name for name in files] == files


def test_triage_comes_before_all_others() -> None:
    assert [meaning.name.value for meaning in found()] == ORDER


def test_no_two_intents_share_a_priority() -> None:
    assert len({meaning.priority for meaning in found()}) == len(ORDER)


def test_a_symptom_is_answered_by_an_alarm() -> None:
    alarms = [meaning.name for meaning in found() if meaning.react is Reaction.ALARM]
    assert alarms == [Intent.CLINICAL_EMERGENCY, Intent.CLINICAL_URGENT]
