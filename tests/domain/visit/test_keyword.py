"""The number that chooses one of several visits."""

import pytest

from followup.domain.visit import number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [("2", 2), (" 2. ", 2), ("10", None), ("0", None), ("²", 2), ("1" * 99, None), ("1 or 2", None), ("C", None)],
)
def test_only_a_lone_digit_chooses(text: str, number: int | None) -> None:
    assert number_in(text) == number
