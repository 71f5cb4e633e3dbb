"""Actors hand ids to use cases, and keep to themselves what goes wrong there."""

import json
import logging
from collections.abc import Sequence

import pytest
import redis

from followup.actors.broker import QUEUES, BrokerJobs
from followup.actors.declare import ACTORS
from followup.domain.errors import Unavailable
from followup.services import deliver, enroll
from followup.services.alerts import handle
from followup.services.calling import send
from followup.services.context import Context
from followup.services.proof import resolve
from tests.actors.parts import working
from tests.waiting import until

NAME, PHONE = "Zéphyrine Canari", "+14165550187"


class Notes:
    """Keeps the ids it is called with; fails as it is told."""

    def __init__(self, *errors: Exception) -> None:
        self.ids: list[str] = []
        self._errors = list(errors)

    def __call__(self, _ctx: Context, ids: Sequence[str]) -> None:
        self.ids += ids
        if self._errors:
            raise self._errors.pop(0)


def _everything_in(url: str) -> str:
    with redis.Redis.from_url(url) as client:
        kept = [client.hvals(key) for key in client.keys("dramatiq:*.msgs")]
    return json.dumps([json.loads(body) for bodies in kept for body in bodies], ensure_ascii=False)


def _dead(url: str) -> int:
    with redis.Redis.from_url(url) as client:
        return sum(client.zcard(key) for key in client.keys("dramatiq:*.XQ"))


def test_five_actors_stand_before_five_use_cases() -> None:
    assert {name: work.run for name, work in ACTORS.items()} == {
        "process_events": enroll.process_events,
        "deliver_messages": deliver.deliver,
        "resolve_unconfirmed": resolve.resolve,
        "tell_staff": handle.tell,
        "call_systems": send.send,
    }
    assert QUEUES.keys() == ACTORS.keys()


@pytest.mark.parametrize("actor", sorted(ACTORS))
def test_a_ring_reaches_the_actor_with_its_ids(actor: str, valkey_url: str) -> None:
    notes = Notes()
    with working(valkey_url, notes) as broker:
        BrokerJobs(broker).ring(actor, ["id_1", "id_2"])
        assert until(lambda: notes.ids == ["id_1", "id_2"])


def test_a_ring_reaches_the_actor_over_rabbitmq(rabbitmq_url: str) -> None:
    notes = Notes()
    with working(rabbitmq_url, notes) as broker:
        BrokerJobs(broker).ring("deliver_messages", ["id_1"])
        assert until(lambda: notes.ids == ["id_1"])


@pytest.mark.parametrize("actor", sorted(ACTORS))
def test_an_error_leaves_its_text_nowhere(actor: str, valkey_url: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), working(valkey_url, Notes(ValueError(f"{NAME} {PHONE}"))) as broker:
        BrokerJobs(broker).ring(actor, ["id_1"])
        assert until(lambda: _dead(valkey_url) == 1)
    fields = [getattr(record, "followup_fields", {}) for record in caplog.records]
    told = f"{caplog.text} {fields} {_everything_in(valkey_url)}"
    assert "ValueError at tests.actors.test_declare" in told
    assert not [canary for canary in (*NAME.split(), PHONE) if canary in told]


def test_planning_is_tried_again_when_the_database_returns(valkey_url: str) -> None:
    notes = Notes(Unavailable("database: away"))
    with working(valkey_url, notes) as broker:
        BrokerJobs(broker).ring("process_events", ["evt_1"])
        assert until(lambda: notes.ids == ["evt_1", "evt_1"])
    assert _dead(valkey_url) == 0


def test_a_delivery_is_never_tried_again_by_the_broker(valkey_url: str) -> None:
    notes = Notes(Unavailable("database: away"))
    with working(valkey_url, notes) as broker:
        BrokerJobs(broker).ring("deliver_messages", ["msg_1"])
        assert until(lambda: notes.ids)
        broker.join("send", timeout=5000)
    assert notes.ids == ["msg_1"]
    assert _everything_in(valkey_url) == "[]"
