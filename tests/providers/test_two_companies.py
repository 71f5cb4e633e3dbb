"""Two companies over real HTTP behind the real engine: one fails, the other takes over, and nothing goes twice."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from followup.domain.breaker import CircuitState
from followup.domain.message import Channel, MessageState
from followup.network import LoopThread
from followup.sandbox.carrier import Carrier
from followup.sandbox.vonage import VonageCarrier
from followup.services.context import Context
from followup.services.routing import lineup
from followup.storage.database import open_database
from followup.storage.routing import circuits
from tests.builders import make_ctx
from tests.fakes import FakeClock, FakeProvider
from tests.providers.parts import make_twilio, make_vonage
from tests.services.seeds import numbered, run, seed, seed_many, state, stored


@pytest.fixture
def ctx(sqlite_url: str, carrier: Carrier, exchange: VonageCarrier) -> Iterator[Context]:
    """Twilio first, Vonage behind it."""
    database, network = open_database(sqlite_url), LoopThread()
    providers = {Channel.SMS: make_twilio(carrier.url), Channel.EMAIL: FakeProvider(Channel.EMAIL)}
    further = {Channel.SMS: (make_vonage(exchange.url),)}
    made = make_ctx(database, ops=FakeClock(), providers=providers, further=further, network=network)
    yield made
    for provider in lineup.everyone(made):
        network.submit(provider.close()).result(timeout=5)
    network.close()
    database.close()


def later(ctx: Context, seconds: float) -> None:
    assert isinstance(ctx.ops, FakeClock)
    ctx.ops.advance(timedelta(seconds=seconds))


def state_of_first(ctx: Context) -> CircuitState:
    with ctx.db.reading() as conn:
        return next(found.state for key, found in circuits.standing(conn).items() if key[0] == "twilio")


def test_the_other_takes_over_and_gives_back(ctx: Context, carrier: Carrier, exchange: VonageCarrier) -> None:
    carrier.faults.add({"kind": "cut", "count": 5})
    seed_many(ctx, 5)
    run(ctx)
    assert state_of_first(ctx) is CircuitState.OPEN
    seed(ctx, patient=numbered(6), number=6)
    run(ctx)
    assert [entry["to"] for entry in exchange.messages] == [numbered(6).contact_points[0].value[1:]]
    later(ctx, 31)
    seed(ctx, patient=numbered(7), number=7)
    run(ctx)
    assert (len(carrier.messages), state_of_first(ctx)) == (1, CircuitState.CLOSED)


@pytest.mark.parametrize("kind", ["accept-then-cut", "500-accepted"])
def test_what_was_taken_goes_to_nobody_else(ctx: Context, carrier: Carrier, exchange: VonageCarrier, kind: str) -> None:
    carrier.faults.add({"kind": kind, "count": 5})
    seed_many(ctx, 5)
    run(ctx)
    assert state_of_first(ctx) is CircuitState.OPEN
    later(ctx, 120)
    run(ctx)
    assert (len(carrier.messages), len(exchange.messages)) == (5, 0)
    assert {state(ctx, f"msg_{n}") for n in range(1, 6)} <= {MessageState.UNCONFIRMED, MessageState.SENT}


def test_refused_credentials_move_new_texts(ctx: Context, carrier: Carrier, exchange: VonageCarrier) -> None:
    carrier.options = type(carrier.options)(auth_token="changed")
    seed_many(ctx, 3)
    run(ctx)
    assert (len(carrier.messages), len(exchange.messages)) == (0, 3)
    assert {stored(ctx, f"msg_{n}").provider for n in (1, 2, 3)} == {"vonage"}
