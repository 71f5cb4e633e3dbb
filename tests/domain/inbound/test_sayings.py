"""Phrases that act: revocations and wrong numbers, with what only looks like one, in a table of cases."""

import csv
from collections import Counter

import pytest

from followup.domain.inbound import Keyword, keyword, revocation, wrong_number
from tests.builders import ROOT

with (ROOT / "tests" / "data" / "revocations.tsv").open(encoding="utf-8") as file:
    CASES = [(row["says"], row["lang"], row["text"]) for row in csv.DictReader(file, delimiter="\t", quoting=3)]
NAMES = ("Ana", "Silva")


def stops(text: str) -> bool:
    """True if these words stop messages, as a keyword or as a phrase."""
    hit = keyword(text)
    return revocation(text) is not None or (hit is not None and hit.keyword is Keyword.STOP)


def of(*kinds: str) -> list[tuple[str, str]]:
    """Language and text of the cases of these kinds."""
    return [(language, text) for says, language, text in CASES if says in kinds]


def test_the_table_is_rich_and_repeats_nothing() -> None:
    counted = Counter(says for says, _, _ in CASES)
    assert min(counted.values()) > 30
    assert sum(counted.values()) > 250
    assert len(set(CASES)) == len(CASES)


@pytest.mark.parametrize(("language", "text"), of("stop"))
def test_a_revocation_in_own_words_counts(language: str, text: str) -> None:
    said = revocation(text)
    assert stops(text)
    assert said is None or said.language == language


@pytest.mark.parametrize(("language", "text"), of("nothing"))
def test_what_only_looks_like_one_does_not(language: str, text: str) -> None:
    assert not stops(text)
    assert wrong_number(text, names=NAMES) is None


@pytest.mark.parametrize(("language", "text"), of("wrong_number"))
def test_a_wrong_number_is_understood(language: str, text: str) -> None:
    said = wrong_number(text, names=NAMES)
    assert said is not None
    assert said.language == language


def test_a_name_counts_only_where_it_is_expected() -> None:
    assert wrong_number("I'm not Ana") is None
    assert wrong_number("I'm not Bea", names=NAMES) is None


@pytest.mark.parametrize("text", ["", " ", "🙏", "\x00", "?" * 5000, "stop " * 400 + "by", "a" * 20_000])
def test_odd_texts_are_read_in_no_time(text: str) -> None:
    assert wrong_number(text, names=("", "(", "a*" * 20)) is None
    assert revocation(text) is None
