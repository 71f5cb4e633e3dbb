"""Words raise a doubt where no rule fired and silence nothing; no machine closes what holds more than an answer."""

import pytest

from followup.domain.intents import recognise
from followup.domain.meaning.aside import says_more
from followup.domain.triage import Severity, hunch, learned, severity
from followup.domain.words.reading import read
from tests.support.labelled import RED_FLAGS, REPLIES, rows

UNKNOWN = ["gummy fluid dribbles from the swollen nodule", "le cratère de ma joue gonfle et suppure depuis hier"]
PLAIN = ["yes", "C", "ok see you thursday at 2", "oui merci à jeudi", "je peux pas venir", "can't make it, next week?"]
MORE = [
    "yes but i see double",
    "ok, my cheek is odd",
    "not feeling well, can't come",
    "oui mais ça cloche",
    "I cannot go on",
]


@pytest.mark.parametrize("text", UNKNOWN)
def test_words_of_symptoms_raise_a_doubt(text: str) -> None:
    assert hunch.is_doubtful(read(text).text, expected=False)


@pytest.mark.parametrize("text", ["see you on Tuesday at three, thank you", "combien coûte la séance de mardi"])
def test_words_of_visits_raise_no_doubt(text: str) -> None:
    assert not hunch.is_doubtful(read(text).text, expected=False)


@pytest.mark.parametrize(
    "text", ["no swelling at all, thanks", "l'enflure est partie", "my son has a fever, need to move it"]
)
def test_a_denial_is_doubted_by_no_word(text: str) -> None:
    assert severity(text).severity is Severity.NONE


def test_words_only_ever_raise_what_rules_say() -> None:
    raised = {row.understood.severity for name in RED_FLAGS for row in rows(name) if row.understood.rule[:5] == "doubt"}
    assert raised <= {Severity.URGENT, Severity.EMERGENCY}


@pytest.mark.parametrize("table", [learned.SYMPTOM, learned.GRAVE])
def test_every_weight_is_a_word_and_tenths(table: str) -> None:
    assert all(word and int(tenths) for word, _, tenths in (pair.rpartition(":") for pair in table.split()))


@pytest.mark.parametrize("text", PLAIN)
def test_plain_answers_hold_nothing_beside(text: str) -> None:
    assert not says_more(read(text))


@pytest.mark.parametrize("text", MORE)
def test_unusual_words_beside_an_answer_are_noticed(text: str) -> None:
    assert says_more(read(text))


def test_no_symptom_fits_the_words_of_answers() -> None:
    symptoms = [row for name in (*REPLIES, *RED_FLAGS) for row in rows(name) if row.understood.severity == "emergency"]
    unseen = [row.text for row in symptoms if not says_more(read(row.text, row.language))]
    assert all(recognise(text).severity is Severity.EMERGENCY for text in unseen)
    assert len(unseen) <= len(symptoms) / 100
