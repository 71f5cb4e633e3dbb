"""STOP while a thousand messages are queued and sending: once it was answered nothing more starts."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import Event, Thread

import pytest
import sqlalchemy as sa

from followup.clock import SystemIds
from followup.domain.booking import Treatment
from followup.domain.enrollment import Enrollment
from followup.domain.ids import EnrollmentId, MessageId, PatientId, TreatmentId
from followup.domain.message import Channel
from followup.domain.outcome import Outcome
from followup.network import LoopThread
from followup.ports import Outbound
from followup.services import answer, deliver, dispatch
from followup.services.context import Context
from followup.storage import enrollments, messages, patients, treatments
from followup.storage.database import Database
from followup.storage.tables import attempts
from followup.storage.tables import messages as table
from tests.builders import CLINIC, PERFORMED, PHONE, make_ctx, make_message, make_patient
from tests.fakes import FakeProvider, InlineJobs, inbound_request
from tests.services.seeds import seed_many

MANY, HALF_WAY, WORKERS, HELD = 1000, 150, 4, 6
REF = "skinpen-microneedling/day-1"


class Carrier(FakeProvider):
    """Says when it is in the thick of it, and keeps a few calls on the wire until it is told to let go."""

    def __init__(self) -> None:
        super().__init__(Channel.SMS)
        self.thick, self.let_go = Event(), asyncio.Event()

    async def send(self, outbound: Outbound) -> Outcome:
        place = len(self.calls)
        outcome = await super().send(outbound)
        if place >= HALF_WAY:
            self.thick.set()
        if HALF_WAY - HELD < place <= HALF_WAY:
            await self.let_go.wait()
        return outcome


def crowd(ctx: Context) -> None:
    """A thousand patients on one number, each with a message that is due."""
    ids = range(1, MANY + 1)
    protocol, version = ctx.protocols.need("skinpen-microneedling"), ctx.templates.version(REF)
    people = [make_patient(id=PatientId(f"P-{n}"), contact_points=make_patient().contact_points[:1]) for n in ids]
    begun = [
        Enrollment(EnrollmentId(f"enr_{n}"), CLINIC, PatientId(f"P-{n}"), protocol.key, protocol.version, "treatment",
                   f"T-{n}", PERFORMED, f"evt_{n}")
        for n in ids
    ]  # fmt: skip
    due = [
        make_message(id=MessageId(f"msg_{n:04d}"), patient_id=f"P-{n}", enrollment_id=f"enr_{n}", template_ref=REF,
                     template_version=version, channels=(Channel.SMS,))
        for n in ids
    ]  # fmt: skip
    with ctx.db.transaction() as conn:
        patients.put_many(conn, people, ctx.clock.now())
        treatments.put_many(conn, CLINIC, [
            Treatment(TreatmentId(f"T-{n}"), PatientId(f"P-{n}"), protocol.treatment_codes[0], PERFORMED) for n in ids
        ])  # fmt: skip
        enrollments.add(conn, begun)
        messages.add(conn, due, ctx.clock.now())


def started(ctx: Context) -> set[str]:
    """The messages whose start is written."""
    with ctx.db.reading() as conn:
        return set(conn.scalars(sa.select(attempts.c.message_id)))


@contextmanager
def workers(ctx: Context) -> Iterator[list[Thread]]:
    """Several at work on all that was rung for."""
    jobs = ctx.jobs
    assert isinstance(jobs, InlineJobs)
    batches: SimpleQueue[tuple[str, ...]] = SimpleQueue()
    for actor, ids in jobs.rung:
        if actor == "deliver_messages":
            batches.put(ids)

    def work() -> None:
        while True:
            try:
                deliver.deliver(ctx, batches.get_nowait())
            except Empty:
                return

    threads = [Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    yield threads
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads)


@pytest.mark.slow
@pytest.mark.parametrize("text", ["STOP", "arrêtez de m'écrire"])
def test_nothing_starts_after_a_stop_was_answered(database: Database, text: str) -> None:
    carrier, network = Carrier(), LoopThread()
    ctx = make_ctx(database, ids=SystemIds(), network=network, jobs=InlineJobs())
    ctx = replace(ctx, providers={**ctx.providers, Channel.SMS: carrier})
    crowd(ctx)
    assert dispatch.sweep(ctx).messages == MANY
    with workers(ctx):
        assert carrier.thick.wait(60)
        answer.take_inbound(ctx, inbound_request(text, sender=PHONE))
        before = started(ctx)
        network.submit(_release(carrier)).result(10)
    after = {o.message_id for o in carrier.calls}
    with ctx.db.reading() as conn:
        states = dict(conn.execute(sa.select(table.c.state, sa.func.count()).where(table.c.enrollment_id.is_not(None))
                                   .group_by(table.c.state)).all())  # fmt: skip
    assert HALF_WAY <= len(before) < MANY
    assert (started(ctx), after) == (before, before)
    assert states == {"sent": len(before), "skipped": MANY - len(before)}
    network.close()


async def _release(carrier: Carrier) -> None:
    carrier.let_go.set()


def test_no_stop_fits_between_gate_and_start(database: Database) -> None:
    ctx = make_ctx(database, ids=SystemIds(), jobs=InlineJobs())
    seed_many(ctx, 2)
    dispatch.sweep(ctx)
    answered: list[set[str]] = []

    def reach(point: str) -> None:
        if point == "begin.begin:after_commit" and not answered:
            answer.take_inbound(ctx, inbound_request("STOP", sender="+14165551001"))
            answered.append(started(ctx))

    ctx.db.reach = reach
    deliver.deliver(ctx, ["msg_1", "msg_2"])
    ctx.db.reach = None
    assert [started(ctx)] == answered == [{"msg_1", "msg_2"}]
