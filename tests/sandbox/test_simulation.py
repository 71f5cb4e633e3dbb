"""A simulated clinic keeps every promise, with and without faults, and the same seed lives the same time."""

import pytest

from followup.sandbox.simulation.run import Order, Result, simulate
from followup.settings import load_settings
from tests.builders import ROOT


def lived(**order: int) -> Result:
    own = {"FOLLOWUP_CONFIG": str(ROOT / "config"), "FOLLOWUP_TEMPLATES": str(ROOT / "templates")}
    return simulate(Order(**{"patients": 16, "months": 5, "seed": 3, **order}), load_settings(own))


@pytest.mark.slow
def test_every_promise_is_looked_at_and_kept() -> None:
    found = lived(faults=True)
    assert [p for p in found.promises.values() if p.broken] == []
    assert sum(p.checked for p in found.promises.values()) > 500
    assert found.numbers["crashes"] > 0
    assert found.numbers["campaigns"] > 0


@pytest.mark.slow
def test_the_same_seed_lives_the_same_time() -> None:
    one, same, other = lived(months=3), lived(months=3), lived(months=3, seed=4)
    assert one == same
    assert one != other
