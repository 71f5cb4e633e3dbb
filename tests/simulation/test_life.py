"""Whatever goes wrong between any two steps, nothing is lost, nothing goes twice, and nothing is forgotten.

A long hunt: FOLLOWUP_HUNT=2000 pytest -s tests/simulation/test_life.py
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.simulation import cells
from tests.simulation.life import Life
from tests.simulation.stage import begin_story
from tests.simulation.test_other_cells import CELLS
from tests.support.databases import open_quick

HUNT = int(os.environ.get("FOLLOWUP_HUNT", "0"))
#: The suite lives the same few lives each time; a hunt draws new ones and makes what it finds small.
FEW = settings(max_examples=30, stateful_step_count=40, derandomize=True, phases=[Phase.generate])
MANY = settings(max_examples=HUNT or 1, stateful_step_count=60, derandomize=False, database=None)
PROFILE = settings(MANY if HUNT else FEW, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False)
#: What even the few lives of the suite must meet, or the rules have lost their bite.
MET = 20


@pytest.fixture
def story(sqlite_url: str, tmp_path: Path) -> Iterator[None]:
    """The beginning of every life, and one engine for all of them."""
    Life.visited.clear()
    Life.db, Life.begun = open_quick(sqlite_url), tmp_path / "begun.db"
    begin_story(Life.db)
    Life.db.close()
    shutil.copyfile(str(Life.db.engine.url.database), Life.begun)
    yield
    Life.db.close()


@pytest.mark.slow
@pytest.mark.timeout(0 if HUNT else 300)
@pytest.mark.usefixtures("story")
def test_a_life_of_faults_breaks_no_oath(record_property: Callable[[str, object], None]) -> None:
    run_state_machine_as_test(Life, settings=PROFILE)
    record_property(cells.PROPERTY, cells.words(Life.visited))
    assert len(Life.visited) >= MET
    assert set(Life.visited) | set(CELLS) == set(cells.EVERY)
