"""The actors: each takes ids, may run twice, and hands them to one use case."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dramatiq

from followup.actors.broker import QUEUES
from followup.domain.errors import Unavailable
from followup.log import fault_of, get_logger
from followup.services import deliver, enroll
from followup.services.alerts import handle
from followup.services.calling import send
from followup.services.context import Context
from followup.services.proof import resolve

_log = get_logger("actors")


@dataclass(frozen=True, slots=True)
class Work:
    """A use case behind an actor. `retries`: how often the broker tries again while the database is away."""

    run: Callable[[Context, Sequence[str]], object]
    priority: int
    retries: int = 5


#: Deliveries are never tried again by the broker: their rows come back by their lease.
ACTORS = {
    "process_events": Work(enroll.process_events, priority=0),
    "tell_staff": Work(handle.tell, priority=1),
    "resolve_unconfirmed": Work(resolve.resolve, priority=2),
    "call_systems": Work(send.send, priority=4),
    "deliver_messages": Work(deliver.deliver, priority=3, retries=0),
}


class ActorFault(Exception):
    """A use case failed; carries the error's type and place alone, for dramatiq writes it to the dead letters."""


def declare(broker: dramatiq.Broker, context: Callable[[], Context], *, actors: Mapping[str, Work] = ACTORS) -> None:
    """Declare the actors on `broker`; `context` is asked anew for every call."""
    for name, work in actors.items():
        options: dict[str, Any] = {"max_retries": work.retries, "throws": ActorFault}
        as_actor = dramatiq.actor(
            broker=broker, actor_name=name, queue_name=QUEUES[name], priority=work.priority, **options
        )
        as_actor(_silent(name, work, context))


def _silent(name: str, work: Work, context: Callable[[], Context]) -> Callable[[list[str]], None]:
    """`work` as an actor whose failures reach neither log nor broker with their text, for it may quote a patient."""

    def act(ids: list[str]) -> None:
        failure = _failure(work, context, ids)
        if failure is None:
            return
        _log.error("actor failed", actor=name, ids=len(ids), cause=str(failure))
        if isinstance(failure, ActorFault) or work.retries:
            raise failure

    return act


def _failure(work: Work, context: Callable[[], Context], ids: Sequence[str]) -> ActorFault | dramatiq.Retry | None:
    """What to raise once the error itself is forgotten: raised within `except` it would drag that along."""
    try:
        work.run(context(), ids)
    except Unavailable as error:
        return dramatiq.Retry(error.message, delay=1000)
    except Exception as error:  # noqa: BLE001 -- whatever it is, its text must not reach dramatiq
        return ActorFault(fault_of(error))
    return None
