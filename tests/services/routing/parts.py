"""Two providers of texts beside each other, and the rows about them."""

from datetime import timedelta
from typing import Any

from followup.domain.breaker import Circuit
from followup.domain.escalation import Escalation, EscalationState
from followup.domain.halt import Halt
from followup.domain.message import Channel, Message
from followup.providers.twilio_codes import CODES
from followup.services.context import Context
from followup.storage import attempts, escalations, messages
from followup.storage.database import Database
from followup.storage.routing import circuits, halts
from tests.builders import CLINIC, make_ctx
from tests.fakes import FakeClock, FakeProvider
from tests.services.seeds import stored

FIRST, SECOND = ("first", "+14165550100"), ("second", "+14165550101")


class Two:
    """A context with two providers of texts, and clocks to move; the first one is the first choice."""

    def __init__(self, database: Database, **overrides: Any) -> None:
        self.clock, self.ops = FakeClock(), FakeClock()
        self.first, self.second = (FakeProvider(name=n, sender=s, codes=CODES) for n, s in (FIRST, SECOND))
        self.mail = FakeProvider(Channel.EMAIL, codes=CODES)
        self.ctx: Context = make_ctx(
            database, clock=self.clock, ops=self.ops, providers={Channel.SMS: self.first, Channel.EMAIL: self.mail},
            further={Channel.SMS: (self.second,)}, **overrides,
        )  # fmt: skip

    def pass_time(self, **of: float) -> None:
        """Both clocks go on."""
        self.clock.advance(timedelta(**of))
        self.ops.advance(timedelta(**of))

    @property
    def calls(self) -> tuple[int, int]:
        """How many calls each provider had."""
        return (len(self.first.calls), len(self.second.calls))


def circuit(ctx: Context, key: tuple[str, str] = FIRST) -> Circuit:
    """The circuit of a provider."""
    with ctx.db.reading() as conn:
        return circuits.get(conn, key, born=ctx.ops.now())


def halted(ctx: Context) -> list[Halt]:
    """Every halt."""
    with ctx.db.reading() as conn:
        return halts.standing(conn)


def told(ctx: Context) -> list[Escalation]:
    """What staff are asked to look at."""
    with ctx.db.reading() as conn:
        return escalations.listing(conn, CLINIC, states=[EscalationState.OPEN])


def heirs(ctx: Context, message_id: str = "msg_1") -> list[Message]:
    """The successors of a message."""
    with ctx.db.reading() as conn:
        return messages.heirs(conn, stored(ctx, message_id).id)


def tried(ctx: Context, message_id: str = "msg_1") -> list[tuple[str, str | None]]:
    """Provider and outcome of each attempt, first to last."""
    with ctx.db.reading() as conn:
        return [(row["provider"], row["outcome"]) for row in attempts.of_message(conn, stored(ctx, message_id).id)]
