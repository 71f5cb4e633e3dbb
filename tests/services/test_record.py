"""Recording: once per (clinic, source, id), nothing of what was refused, and stops at once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from followup.clock import SystemIds
from followup.content.clinics import Clinics
from followup.domain.errors import Conflict, FollowupError, Forbidden, InvalidInput, NotFound
from followup.domain.event import EventType
from followup.domain.lifecycle import OPEN
from followup.services import enroll, record
from followup.services.context import Context
from followup.services.record import Caller, Recorded, ReplayedWebhook
from followup.storage import messages
from followup.storage.database import Database
from followup.storage.tables import events, metadata
from tests.builders import CLINIC, PATIENT, PERFORMED, make_body, make_clinic, make_ctx, make_treatment_data

OURS = Caller(CLINIC)


def about(kind: EventType, **data: Any) -> dict[str, Any]:
    """An event of another kind about Ana, told later the same day."""
    later = PERFORMED.replace(hour=23).isoformat()
    return make_body(kind, id=f"{kind}-1", time=later, data={"clinic": CLINIC, "patient": {"id": PATIENT}, **data})


def is_empty(ctx: Context) -> bool:
    """True if no table holds anything."""
    with ctx.db.reading() as conn:
        return not any(conn.execute(sa.select(table).limit(1)).first() for table in metadata.sorted_tables)


def waiting(ctx: Context) -> int:
    """How many of Ana's messages may still go out."""
    with ctx.db.reading() as conn:
        return sum(m.state in OPEN for m in messages.of_patient(conn, CLINIC, PATIENT))


def enrolled(ctx: Context) -> Context:
    """Ana's first treatment, recorded and planned."""
    enroll.process_events(ctx, [record.accept(ctx, make_body(), caller=OURS).row_id])
    return ctx


def test_the_same_event_keeps_its_first_row(database: Database) -> None:
    ctx = make_ctx(database)
    first, again = (record.accept(ctx, make_body(), caller=OURS) for _ in range(2))
    assert (first.status, again.status) == ("accepted", "duplicate")
    assert first.row_id == again.row_id


def test_equal_json_written_otherwise_is_equal(database: Database) -> None:
    ctx = make_ctx(database)
    record.accept(ctx, make_body(data=make_treatment_data(session=1)), caller=OURS)
    same = make_body(data=make_treatment_data(session=1.0), subject="more", datacontenttype="application/json; a=b")
    assert record.accept(ctx, same, caller=OURS).status == "duplicate"


@pytest.mark.parametrize("change", [{"time": "2026-03-02T20:30:01Z"}, {"data": make_treatment_data(of=4)}])
def test_an_equal_key_with_other_content_conflicts(database: Database, change: dict[str, Any]) -> None:
    ctx = make_ctx(database)
    record.accept(ctx, make_body(), caller=OURS)
    with pytest.raises(Conflict):
        record.accept(ctx, make_body(**change), caller=OURS)


@pytest.mark.parametrize(
    "body", [5, None, [], {}, make_body(time="x"), make_body(type="x"), make_body(data={"clinic": "canstrive"})]
)
def test_what_is_refused_leaves_no_trace(database: Database, body: Any) -> None:
    ctx = make_ctx(database)
    with pytest.raises(InvalidInput):
        record.accept(ctx, body, caller=Caller(CLINIC, "webhook-1"))
    assert is_empty(ctx)


def test_a_caller_acts_for_its_own_clinic(database: Database) -> None:
    ctx = make_ctx(database, clinics=Clinics([make_clinic(), make_clinic(id="north")]))
    with pytest.raises(Forbidden):
        record.accept(ctx, make_body(), caller=Caller("north"))
    assert is_empty(ctx)
    assert record.accept(ctx, make_body(), caller=Caller()).status == "accepted"


def test_clinics_may_use_the_same_event_ids(database: Database) -> None:
    ctx = make_ctx(database, clinics=Clinics([make_clinic(), make_clinic(id="north")]))
    bodies = [make_body(data=make_treatment_data() | {"clinic": clinic}) for clinic in ("canstrive", "north")]
    assert [record.accept(ctx, b, caller=Caller()).status for b in bodies] == ["accepted", "accepted"]


