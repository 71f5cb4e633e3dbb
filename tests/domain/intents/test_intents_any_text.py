"""Promises for any text at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup.domain.inbound import Intent
from followup.domain.intents import recognise
from followup.domain.triage import Severity, severity
from tests.support.labelled import rows

EMERGENCIES = [row.text for row in rows("red-flags.train") if row.label == "emergency"]
BEFORE = st.sampled_from(
    ["Hi, ", "hello ", "Bonjour, ", "please help, ", "Sorry to bother you. ", "Merci. ", "Good morning! "]
)
AFTER = st.sampled_from(
    [" please", " svp", ", thanks", " merci", " 🙏", "!!!", ". Thank you so much", " s'il vous plaît"]
)
STOP_WORDS = st.sampled_from(["STOP", "arret", "ARRÊT", "unsubscribe", "quit", "désabonner", "opt out"])
AROUND = st.sampled_from(["", " ", "!", ".", "…", " 🙏", "\n", "'", "  "])


@given(st.text(max_size=300), st.sampled_from(["en", "fr-CA", "", "xx"]))
def test_any_text_has_a_meaning(text: str, language: str) -> None:
    found = recognise(text, language=language)
    assert found.intent in Intent
    assert found.rule


@given(
    st.lists(
        st.sampled_from(
            [
                "can't",
                "breathe",
                "pus",
                "plus",
                "de",
                "stop",
                "yes",
                "non",
                "2",
                "?",
                ",",
                ".",
                ":",
                "'",
                '"',
                "«",
                "»",
                "👍",
                "\x00",
                "\u202e",
                "ça",
            ]
        ),
        max_size=60,
    )
)
def test_any_words_in_any_order_are_read(words: list[str]) -> None:
    assert severity(" ".join(words)).severity in Severity


@given(STOP_WORDS, AROUND, AROUND)
def test_an_exact_stop_is_always_a_stop(word: str, before: str, after: str) -> None:
    assert recognise(f"{before}{word}{after}").intent is Intent.STOP


@settings(max_examples=300)
@given(st.sampled_from(EMERGENCIES), BEFORE, AFTER)
def test_politeness_takes_nothing_from_an_emergency(text: str, before: str, after: str) -> None:
    assert severity(f"{before}{text}{after}", "fr-CA" if "à" in text else "en").severity is Severity.EMERGENCY


@settings(max_examples=300)
@given(st.sampled_from(EMERGENCIES), st.booleans())
def test_capitals_and_accents_change_nothing(text: str, upper: bool) -> None:
    assert severity(text.upper() if upper else text.title()).severity is Severity.EMERGENCY


@pytest.mark.parametrize(
    "text", ["yes " * 3000, "a" * 10_000, "no swelling " * 800, "?" * 5000, "can " * 4000, "(" * 3000]
)
def test_a_long_text_is_read_in_no_time(text: str) -> None:
    assert recognise(text).intent in Intent


FILLER = "the cream you told me about smells of roses and my sister likes it. "


@pytest.mark.parametrize("before", [30, 60, 140, 400])
@pytest.mark.parametrize(
    ("end", "intent"),
    [
        ("my throat is closing and I can't breathe", Intent.CLINICAL_EMERGENCY),
        ("please stop texting me", Intent.STOP),
        ("yes I will be there", Intent.OTHER),
    ],
)
def test_the_end_of_a_long_text_counts(before: int, end: str, intent: Intent) -> None:
    assert recognise(f"yes. {FILLER * before}{end}. {FILLER}").intent is intent
