"""The choice of a provider for a message that may start, made before the start and never after it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.engine import Connection

from followup.domain import breaker
from followup.domain.breaker import Choice, Way
from followup.domain.clinic import Clinic
from followup.domain.ids import AttemptId, MessageId
from followup.domain.message import Message
from followup.ports import Provider
from followup.services.context import Context
from followup.services.routing import circuits, lineup
from followup.storage import attempts, inbound
from followup.storage.routing import circuits as rows

#: How an attempt ended that proves that its provider did not take the message.
_TURNED_AWAY = frozenset({"transient", "rejected"})


class Chooser:
    """Knows, for one batch, the circuits and where these messages were tried before."""

    def __init__(self, ctx: Context, conn: Connection, batch: Sequence[Message]) -> None:
        self._ctx, self._conn = ctx, conn
        self._circuits = rows.standing(conn)
        tried = [message.id for message in batch if message.attempt_no]
        self._before: Mapping[MessageId, Mapping[str, Any]] = attempts.latest(conn, tried) if tried else {}

    def among(self, free: Sequence[Provider], message: Message, *, clinic: Clinic) -> Choice[Provider]:
        """One of `free`: where the patient wrote or where a doubt was resolved, else the first whose circuit lets it.

        A provider that has just turned this message away comes last.
        """
        if len(free) == 1 and not self._circuits:
            return Choice(free[0])
        before = self._before.get(message.id)
        away = before["provider"] if before is not None and before["outcome"] in _TURNED_AWAY else None
        own = self._own(message) or (before["provider"] if before is not None and away is None else None)
        resolved = before is not None and before["outcome"] == "unknown"  # proven absent: again where it was
        there = [one for one in free if resolved and one.name == own]
        ordered = there or sorted(free, key=lambda one: one.name != own)
        ways = [Way(one, self._circuit(clinic, one), shunned=one.name == away) for one in ordered]
        return breaker.choose(ways, self._ctx.ops.now())

    def take(self, provider: Provider, sender: str, attempt: AttemptId) -> bool:
        """Let this attempt try the provider's circuit; False if another one was first, then it goes all the same."""
        key = (provider.name, sender)
        taken = circuits.take(self._ctx, self._conn, key, before=self._circuits[key], attempt=attempt)
        self._circuits = rows.standing(self._conn)
        return taken

    def _circuit(self, clinic: Clinic, provider: Provider) -> breaker.Circuit:
        return circuits.of(self._circuits, (provider.name, lineup.sender_at(self._ctx, clinic, provider)), self._ctx)

    def _own(self, message: Message) -> str | None:
        """The provider by which came what this message answers."""
        answers = message.context if message.enrollment_id is None else None
        came = inbound.get(self._conn, message.clinic_id, answers) if answers else None
        return came.provider if came is not None else None
