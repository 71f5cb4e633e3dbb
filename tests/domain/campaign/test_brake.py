"""The brake: what makes a campaign pause by itself, and what does not."""

import pytest

from followup.domain.campaign.brake import Fate, cause_to_stop

FINE, STOPPED = Fate("", failed=False), Fate("", failed=False, stopped=True)
FILTERED, GONE = Fate("", failed=True, code="30007"), Fate("", failed=True, code="21211")


@pytest.mark.parametrize(("fates", "says"), [
    ([FINE] * 30, ""), ([FILTERED] * 19, ""), ([FILTERED] * 20, "20 of the last 20 messages failed, 20 of them with"),
    ([FINE] * 81 + [FILTERED] * 19, ""), ([FINE] * 80 + [FILTERED] * 15 + [GONE] * 5, "15 of them with code 30007"),
    ([FINE] * 95 + [STOPPED] * 5, "5 of the last 100 people asked for no more"), ([FINE] * 50 + [STOPPED] * 9, ""),
    ([FINE] * 96 + [STOPPED] * 4, ""),
])  # fmt: skip
def test_the_brake_names_what_goes_wrong(fates: list[Fate], says: str) -> None:
    cause = cause_to_stop(fates)
    assert says in cause
    assert bool(cause) == bool(says)


def test_a_variant_that_drives_people_away_is_named() -> None:
    well = [Fate("a", failed=False)] * 300
    badly = [Fate("b", failed=False)] * 90 + [Fate("b", failed=False, stopped=True)] * 10
    assert "of variant b" in cause_to_stop([*well, *badly])
