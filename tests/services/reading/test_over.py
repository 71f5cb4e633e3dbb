"""What staff read of the channels that were passed over, and of numbers that must not be used."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from followup.cli import telling
from followup.domain.ids import PatientId
from followup.domain.message import Channel
from followup.services import permit
from followup.services.context import Context
from followup.services.reading import describe, report
from followup.storage import addresses, patients
from followup.storage.database import Database
from tests.builders import CLINIC, PATIENT, PHONE, make_ctx, make_patient
from tests.fakes import START
from tests.services.reading.test_words import shown
from tests.services.seeds import run, seed

STOPPED = {"channel": "sms", "rule": "suppression", "text": "suppressed: opt out", "source": "CASL s.11(3)"}


def timeline(ctx: Context) -> dict[str, Any]:
    return describe.timeline(report.timeline(ctx, CLINIC, PatientId(PATIENT)))


def stop(ctx: Context) -> None:
    seed(ctx)
    assert permit.stop_address(ctx, CLINIC, PHONE)


def flag(ctx: Context) -> None:
    seed(ctx)
    with ctx.db.transaction() as conn:
        addresses.flag(
            conn, clinic_id=CLINIC, channel=Channel.SMS, address=PHONE, what="reassigned", note="may be another's now",
            now=START,
        )  # fmt: skip


def landline(ctx: Context) -> None:
    phone, mail = make_patient().contact_points
    seed(ctx, patient=make_patient(contact_points=(replace(phone, valid=False, problem="is a landline"), mail)))


def no_phone(ctx: Context) -> None:
    seed(ctx, patient=make_patient(contact_points=make_patient().contact_points[1:]))


@pytest.mark.parametrize(
    ("happen", "rule", "text"),
    [
        (stop, "suppression", "suppressed: opt out"),
        (flag, "address", "may be another's now"),
        (landline, "address", "is a landline"),
        (no_phone, "address", "the patient has no number"),
    ],
)
def test_a_channel_passed_over_says_why(database: Database, happen: Any, rule: str, text: str) -> None:
    ctx = make_ctx(database)
    happen(ctx)
    told = shown(ctx)["foreseen"]
    (over,) = told["passed_over"]
    assert (over["channel"], over["rule"], over["text"], bool(over["source"])) == ("sms", rule, text, True)
    assert f"(by email; not sms: {text}, America/Toronto)" in told["text"]


def test_what_was_sent_keeps_what_was_passed_over(database: Database) -> None:
    ctx = make_ctx(database)
    stop(ctx)
    run(ctx)
    told = shown(ctx)["ended"]
    assert told["passed_over"] == [STOPPED]
    assert told["text"] == "was sent on 2 March at 15:30 by email; not sms: suppressed: opt out (America/Toronto)"


def test_nothing_is_passed_over_before_a_good_number(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    assert shown(ctx)["foreseen"]["passed_over"] == []


@pytest.mark.parametrize("view", ["explain", "patient"])
def test_a_terminal_shows_the_channel_passed_over(database: Database, view: str) -> None:
    ctx = make_ctx(database)
    stop(ctx)
    lines = telling.timeline(timeline(ctx)) if view == "patient" else telling.biography(shown(ctx))
    assert "passed over sms: suppressed: opt out [CASL s.11(3)]" in "\n".join(lines)


def test_a_contact_point_shows_its_suppression(database: Database) -> None:
    ctx = make_ctx(database)
    stop(ctx)
    data = timeline(ctx)
    (one,) = data["patient"]["contact_points"][0]["suppressed"]
    assert (one["reason"], one["class"], one["source"]) == ("opt_out", "all", "CASL s.11(3)")
    assert "  sms: suppressed: opt out since" in "\n".join(telling.timeline(data))
    assert PHONE not in str(data)


def test_a_contact_point_shows_that_it_is_flagged(database: Database) -> None:
    ctx = make_ctx(database)
    flag(ctx)
    assert "  sms: may be another's now, verify it before it is used" in list(telling.timeline(timeline(ctx)))


def test_a_pause_of_the_patient_says_until_when(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx)
    with ctx.db.transaction() as conn:
        patients.set_paused_until(conn, CLINIC, PatientId(PATIENT), START + timedelta(days=30))
    told = shown(ctx)["foreseen"]
    (no,) = [c for c in told["checks"] if not c["passed"]]
    assert no["text"] == "the patient asked for a pause until 2026-04-01 16:30"
    assert no["source"] == "the patient's own choice, on the page of preferences"
