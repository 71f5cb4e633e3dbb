"""The bell, on real brokers."""

import json
import logging
from typing import Any

import dramatiq
import pytest
import redis
from dramatiq.brokers.rabbitmq import RabbitmqBroker
from dramatiq.brokers.redis import RedisBroker

from followup.actors.broker import OneLinePerOutage, check_broker, make_broker
from followup.domain.errors import SettingError, Unavailable
from tests.actors.parts import bell
from tests.support.valkey import Valkey


def _kept(url: str, queue: str) -> list[dict[str, Any]]:
    with redis.Redis.from_url(url) as client:
        return [json.loads(body) for body in client.hvals(f"dramatiq:{queue}.msgs")]


def test_a_ring_leaves_only_ids_behind(valkey_url: str) -> None:
    with bell(valkey_url) as jobs:
        jobs.ring("deliver_messages", ("msg_1", "msg_2"))
    (kept,) = _kept(valkey_url, "send")
    assert (kept["actor_name"], kept["args"], kept["kwargs"]) == ("deliver_messages", [["msg_1", "msg_2"]], {})


def test_planning_never_queues_behind_deliveries(valkey_url: str) -> None:
    with bell(valkey_url) as jobs:
        jobs.ring("deliver_messages", ["msg_1"])
        jobs.ring("process_events", ["evt_1"])
    assert [kept["actor_name"] for kept in _kept(valkey_url, "plan")] == ["process_events"]


def test_a_dead_valkey_is_unavailable_until_back(own_valkey: Valkey) -> None:
    with bell(own_valkey.url) as jobs:
        jobs.ring("tell_staff", ["esc_1"])
        own_valkey.kill()
        with pytest.raises(Unavailable, match="broker"):
            jobs.ring("tell_staff", ["esc_1"])
        with pytest.raises(Unavailable, match="broker"):
            check_broker(jobs.broker)
        own_valkey.start()
        jobs.ring("tell_staff", ["esc_1"])
        check_broker(jobs.broker)


def test_a_full_valkey_is_unavailable_too(own_valkey: Valkey) -> None:
    with redis.Redis.from_url(own_valkey.url) as client:
        client.config_set("maxmemory", "1")
    with bell(own_valkey.url) as jobs, pytest.raises(Unavailable, match="broker"):
        jobs.ring("deliver_messages", ["msg_1"])


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1", "amqp://127.0.0.1:1", "unix:///no/such.sock"])
def test_a_broker_that_never_was_is_unavailable(url: str) -> None:
    with bell(url) as jobs:
        with pytest.raises(Unavailable, match="broker"):
            check_broker(jobs.broker)
        with pytest.raises(Unavailable, match="broker"):
            jobs.ring("deliver_messages", ["msg_1"])


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("unix:///a%20b/valkey.sock", RedisBroker),
        ("redis://127.0.0.1:6379/1", RedisBroker),
        ("rediss://127.0.0.1", RedisBroker),
        ("sentinel://:secret@a:26379,b:26379/main/2", RedisBroker),
        ("amqp://127.0.0.1", RabbitmqBroker),
    ],
)
def test_the_address_alone_chooses_the_broker(url: str, kind: type[dramatiq.Broker]) -> None:
    assert isinstance(make_broker(url), kind)


@pytest.mark.parametrize("url", ["sentinel://a:26379", "sentinel://a/main"])
def test_a_sentinel_address_must_name_the_master(url: str) -> None:
    with pytest.raises(SettingError, match="BROKER_URL"):
        make_broker(url)


def test_an_outage_is_told_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    outage = OneLinePerOutage()
    lost = logging.makeLogRecord({"name": "dramatiq.worker.ConsumerThread(send)", "msg": "a connection error: %s"})
    other = logging.makeLogRecord({"name": "followup.test", "msg": "a connection of ours"})
    with caplog.at_level(logging.INFO, "followup"):
        assert [outage.filter(lost) for _ in range(5)] == [False] * 5
        assert outage.filter(other)
        outage.back()
        outage.back()
    assert [record.getMessage().split(";")[0] for record in caplog.records] == ["broker away", "broker back"]


def test_rabbitmq_takes_rings_and_answers(rabbitmq_url: str) -> None:
    with bell(rabbitmq_url) as jobs:
        check_broker(jobs.broker)
        jobs.ring("deliver_messages", ["msg_1"])
        assert isinstance(jobs.broker, RabbitmqBroker)
        assert jobs.broker.get_queue_message_counts("send")[0] == 1
        jobs.broker.flush("send")
