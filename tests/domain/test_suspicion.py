"""When repeated codes give up a number or pause a text."""

from datetime import timedelta

import pytest

from followup.domain.outcome import Suspicion
from followup.domain.region import region_of
from followup.domain.suspicion import Ending, about_address, too_many_filtered
from tests.fakes import START

S = Suspicion
DAY = timedelta(days=1)


def told(*days_and_words: tuple[int, Suspicion | None]) -> str:
    found = about_address([Ending(START - DAY * days, word) for days, word in days_and_words], START)
    return found.flag if found else ""


@pytest.mark.parametrize(
    ("endings", "flag"),
    [
        ((), ""),
        (((0, None),), ""),
        (((0, S.REASSIGNED),), "reassigned"),
        (((0, S.BLOCKED),), ""),
        (((0, S.BLOCKED), (30, S.BLOCKED)), "blocked"),
        (((0, S.BLOCKED), (31, S.BLOCKED)), ""),
        (((0, S.BLOCKED), (3, None), (9, S.BLOCKED)), "blocked"),
        (((0, None), (3, S.BLOCKED), (9, S.BLOCKED)), ""),
        (((0, S.AWAY), (1, S.AWAY)), ""),
        (((0, S.AWAY), (1, S.AWAY), (2, S.AWAY)), "out_of_reach"),
        (((0, S.AWAY), (1, None), (2, S.AWAY), (3, S.AWAY)), ""),
        (((0, S.FILTERED), (0, S.FILTERED), (0, S.FILTERED)), ""),
    ],
)
def test_a_number_is_flagged_by_its_record(endings: tuple[tuple[int, Suspicion | None], ...], flag: str) -> None:
    assert told(*endings) == flag


@pytest.mark.parametrize(
    ("filtered", "ended", "paused"), [(0, 0, False), (1, 1, False), (2, 2, True), (2, 66, True), (3, 100, False)]
)
def test_over_three_in_a_hundred_pause_a_text(filtered: int, ended: int, paused: bool) -> None:
    assert too_many_filtered(filtered, ended) is paused


@pytest.mark.parametrize(
    ("number", "region"),
    [("+14165550123", "CA"), ("+12125550123", "US"), ("+33612345678", "FR"), ("12345", ""), ("ana@example.com", "")],
)
def test_the_region_of_a_number_is_its_country(number: str, region: str) -> None:
    assert region_of(number) == region
