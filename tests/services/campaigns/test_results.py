"""Results: one line a person, sums that agree with the lines and the ledger, groups that are compared fairly."""

import csv
import io
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from followup.domain.campaign import Campaign
from followup.domain.campaign.outcome import Group, compared
from followup.domain.errors import InvalidInput
from followup.domain.event import EventType
from followup.domain.ids import MessageId
from followup.domain.lifecycle import Signal
from followup.domain.message import Channel
from followup.domain.outcome import CodeClass, Rejected
from followup.services.campaigns import results, steer, tell
from followup.services.campaigns.status import status
from followup.services.context import Context
from followup.storage import events, messages, patients
from followup.storage.database import Database
from followup.storage.tables import audit
from tests.builders import CLINIC, make_ctx, make_event, make_patient
from tests.fakes import FakeProvider
from tests.services.campaigns.parts import go_on, launched, people


def _mixed(database: Database) -> tuple[Context, Campaign]:
    """Twenty with a phone, one of them a bad number; one without; half of them sent, the rest cancelled."""
    bad = Rejected("21211", CodeClass.BAD_NUMBER, "no such number")
    plain = make_ctx(database)
    ctx = make_ctx(database, providers={**plain.providers, Channel.SMS: FakeProvider(outcomes=[bad])})
    people(ctx, 20)
    with database.transaction() as conn:
        patients.put(conn, make_patient(id="A-0", contact_points=()), ctx.clock.now())
    one = launched(ctx, pace={"per_minute": 3}, hold_out=20, channels=["sms"])
    go_on(ctx, 1)
    steer.cancel(ctx, CLINIC, one.id, by="Mia", reason="enough")
    return ctx, one


def _book(ctx: Context, patient: str, *, after: timedelta, number: int = 1) -> None:
    data = {"clinic": CLINIC, "patient": {"id": patient}, "booking": {"id": f"B-{number}"}}
    made = make_event(
        EventType.BOOKING_MADE, data=data, row_id=f"evt_{number}", id=f"E-{number}", time=ctx.clock.now() + after
    )
    with ctx.db.transaction() as conn:
        events.add(conn, made, "digest")


def test_lines_sums_status_and_ledger_agree(database: Database) -> None:
    ctx, one = _mixed(database)
    lines = list(results.lines(ctx, CLINIC, one.id))
    found = results.summary(ctx, CLINIC, one.id)
    counted = Counter((r.line.state, r.line.reason or "") for r in lines)
    assert dict(found.states) == dict(counted) == status(ctx, CLINIC, one.id).states
    assert found.size == len({r.line.patient_id for r in lines}) == 21
    assert sum(found.ledger.values()) == found.funnel["due"]
    assert found.ledger["sent"] == found.funnel["sent"]


def test_every_way_to_end_is_told(sqlite: Database) -> None:
    ctx, one = _mixed(sqlite)
    states = set(results.summary(ctx, CLINIC, one.id).states)
    assert {("skipped", "unreachable"), ("failed", "rejected"), ("held_out", ""), ("cancelled", "")} <= states
    assert {s for s, _ in states} == {"skipped", "failed", "held_out", "cancelled", "sent"}
    assert "21211" in {r.line.code for r in results.lines(ctx, CLINIC, one.id)}


def test_what_arrived_late_counts_as_delivered(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 1)
    one = launched(ctx)
    go_on(ctx)
    with sqlite.transaction() as conn:
        made = messages.page(conn, CLINIC, campaign=one.id)[0]
        messages.apply(conn, [MessageId(made.id)], Signal.DELIVERED, ctx.clock.now())
    assert results.summary(ctx, CLINIC, one.id).funnel["delivered"] == 1


@pytest.mark.parametrize(("after", "counts"), [(1, 1), (13, 1), (15, 0), (-1, 0)])
def test_a_booking_counts_within_its_time(sqlite: Database, after: int, counts: int) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 2)
    one = launched(ctx, outcome_within="P14D")
    go_on(ctx)
    _book(ctx, "P-1", after=timedelta(days=after))
    assert results.summary(ctx, CLINIC, one.id).funnel["booked"] == counts


def test_the_hold_out_is_counted_by_its_turn(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 60)
    one = launched(ctx, hold_out=50, pace={"per_minute": 600})
    go_on(ctx, 1)
    held = [r.line for r in results.lines(ctx, CLINIC, one.id) if r.line.state == "held_out"]
    _book(ctx, held[0].patient_id, after=timedelta(days=1))
    found = results.summary(ctx, CLINIC, one.id)
    assert found.groups["hold-out"] == Group("hold-out", len(held), 1)
    assert found.groups["written to"].size + len(held) == 60
    assert "too few" in found.finding


def test_a_result_file_has_a_line_a_person(sqlite: Database) -> None:
    ctx, one = _mixed(sqlite)
    text = "".join(tell.sheet(results.export(ctx, CLINIC, one.id, by="Mia")))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 21
    assert rows[0].keys() == set(tell.COLUMNS)
    with sqlite.reading() as conn:
        assert "campaign.exported" in set(conn.scalars(sa.select(audit.c.action)))


def test_no_cell_of_the_file_is_a_formula(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    with sqlite.transaction() as conn:
        patients.put(conn, make_patient(id="=cmd|' /C calc'!A0"), ctx.clock.now())
    one = launched(ctx)
    go_on(ctx)
    text = "".join(tell.sheet(results.export(ctx, CLINIC, one.id, by="Mia")))
    assert [row["patient"][:2] for row in csv.DictReader(io.StringIO(text))] == ["'="]


def test_a_file_is_given_to_nobody_nameless(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 1)
    one = launched(ctx)
    with pytest.raises(InvalidInput):
        results.export(ctx, CLINIC, one.id, by=" ")


@pytest.mark.parametrize(("changes", "waits"), [
    ({"starts_at": "2026-03-09T10:00"}, "its start"), ({}, ""), ({"pace": {"per_minute": 1}}, ""),
])  # fmt: skip
def test_a_status_says_what_it_waits_for(sqlite: Database, changes: dict[str, Any], waits: str) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 200)
    one = launched(ctx, **{"pace": {"per_minute": 60}} | changes)
    go_on(ctx)
    found = status(ctx, CLINIC, one.id)
    assert found.waits_for.startswith(waits)
    assert bool(found.waits_for) == bool(waits)
    assert (found.done_at is None) == ("starts_at" in changes)


@pytest.mark.parametrize(("groups", "says"), [
    ([("a", 1000, 100), ("b", 1000, 40)], "a books more than b"), ([("a", 1000, 51), ("b", 1000, 49)], "chance"),
    ([("a", 50, 9), ("b", 1000, 4)], "too few people"), ([("a", 1000, 9)], ""), ([("a", 0, 0), ("b", 9, 1)], ""),
])  # fmt: skip
def test_a_difference_is_told_where_it_is_sure(groups: list[tuple[str, int, int]], says: str) -> None:
    assert says in compared([Group(*g) for g in groups])