@pytest.mark.parametrize(
    ("flag", "told", "backfill"), [(True, {}, True), (False, {"backfill": True}, True), (False, {}, False)]
)
def test_history_is_marked_by_call_or_data(
    database: Database, flag: bool, told: dict[str, Any], backfill: bool
) -> None:
    ctx = make_ctx(database)
    record.accept(ctx, make_body(data=make_treatment_data() | told), caller=OURS, backfill=flag)
    with database.reading() as conn:
        assert conn.scalar(sa.select(events.c.backfill)) is backfill


@pytest.mark.parametrize("stop", [
    about(EventType.PATIENT_DECEASED),
    about(EventType.PATIENT_ARCHIVED),
    about(EventType.TREATMENT_VOIDED, treatment={"id": "T-1001"}),
], ids=lambda b: b["type"])  # fmt: skip
def test_a_stop_is_in_force_when_it_is_accepted(database: Database, stop: dict[str, Any]) -> None:
    ctx = enrolled(make_ctx(database))
    assert waiting(ctx) > 0
    record.accept(ctx, stop, caller=OURS)
    assert waiting(ctx) == 0


def test_what_does_not_stop_is_left_to_an_actor(database: Database) -> None:
    ctx = make_ctx(database)
    record.accept(ctx, make_body(), caller=OURS)
    assert waiting(ctx) == 0


def statuses(results: list[Recorded | FollowupError]) -> list[str]:
    """What became of each event of a batch."""
    return [r.status if isinstance(r, Recorded) else type(r).__name__ for r in results]


def test_a_batch_keeps_order_and_good_ones(database: Database) -> None:
    ctx = make_ctx(database)
    other = make_body(data=make_treatment_data(of=9))
    batch = [make_body(id="z"), 5, make_body(), make_body(), other, make_body(id="a")]
    results = record.accept_batch(ctx, batch, caller=OURS)
    assert statuses(results) == ["accepted", "InvalidInput", "accepted", "duplicate", "Conflict", "accepted"]


def test_a_batch_of_strangers_is_refused_one_by_one(database: Database) -> None:
    ctx = make_ctx(database, clinics=Clinics([make_clinic(), make_clinic(id="north")]))
    assert statuses(record.accept_batch(ctx, [make_body()], caller=Caller("north"))) == ["Forbidden"]


def test_a_webhook_id_is_good_for_its_events_alone(database: Database) -> None:
    ctx, caller = make_ctx(database), Caller(CLINIC, "webhook-1")
    assert [record.accept(ctx, make_body(), caller=caller).status for _ in range(2)] == ["accepted", "duplicate"]
    with pytest.raises(ReplayedWebhook):
        record.accept(ctx, make_body(id="T-2"), caller=caller)


def test_a_webhook_id_of_a_refused_event_is_free(database: Database) -> None:
    ctx, caller = make_ctx(database), Caller(CLINIC, "webhook-1")
    record.accept(ctx, make_body(), caller=OURS)
    with pytest.raises(Conflict):
        record.accept(ctx, make_body(data=make_treatment_data(of=9)), caller=caller)
    assert record.accept(ctx, make_body(id="T-2"), caller=caller).status == "accepted"


def test_stops_of_one_patient_at_once_all_hold(database: Database) -> None:
    ctx = enrolled(make_ctx(database, ids=SystemIds()))
    consent = {"class": "promo", "channel": "sms", "kind": "express", "evidence": "call"}
    bodies = [
        about(EventType.CONSENT_WITHDRAWN, consent={**consent, "recorded_at": f"2026-03-02T23:{n:02d}:00Z"})
        | {"id": f"w{n}"}
        for n in range(10)
    ] + [about(EventType.PATIENT_ARCHIVED)]
    with ThreadPoolExecutor(11) as pool:
        done = list(pool.map(lambda b: record.accept(ctx, b, caller=OURS).status, bodies))
    assert done == ["accepted"] * 11
    assert waiting(ctx) == 0
    with database.reading() as conn:
        assert set(conn.scalars(sa.select(events.c.state))) == {"planned"}


def test_only_what_waits_can_be_tried_again(database: Database) -> None:
    ctx = make_ctx(database)
    row = record.accept(ctx, make_body(data=make_treatment_data(code="unheard-of")), caller=OURS).row_id
    enroll.process_events(ctx, [row])
    assert [e.row_id for e in record.unplanned(ctx, CLINIC, "T-1001")] == [row]
    with pytest.raises(NotFound):
        record.unplanned(ctx, CLINIC, "T-9")
