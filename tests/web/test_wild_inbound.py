"""The inbound door under fuzz: no 5xx, every forged call 403, nothing lost. `benchmarks/inbound.py` makes 10,000."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.builders import CLINIC
from tests.services.seeds import run
from tests.web.site import Site
from tests.web.test_hooks import TOKEN, hooked
from tests.web.wild import CALLS, Tally, Wild, stored

__all__ = ["hooked"]


@pytest.mark.slow
def test_wild_calls_break_and_lose_nothing(hooked: Site) -> None:
    tally = Tally(TOKEN)

    @settings(max_examples=150, suppress_health_check=list(HealthCheck), database=None)
    @given(CALLS)
    def calls(wild: Wild) -> None:
        tally.call(hooked, wild)

    calls()
    assert tally.faults == []
    assert tally.calls >= 150
    assert tally.lost(stored(hooked)) == set()
    run(hooked.ctx)
    assert hooked.ctx.clinics.need(CLINIC).id == CLINIC
