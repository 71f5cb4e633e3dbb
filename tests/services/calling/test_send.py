"""Webhooks out: signed, tried for three days, put off with notice, and a slot that is gone is told to the patient."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from followup.domain.booking import BookingState
from followup.domain.webhook import CallState, EndpointState
from followup.ports import Called
from followup.services import dispatch
from followup.services.calling import health
from followup.storage.database import Database
from followup.storage.outbox import calls
from tests.builders import CLINIC, make_clinic
from tests.fakes import FakeOutlet
from tests.services.bookings.visiting import DAY, HOUR, Desk, make_desk
from tests.services.seeds import run

URL, SECRET = "https://pms.clinic.example/hooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
CLINICS = (make_clinic(webhooks=({"url": URL, "secret_env": "PMS_SECRET"},)),)
THREE_DAYS = timedelta(days=3)


def make(database: Database, folder: Path, *answers: Called | int, secret: str = SECRET) -> tuple[Desk, FakeOutlet]:
    """A desk whose clinic has a system that answers so."""
    outlet = FakeOutlet(*answers)
    environ = {"PMS_SECRET": secret} if secret else {}
    return make_desk(database, folder, clinics=CLINICS, outlet=outlet, environ=environ), outlet


def told(outlet: FakeOutlet, kind: str = "booking.answered") -> list[dict[str, Any]]:
    """What the system heard of this type."""
    return [body for _, raw, _ in outlet.heard if (body := json.loads(raw))["type"] == kind]


def stored(desk: Desk, *states: CallState) -> list[Any]:
    """The calls in the rows."""
    with desk.ctx.db.reading() as conn:
        return [c for c in calls.listing(conn, CLINIC, states=states, limit=500) if c.type == "booking.answered"]


def test_the_system_learns_of_the_answer(database: Database, tmp_path: Path) -> None:
    desk, outlet = make(database, tmp_path)
    desk.offer()
    desk.write("C")
    (heard,) = told(outlet)
    assert (heard["data"]["answer"], heard["data"]["patient"]) == ("confirm", {"id": "P-1"})
    assert heard["data"]["booking"]["id"] == "B-1"
    assert datetime.fromisoformat(heard["data"]["booking"]["starts_at"]) == desk.day
    assert [c.state for c in stored(desk)] == [CallState.DELIVERED]


def test_every_call_is_signed_by_the_standard(sqlite: Database, tmp_path: Path) -> None:
    desk, outlet = make(sqlite, tmp_path)
    desk.offer()
    _, raw, headers = outlet.heard[0]
    at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    assert headers["webhook-signature"] == Webhook(SECRET).sign(headers["webhook-id"], at, raw.decode())


def test_no_call_tells_names_numbers_or_words(sqlite: Database, tmp_path: Path) -> None:
    desk, outlet = make(sqlite, tmp_path)
    desk.offer()
    desk.write("my cheek Zebediah burns a little")
    desk.write("ARRET")
    all_of_it = b"".join(raw for _, raw, _ in outlet.heard)
    assert {t["type"] for t in map(json.loads, (raw for _, raw, _ in outlet.heard))} == {
        "message.state_changed", "reply.received", "escalation.opened", "patient.opted_out",
    }  # fmt: skip
    assert not any(word in all_of_it for word in (b"Ana", b"Silva", b"416555", b"Zebediah", b"example.com"))


def test_a_failed_call_is_tried_again_later(database: Database, tmp_path: Path) -> None:
    desk, outlet = make(database, tmp_path)
    desk.offer()
    failing = iter([500, 302])
    outlet.answers = lambda body: next(failing, 204) if b"booking.answered" in body else 204
    desk.write("C")
    for wait in (timedelta(seconds=6), timedelta(minutes=6), HOUR):
        desk.wait(wait)
    heard = [headers["webhook-id"] for _, raw, headers in outlet.heard if b"booking.answered" in raw]
    assert (len(heard), len(set(heard))) == (3, 1)
    assert [(c.state, c.tries) for c in stored(desk)] == [(CallState.DELIVERED, 3)]


def test_after_three_days_it_is_put_off(sqlite: Database, tmp_path: Path) -> None:
    desk, outlet = make(sqlite, tmp_path, *[503] * 200)
    desk.offer(day=desk.day + 30 * DAY)
    desk.write("C")
    for _ in range(40):
        desk.wait(2 * HOUR)
    kinds = [e.kind.value for e in desk.staff()]
    assert kinds.count("webhook") == 1
    assert [h.state for h in health.of_clinic(desk.ctx, CLINIC)] == [EndpointState.OFF]
    before = len(outlet.heard)
    desk.wait(10 * DAY)
    assert len(outlet.heard) == before


def test_put_on_again_it_hears_what_waited(sqlite: Database, tmp_path: Path) -> None:
    desk, outlet = make(sqlite, tmp_path)
    health.switch(desk.ctx, CLINIC, URL, EndpointState.OFF, by="Kim")
    desk.offer()
    desk.write("C")
    assert outlet.heard == []
    health.switch(desk.ctx, CLINIC, URL, EndpointState.ON, by="Kim")
    run(desk.ctx)
    assert len(told(outlet)) == 1


def test_staff_send_calls_again(sqlite: Database, tmp_path: Path) -> None:
    desk, outlet = make(sqlite, tmp_path)
    desk.offer()
    desk.write("C")
    (call,) = stored(desk)
    assert health.replay(desk.ctx, CLINIC, ids=[call.id], by="Kim") == 1
    run(desk.ctx)
    assert len({h["webhook-id"] for _, raw, h in outlet.heard if b"booking.answered" in raw}) == 1
    assert len(told(outlet)) == 2


def test_a_call_that_never_left_waits(sqlite: Database, tmp_path: Path) -> None:
    desk, outlet = make(sqlite, tmp_path)
    outlet.script.append(Called(0, "no answer in time"))
    desk.offer()
    (one,) = health.of_clinic(desk.ctx, CLINIC)
    assert (one.fault, one.failures, one.counts[CallState.WAITING]) == ("no answer in time", 1, 1)


@pytest.mark.parametrize("status", [409, 410])
def test_a_slot_that_is_gone_is_told(database: Database, tmp_path: Path, status: int) -> None:
    desk, outlet = make(database, tmp_path)
    desk.offer()
    outlet.answers = lambda body: status if b"booking.answered" in body else 204
    desk.write("C")
    assert desk.booking().state is BookingState.CANCELLED
    assert "was just taken" in desk.last().text
    assert ("booking", "B-1") in desk.told_staff()


def test_a_missing_secret_is_a_fault_of_health(sqlite: Database, tmp_path: Path) -> None:
    desk, outlet = make(sqlite, tmp_path, secret="")
    desk.offer()
    assert outlet.heard == []
    assert [h.fault for h in health.of_clinic(desk.ctx, CLINIC)] == ["there is no secret to sign with"]


def test_a_clinic_without_endpoint_stores_nothing(sqlite: Database, tmp_path: Path) -> None:
    desk = make_desk(sqlite, tmp_path)
    desk.offer()
    desk.write("C")
    assert (stored(desk), dispatch.sweep(desk.ctx).calls) == ([], 0)
