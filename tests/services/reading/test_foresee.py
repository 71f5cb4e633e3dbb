"""What is foreseen takes in the text itself; what was sent keeps what the gate said; what was not planned is told."""

from typing import Any

import pytest

from followup.domain.errors import NotFound
from followup.domain.event import EventState
from followup.domain.ids import PatientId
from followup.domain.message import Hold
from followup.services.context import Context
from followup.services.reading import describe, report
from followup.storage import events
from followup.storage.database import Database
from tests.builders import CLINIC, make_ctx, make_event, make_treatment_data
from tests.services.reading.test_words import RULES, shown
from tests.services.seeds import run, seed, stored


def timeline(ctx: Context, patient: str = "P-17") -> dict[str, Any]:
    return describe.timeline(report.timeline(ctx, CLINIC, PatientId(patient)))


def test_a_text_that_cannot_be_written_is_foreseen(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx, template_version="0000000000000000")
    told = shown(ctx)["foreseen"]
    assert told["verdict"] == "held"
    assert told["text"].startswith("would be held on 2 March at 15:30 because its text cannot be written: ")
    assert told["checks"][-1]["rule"] == "text"


def test_what_is_foreseen_is_what_comes_to_pass(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx, template_version="0000000000000000")
    run(ctx)
    assert stored(ctx).hold is Hold.TEMPLATE


def test_a_sent_message_keeps_every_check(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    run(ctx)
    checks = shown(ctx)["ended"]["checks"]
    assert [(c["rule"], c["passed"]) for c in checks] == [(rule, True) for rule in RULES]
    assert all(c["text"] and c["source"] for c in checks)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("unknown_treatment_code", "no protocol follows up its treatment code"),
        ("/data/treatment/performed_at: is required", "it cannot be read: /data/treatment/performed_at: is required"),
        ("fault:KeyError", "the software could not plan it (KeyError)"),
    ],
)
def test_what_could_not_be_planned_is_told(database: Database, reason: str, words: str) -> None:
    ctx = make_ctx(database)
    with database.transaction() as conn:
        events.add(conn, make_event(data=make_treatment_data()), "digest")
        events.mark(conn, ["evt_1"], EventState.QUARANTINED, reason=reason)
    told = timeline(ctx)
    (one,) = told["unplanned"]
    assert (told["patient"]["status"], one["row"], one["state"]) == ("unknown", "evt_1", "quarantined")
    assert (one["text"], bool(one["cure"])) == (words, True)


def test_a_patient_nobody_named_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        timeline(make_ctx(database), "P-404")
