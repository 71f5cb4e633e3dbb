"""What staff read of a message: a sentence with the patient's own hour, and every check with its source."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from followup.domain.message import Hold, MessageClass, Reason
from followup.services import control
from followup.services.context import Context
from followup.services.reading import describe, report
from followup.storage import messages
from followup.storage.database import Database
from tests.builders import CLINIC, PATIENT, make_ctx, make_patient
from tests.fakes import START
from tests.services.seeds import run, seed, stored

JUNE = datetime.fromisoformat("2026-06-02T14:00+00:00")
RULES = [
    "hold",
    "source",
    "expiry",
    "idempotency",
    "address",
    "suppression",
    "consent",
    "route",
    "caps",
    "budget",
    "hours",
]


def entry(ctx: Context, **more: Any) -> dict[str, Any]:
    """What is shown of the one message there is."""
    seed(ctx, **more)
    return shown(ctx)


def shown(ctx: Context) -> dict[str, Any]:
    return describe.biography(report.biography(ctx, CLINIC, stored(ctx).id))


def test_a_coming_message_says_when_and_why(database: Database) -> None:
    told = entry(make_ctx(database), due_at=JUNE, planned_for=JUNE, expires_at=JUNE + timedelta(days=1))["foreseen"]
    assert told["text"] == (
        "would be sent on 2 June at 10:00 because it is due then and every check passes (by sms, America/Toronto)"
    )
    assert told["local"] == "2026-06-02T10:00-04:00"


def test_the_hour_shown_is_the_patients(database: Database) -> None:
    west = make_patient(time_zone="America/Vancouver")
    told = entry(make_ctx(database), patient=west, due_at=JUNE, planned_for=JUNE, expires_at=JUNE + timedelta(days=2))
    assert told["foreseen"]["text"] == (
        "would be sent on 2 June at 08:00 because until then it waits: outside the hours of care: 07:00 in "
        "America/Vancouver, the patient's zone (by sms, America/Vancouver)"
    )


def test_another_year_is_named(database: Database) -> None:
    later = JUNE.replace(year=2027)
    told = entry(make_ctx(database), due_at=later, planned_for=later, expires_at=None)["foreseen"]["text"]
    assert told.startswith("would be sent on 2 June 2027 at 10:00 because")


def test_every_check_is_shown_with_its_source(database: Database) -> None:
    checks = entry(make_ctx(database))["foreseen"]["checks"]
    assert [c["rule"] for c in checks] == [*RULES, "text"]
    assert all(c["source"] and "facts" not in c["source"] for c in checks)


def test_checks_behind_the_one_that_stops_are_shown(database: Database) -> None:
    told = entry(make_ctx(database), message_class=MessageClass.PROMO, due_at=JUNE, expires_at=None)["foreseen"]
    assert told["text"].startswith("would not be sent on 2 June at 10:00 because express consent is missing for promo")
    assert [c["rule"] for c in told["checks"] if not c["passed"]] == ["consent"]
    assert [c["rule"] for c in told["checks"]] == RULES


def test_a_held_message_says_what_it_waits_for(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    control.pause(ctx, CLINIC, PATIENT, by="Okafor", reason="asked")
    assert shown(ctx)["foreseen"]["text"].startswith("is held because messages to this patient are paused")


def test_a_refused_message_keeps_what_was_checked(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx, message_class=MessageClass.PROMO)
    run(ctx)
    told = shown(ctx)["ended"]
    assert told["text"] == (
        "was not sent on 2 March at 15:30 because express consent is missing for promo (America/Toronto)"
    )
    assert [c["rule"] for c in told["checks"]] == RULES[:7]
    assert told["checks"][-1]["source"] == "CASL s.6(1)(a)"


def test_a_sent_message_says_by_which_zone(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx, patient=make_patient(time_zone=""))
    run(ctx)
    assert shown(ctx)["ended"]["text"] == "was sent on 2 March at 15:30 by sms (America/Toronto)"
    (started,) = [h for h in shown(ctx)["history"] if h["signal"] == "started"]
    assert (started["detail"]["zone"], started["detail"]["zone_by"]) == ("America/Toronto", "clinic")
    assert started["detail"]["local"] == "2026-03-02 15:30"


@pytest.mark.parametrize(
    ("reason", "words"), [(Reason.SUPERSEDED, "a later treatment took over"), (Reason.STAFF, "staff stopped it")]
)
def test_a_cancelled_message_says_why(database: Database, reason: Reason, words: str) -> None:
    ctx = make_ctx(database)
    message = seed(ctx)
    with database.transaction() as conn:
        messages.apply(conn, [message.id], messages.Signal.CANCELLED, START, reason=reason, cause_event="evt_9")
    assert shown(ctx)["ended"]["text"] == (
        f"was cancelled on 2 March at 15:30 because {words} (event evt_9) (America/Toronto)"
    )


def test_what_is_foreseen_counts_as_it_will_be(database: Database) -> None:
    ctx = make_ctx(database)
    later = START + timedelta(days=270)
    told = entry(ctx, step_key="next-session", due_at=later, planned_for=later, expires_at=None)["foreseen"]["text"]
    assert "only wanted with: series open" in told


def test_no_patient_is_named_in_what_is_shown(database: Database) -> None:
    ctx = make_ctx(database)
    told = str(entry(ctx, hold=Hold.TEMPLATE))
    who = replace(make_patient())
    assert not [w for w in (who.family_name, *(p.value for p in who.contact_points)) if w in told]
