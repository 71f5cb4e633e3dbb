"""The bell: one broker by its address, and what every worker process does when it starts and ends."""

import ctypes
import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from urllib.parse import unquote, urlsplit

import dramatiq
import pika.exceptions  # type: ignore[import-untyped]
import redis
from dramatiq.brokers.rabbitmq import RabbitmqBroker
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import Middleware, Retries
from redis.backoff import NoBackoff
from redis.retry import Retry
from redis.sentinel import Sentinel

from followup.domain.errors import SettingError, Unavailable
from followup.log import get_logger
from followup.services.context import Context

#: Planning has a queue of its own, so that a burst of deliveries never stands before a new event.
QUEUES = {
    "process_events": "plan",
    "tell_staff": "plan",
    "deliver_messages": "send",
    "resolve_unconfirmed": "send",
    "call_systems": "send",
}
#: Every failure of a broker that is away or full, of Redis and RabbitMQ alike.
AWAY = (dramatiq.BrokerConnectionError, redis.RedisError, pika.exceptions.AMQPError, OSError)

_CURE = "start Redis, Valkey or RabbitMQ, or see REDIS_URL and BROKER_URL"
_WAIT = {"socket_timeout": 10, "socket_connect_timeout": 5, "retry": Retry(NoBackoff(), 1)}
#: Dead workers are noticed in seconds; should a healthy one be taken for dead, actors may run twice.
_REDIS = {"heartbeat_timeout": 15_000, "maintenance_chance": 50_000, "dead_message_ttl": 86_400_000}
_log = get_logger("broker")


def make_broker(url: str, *middleware: Middleware) -> dramatiq.Broker:
    """A broker for `unix://`, `redis://`, `rediss://`, `sentinel://` or `amqp://`; it connects with its first work."""
    chain = [Retries(max_retries=0), *middleware]
    if url.startswith(("amqp://", "amqps://")):
        logging.getLogger("pika").setLevel(logging.CRITICAL)  # its errors reach us as exceptions
        return RabbitmqBroker(url=url, confirm_delivery=True, middleware=chain)
    return RedisBroker(client=_redis_client(url), middleware=chain, **_REDIS)  # type: ignore[no-untyped-call]


def _redis_client(url: str) -> "redis.Redis":
    if not url.startswith("sentinel://"):
        return redis.Redis.from_url(url, **_WAIT)
    parts = urlsplit(url)
    hosts = [pair.rpartition(":") for pair in parts.netloc.rpartition("@")[2].split(",")]
    service, _, number = parts.path.strip("/").partition("/")
    if not service or not all(host and port.isdigit() for host, _, port in hosts):
        raise SettingError("BROKER_URL", "names no master", cure="write sentinel://host:26379,host:26379/master/0")
    secret = unquote(parts.netloc.rpartition("@")[0].rpartition(":")[2]) or None
    nodes = [(host, int(port)) for host, _, port in hosts]
    sentinel = Sentinel(nodes, password=secret, **_WAIT)  # type: ignore[no-untyped-call]
    return sentinel.master_for(service, db=int(number or 0))  # type: ignore[no-untyped-call, no-any-return]


def check_broker(broker: dramatiq.Broker) -> None:
    """Raises `Unavailable` unless the broker answers now."""
    try:
        if isinstance(broker, RedisBroker):
            broker.client.ping()
        elif isinstance(broker, RabbitmqBroker):
            broker.connection.process_data_events(time_limit=0)
    except AWAY as error:
        if isinstance(broker, RabbitmqBroker):
            del broker.connection
        raise Unavailable(f"the broker does not answer ({type(error).__name__})", cure=_CURE) from None


def close_broker(broker: dramatiq.Broker) -> None:
    """Give back its connections; dramatiq leaves those to Redis open."""
    broker.close()
    if isinstance(broker, RedisBroker):
        broker.client.close()


class BrokerJobs:
    """Rings actors through a broker."""

    def __init__(self, broker: dramatiq.Broker) -> None:
        self.broker = broker

    def ring(self, actor: str, ids: Sequence[str]) -> None:
        """Hand ids to an actor; raises `Unavailable` when the broker is away or full, and nothing is lost then."""
        message: dramatiq.Message[None] = dramatiq.Message(
            queue_name=QUEUES[actor], actor_name=actor, args=(list(ids),), kwargs={}, options={}
        )
        try:
            self.broker.enqueue(message)
        except AWAY as error:
            raise Unavailable(f"the broker does not answer ({type(error).__name__})", cure=_CURE) from None


class Opening(Middleware):
    """Opens the context when a worker process starts and closes it after the last actor has returned."""

    def __init__(self, build: Callable[[], Context], close: Callable[[Context], None]) -> None:
        self._build, self._close = build, close
        self._ctx: Context | None = None
        self.outage = OneLinePerOutage()

    @property
    def ctx(self) -> Context:
        """The context of this process."""
        assert self._ctx is not None, "no worker has started in this process"
        return self._ctx

    def before_worker_boot(self, _broker: dramatiq.Broker, worker: dramatiq.Worker) -> None:
        """Tie the process to its master, and open."""
        tie_to_parent()
        for handler in logging.getLogger().handlers:
            handler.addFilter(self.outage)
        self._ctx = self._build()
        _log.info("worker ready", threads=worker.worker_threads)

    def before_process_message(self, _broker: dramatiq.Broker, _message: dramatiq.MessageProxy) -> None:
        """Work comes in, so the broker is there."""
        self.outage.back()

    def after_worker_shutdown(self, _broker: dramatiq.Broker, _worker: dramatiq.Worker) -> None:
        """Close, once nothing runs any more."""
        if self._ctx is not None:
            self._close(self._ctx)


def tie_to_parent() -> None:
    """Drain when the master is killed: dramatiq's processes would live on without it (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
        parent = multiprocessing.parent_process()
        if parent is not None and parent.pid != os.getppid():
            raise SystemExit(0)


class OneLinePerOutage(logging.Filter):
    """Lets a worker say once that its broker went away: dramatiq says it for every queue at every try."""

    def __init__(self) -> None:
        super().__init__()
        self.away = False

    def filter(self, record: logging.LogRecord) -> bool:
        """Swallow dramatiq's own lines about connections; all others pass."""
        words = str(record.msg)
        if not record.name.startswith("dramatiq.") or "connection" not in words:
            return True
        if not self.away:
            self.away = True
            _log.warning("broker away; what is due waits in the database")
        return False

    def back(self) -> None:
        """Say once that work comes in again."""
        if self.away:
            self.away = False
            _log.info("broker back")
