"""The sender's rate: shared through Redis, kept alone without it."""

from datetime import timedelta

import pytest
import redis

from followup.domain.pace import rate_of
from followup.pacing import LocalPacer, RedisLimiter, RedisPacer
from tests.fakes import FakeClock


@pytest.mark.parametrize(
    ("sender", "rate"),
    [("+14165550100", 0.8), ("+18005550100", 2.4), ("+18885550100", 2.4), ("MG" + "0" * 32, 0.8), ("12345", 80.0)],
)
def test_the_rate_follows_the_kind_of_sender(sender: str, rate: float) -> None:
    assert rate_of(sender, None) == pytest.approx(rate)
    assert rate_of(sender, 7.5) == 7.5


def test_turns_of_one_sender_come_one_after_the_other() -> None:
    pacer = LocalPacer(FakeClock())
    turns = [pacer.turn("a", 2, rate=4, patience=1) for _ in range(5)]
    assert [(t.taken, t.wait) for t in turns] == [(True, 0), (True, 0.5), (True, 1.0), (False, 1.5), (False, 2.0)]


def test_time_that_passes_frees_the_sender() -> None:
    clock = FakeClock()
    pacer = LocalPacer(clock)
    assert pacer.turn("a", 10, rate=1, patience=1).taken
    assert not pacer.turn("a", 1, rate=1, patience=1).taken
    clock.advance(timedelta(seconds=11))
    assert pacer.turn("a", 1, rate=1, patience=1).taken


def test_senders_do_not_wait_for_each_other() -> None:
    pacer = LocalPacer(FakeClock())
    assert pacer.turn("a", 10, rate=1, patience=0).taken
    assert pacer.turn("b", 10, rate=1, patience=0).wait == 0


def test_unpaced_is_always_at_once() -> None:
    pacer = LocalPacer(FakeClock())
    assert all(pacer.turn("a", 99, rate=0, patience=0).wait == 0 for _ in range(5))


def test_workers_share_one_bucket_through_redis(valkey_url: str) -> None:
    client = redis.Redis.from_url(valkey_url)
    first, second = (RedisPacer(client, FakeClock()) for _ in range(2))
    taken = [p.turn("shared", 1, rate=10, patience=0.25) for p in (first, second) * 3]
    assert [t.taken for t in taken] == [True, True, True, False, False, False]
    assert taken[-1].wait > taken[-2].wait > 0.25
    client.close()


def test_without_redis_each_process_keeps_a_share() -> None:
    away = redis.Redis.from_url("redis://127.0.0.1:1", socket_connect_timeout=0.2)
    pacer = RedisPacer(away, FakeClock(), workers=4)
    turns = [pacer.turn("a", 1, rate=4, patience=10) for _ in range(3)]
    assert [t.wait for t in turns] == [0, 1.0, 2.0]
    away.close()


def test_callers_share_one_limit_through_redis(valkey_url: str) -> None:
    limiters = [RedisLimiter(redis.Redis.from_url(valkey_url), FakeClock()) for _ in range(2)]
    waits = [limiters[n % 2].wait("link:shared", per_minute=4) for n in range(5)]
    assert waits[:4] == [0, 0, 0, 0]
    assert 13 < waits[4] <= 15


def test_without_redis_each_process_limits_alone() -> None:
    nowhere = redis.Redis(host="127.0.0.1", port=1, socket_connect_timeout=0.2)
    limiter = RedisLimiter(nowhere, FakeClock())
    assert [limiter.wait("a", per_minute=2) > 0 for _ in range(3)] == [False, False, True]
