"""The fakes keep the promises of the ports they stand for."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from followup.domain.errors import Unavailable
from followup.domain.ids import AttemptId, MessageId
from followup.domain.outcome import Accepted, Rejected, Transient, Unknown
from followup.ports import Absent, Clock, Ids, Jobs, Network, Provider, Seen, Sighting
from followup.sandbox.fakes import Scripted
from tests.fakes import (
    START,
    FakeClock,
    FakeIds,
    FakeProvider,
    InlineJobs,
    InlineNetwork,
    Swallowed,
    inbound_request,
    receipt_request,
)
from tests.providers.parts import TEXT

SIGHTING = Sighting(TEXT.message_id, TEXT.to, TEXT.sender, TEXT.text, START, START)


def test_the_fakes_fit_their_ports() -> None:
    clock: Clock = FakeClock()
    ids: Ids = FakeIds()
    provider: Provider = FakeProvider()
    jobs: Jobs = InlineJobs()
    network: Network = InlineNetwork()
    assert all((clock, ids, provider, jobs, network))


def test_the_clock_moves_only_when_told() -> None:
    clock = FakeClock()
    assert clock.now() == clock.now() == START
    assert clock.advance(timedelta(days=1)) == clock.now() == START + timedelta(days=1)


def test_ids_sort_and_have_the_real_length() -> None:
    ids = FakeIds()
    made = [ids.new("msg") for _ in range(12)]
    assert made == sorted(made)
    assert {len(one) for one in made} == {30}
    assert len(ids.token()) == 22


def test_scripted_outcomes_come_in_order_then_acceptance() -> None:
    script: list[Scripted] = [Transient("a", ""), Swallowed(), Unknown("b", "")]
    provider = FakeProvider(outcomes=script)
    outcomes = [InlineNetwork().submit(provider.send(TEXT)).result() for _ in range(4)]
    assert [type(one) for one in outcomes] == [Transient, Unknown, Unknown, Accepted]
    assert (len(provider.calls), len(provider.ledger)) == (4, 2)


def test_a_scripted_function_sees_the_message() -> None:
    provider = FakeProvider(outcomes=[lambda outbound: Accepted(outbound.to)])
    assert asyncio.run(provider.send(TEXT)) == Accepted(TEXT.to)


def test_a_look_up_answers_from_the_ledger() -> None:
    provider = FakeProvider(outcomes=[Swallowed()])
    assert asyncio.run(provider.look_up(SIGHTING)) == Absent()
    asyncio.run(provider.send(replace(TEXT, attempt_id=AttemptId("att_7"))))
    assert asyncio.run(provider.look_up(SIGHTING)) == Seen("ref-att_7", "sent")


def test_hooks_are_read_once_signed() -> None:
    provider, told = FakeProvider(), receipt_request("undelivered", code="30005")
    receipt = provider.read_receipt(told, MessageId("msg_1"))
    inbound = provider.read_inbound(inbound_request("STOP", sender=TEXT.to), START)
    assert provider.verify(told)
    assert not provider.verify(replace(told, headers={}))
    assert (receipt and receipt.error_code, inbound and inbound.text) == ("30005", "STOP")


def test_jobs_run_in_order_with_what_they_ring() -> None:
    ran: list[str] = []
    jobs = InlineJobs()
    jobs.handlers = {"first": lambda ids: jobs.ring("second", ids), "second": lambda ids: ran.extend(ids)}
    jobs.ring("first", ["a", "b"])
    assert (jobs.drain(), ran) == (2, ["a", "b"])


def test_a_lost_broker_takes_no_bell() -> None:
    jobs = InlineJobs()
    jobs.away = True
    with pytest.raises(Unavailable):
        jobs.ring("first", ["a"])


def test_an_error_of_the_work_stays_in_its_future() -> None:
    async def fail() -> Rejected:
        raise ValueError("boom")

    with pytest.raises(ValueError, match="boom"):
        InlineNetwork().submit(fail()).result()
