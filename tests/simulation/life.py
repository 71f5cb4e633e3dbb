"""A patient's messages under every fault there is, one small step at a time, as a Hypothesis state machine."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from followup.app import with_crash_points
from followup.domain.errors import TooLate
from followup.domain.ids import MessageId, PatientId
from followup.domain.message import Channel, MessageState, Reason
from followup.ports import Outbound
from followup.sandbox.clinic import Teller
from followup.sandbox.simulation.luck import Crash
from followup.services import answer, deliver, dispatch, enroll, heal, record, settle
from followup.services.alerts import handle
from followup.services.begin import begin
from followup.services.control import steer, withhold
from followup.services.finish import finish
from followup.services.proof import chase, decide, resolve
from followup.services.record import Caller
from followup.services.routing import circuits
from followup.services.slots import Slots
from followup.storage.database import Database
from tests.builders import CLINIC
from tests.fakes import FakeClock, InlineJobs, inbound_request, receipt_request
from tests.simulation import cells
from tests.simulation.liar import DOUBTS, HANGS, LOOKS, MOODS, TAKES_AND_CUTS, Liar
from tests.simulation.oaths import Oaths
from tests.simulation.stage import LIMIT, PEOPLE, RECEIPTS, WHO, Flight, Fuse, anyone, choose, context, people, restore


class Life(RuleBasedStateMachine):
    """The rules are what may happen; what must hold is sworn in `oaths`. Workers, a scheduler and a web door."""

    #: Three people who were treated five minutes ago, planned and not yet swept; every life begins with a copy.
    begun: ClassVar[Path]
    db: ClassVar[Database]  # one engine for all lives: it keeps its compiled statements
    visited: ClassVar[Counter[cells.Cell]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.clock, self.ops, self.fuse = FakeClock(), FakeClock(), Fuse()
        self.loop = asyncio.new_event_loop()
        self.flights: list[Flight] = []
        self.teller, self.count = Teller(), 100
        self.treatments = [(person, f"T-{person.id}") for person in PEOPLE]
        self.jobs = InlineJobs()
        self.oaths = Oaths(self.flights)

    @initialize(settle=st.sampled_from([timedelta(minutes=15), timedelta(seconds=20)]))
    def open(self, settle: timedelta) -> None:
        self.liars = {c: Liar(c, self.ops, settle=settle, watch=self.oaths.on_call) for c in Channel}
        self.sms, self.mail = self.liars[Channel.SMS], self.liars[Channel.EMAIL]
        restore(self.db, self.begun)
        self.ctx = with_crash_points(
            context(self.db, settle, clock=self.clock, ops=self.ops, providers=dict(self.liars), jobs=self.jobs),
            self.fuse,
        )
        self.oaths.bind(self.ctx, self.liars)
        dispatch.sweep(self.ctx)
        self.jobs.handlers = {
            "process_events": lambda ids: enroll.process_events(self.ctx, ids),
            "deliver_messages": lambda ids: deliver.deliver(self.ctx, ids),
            "resolve_unconfirmed": lambda ids: resolve.resolve(self.ctx, ids),
            "tell_staff": lambda ids: handle.tell(self.ctx, ids),
        }

    # Doors: what comes from outside comes again until it was answered ------------------------------------------
    @rule(
        person=people,
        what=st.sampled_from(["treated", "treated", "corrected", "corrected", "booked", "voided"]),
        pick=anyone,
    )
    def tell(self, person: str, what: str, pick: int) -> None:
        self.count += 1
        whom = WHO[person]
        now, (who, treatment) = self.clock.now(), self.treatments[pick % len(self.treatments)]
        match what:
            case "treated":
                treatment = f"T-{self.count}"
                told = self.teller.treated(whom, now - timedelta(minutes=5), treatment=treatment)
                self.treatments.append((whom, treatment))
            case "corrected":
                performed = now - timedelta(hours=pick, minutes=6)
                told = self.teller.corrected(who, now, treatment=treatment, performed_at=performed)
            case "booked":
                starts = now + timedelta(days=30)
                told = self.teller.booked(whom, now, booking=f"B-{self.count}", starts_at=starts)
            case _:
                told = self.teller.voided(who, now, treatment=treatment)
        event = dict(told.event, id=f"E-{self.count}")
        self._insist(lambda: record.accept(self.ctx, event, caller=Caller(CLINIC)))

    @rule(person=st.sampled_from(["Ana", "Ben"]), word=st.sampled_from(["STOP", "START", "START", "HELP", "it itches"]))
    def write(self, person: str, word: str) -> None:
        self.count += 1
        request = inbound_request(word, sender=WHO[person].sms, ref=f"in-{self.count}")
        self._insist(lambda: answer.take_inbound(self.ctx, request))
        self.oaths.heard(WHO[person].sms, word)

    @precondition(lambda self: self.sms.ledger)
    @rule(state=st.sampled_from(MessageState), pick=anyone, receipt=st.sampled_from(RECEIPTS))
    def receive(self, state: MessageState, pick: int, receipt: tuple[str, str]) -> None:
        """A receipt, in any order and any number, for a text that is in this state if there is one, or a stranger's."""
        stranger = receipt_request("delivered", ref="ref-stranger")
        self._insist(lambda: settle.take_receipt(self.ctx, stranger, MessageId("msg_stranger")))
        among = {m.id for m in self.oaths.of(state)}
        taken = [o for o in self.sms.ledger if o.message_id in among] or self.sms.ledger
        self._receive(taken[-1 - pick % len(taken)], *receipt)

    def _receive(self, taken: Outbound, status: str, code: str = "") -> None:
        request = receipt_request(status, ref=self.sms.ref(taken), code=code)
        self._insist(lambda: settle.take_receipt(self.ctx, request, taken.message_id))

    # Staff ------------------------------------------------------------------------------------------------------
    @rule(person=people, deed=st.sampled_from([withhold.pause, withhold.resume, withhold.stop]))
    def control(self, person: str, deed: Callable[..., int]) -> None:
        self._insist(lambda: deed(self.ctx, CLINIC, PatientId(WHO[person].id), by="RN Okafor", reason="asked for"))
        self.oaths.controlled(WHO[person], deed.__name__)

    @rule(deed=st.sampled_from([steer.skip, steer.send_now, steer.undo, steer.undo]), pick=anyone)
    def steer(self, deed: Callable[..., None], pick: int) -> None:
        """One message is skipped, sent now, or as it was, if it is not too late for that."""
        skipped = [m for m in self.oaths.of(MessageState.CANCELLED) if m.reason == Reason.STAFF]
        one = choose((deed is steer.undo and skipped) or self.oaths.every, pick)
        with suppress(TooLate):
            self._alive(lambda: deed(self.ctx, CLINIC, MessageId(one.id), by="RN Okafor", reason="asked for"))

    @precondition(lambda self: self.oaths.of(MessageState.UNCONFIRMED))
    @rule(pick=anyone, went=st.booleans())
    def say(self, pick: int, went: bool) -> None:
        """A person decides, right or wrong."""
        message = choose(self.oaths.of(MessageState.UNCONFIRMED), pick)
        self.oaths.said(message, went)
        self._alive(lambda: decide.decide(self.ctx, CLINIC, MessageId(message.id), went=went, by="RN Okafor"))

    # The machine -------------------------------------------------------------------------------------------------
    @rule()
    def sweep(self) -> None:
        self._alive(lambda: dispatch.sweep(self.ctx))

    @precondition(lambda self: self.jobs.waiting)
    @rule(pick=anyone, twice=st.booleans())
    def work(self, pick: int, twice: bool) -> None:
        """A worker takes a job, in whatever order; the broker may keep it and hand it out again."""
        actor, ids = choose(self.jobs.waiting, pick)
        if not twice:
            self.jobs.waiting.remove((actor, ids))
        self._alive(lambda: self.jobs.handlers[actor](ids))

    @precondition(lambda self: self.jobs.waiting)
    @rule(wiped=st.booleans())
    def trouble_the_broker(self, wiped: bool) -> None:
        if wiped:
            self.jobs.wipe()
        else:
            self.jobs.waiting.extend(list(self.jobs.waiting))

    @rule(tick=st.sampled_from([chase.chase, heal.heal, circuits.watch, enroll.Completion()]))
    def tick(self, tick: Callable[..., object]) -> None:
        self._alive(lambda: tick(self.ctx))

    @rule(points=st.integers(1, 9))
    def will_crash(self, points: int) -> None:
        self.fuse.left = points

    # An attempt, step by step, in workers of their own ------------------------------------------------------------
    @precondition(lambda self: self.oaths.of(MessageState.QUEUED))
    @rule(pick=anyone)
    def start(self, pick: int) -> None:
        one = choose(self.oaths.of(MessageState.QUEUED), pick)
        self._alive(lambda: self.flights.extend(map(Flight, begin(self.ctx, [MessageId(one.id)]))))

    @precondition(lambda self: any(f.call is None for f in self.flights))
    @rule(pick=anyone)
    def call(self, pick: int) -> None:
        """The request leaves, if its lease still lives, and waits for the carrier's answer."""
        flight = choose([f for f in self.flights if f.call is None], pick)
        liar = self.liars[flight.started.outbound.channel]
        liar.waits = True
        flight.call = self.loop.create_task(deliver._send(self.ctx, flight.started))
        flight.until = self.ops.now() + LIMIT
        self._spin()
        liar.waits = False

    @precondition(lambda self: self._on_the_wire())
    @rule(pick=anyone, mood=st.sampled_from(MOODS))
    def come_back(self, pick: int, mood: str) -> None:
        self._answer(choose(self._on_the_wire(), pick), mood)

    @precondition(lambda self: any(f.is_back for f in self.flights))
    @rule()
    def land(self) -> None:
        """All that is back is stored, however long that took."""
        back = [f for f in self.flights if f.is_back]
        landed = [(f.started, f.call.result()) for f in back if f.call is not None]
        self._alive(lambda: finish(self.ctx, landed))
        self._forget(back)

    @precondition(lambda self: self.flights)
    @rule()
    def die(self) -> None:
        """The workers are killed with whatever they had."""
        self._forget(list(self.flights))

    @rule(mood=st.sampled_from(MOODS), pick=anyone)
    def attempt(self, mood: str, pick: int) -> None:
        """The way to an outcome in one go, from the next due time on if nothing is queued."""
        self._try(mood, pick)
        if any(f.is_back for f in self.flights):
            self.land()

    @rule(mood=st.sampled_from(DOUBTS), pick=anyone, ends=st.sampled_from(["lands", "dies", "hangs on"]))
    def attempt_in_doubt(self, mood: str, pick: int, ends: str) -> None:
        """An attempt whose outcome the carrier alone knows; its worker may die, or store it much later."""
        self._try(mood, pick)
        if ends == "dies":
            self._forget(list(self.flights))
            self._pass(self.ctx.settings.lease + timedelta(seconds=1))
            self.sweep()
        elif ends == "lands" and any(f.is_back for f in self.flights):
            self.land()

    def _try(self, mood: str, pick: int) -> None:
        if not self.oaths.of(MessageState.QUEUED):
            self._pass_until_due()
            self.sweep()
            self.oaths.read()
        if self.oaths.of(MessageState.QUEUED):
            self.start(pick)
        if any(f.call is None for f in self.flights):
            self.call(pick)
        if self._on_the_wire():
            self._answer(self._on_the_wire()[-1], mood)

    @precondition(lambda self: self.oaths.of(MessageState.UNCONFIRMED))
    @rule(look=st.sampled_from(LOOKS), settled=st.booleans())
    def ask(self, look: str, settled: bool) -> None:
        """The carrier is asked about all that is in doubt, before or after the settle time."""
        if settled:
            self._pass(self.ctx.settings.settle + timedelta(seconds=1))
        self.sms.looks_ahead.append(look)
        doubtful = [m.id for m in self.oaths.of(MessageState.UNCONFIRMED)]
        self._alive(lambda: resolve.resolve(self.ctx, doubtful))

    # The carrier, and time ---------------------------------------------------------------------------------------
    @rule(mood=st.sampled_from(MOODS), channel=st.sampled_from(list(Channel)), look=st.sampled_from(LOOKS))
    def trouble_the_carrier(self, mood: str, channel: Channel, look: str) -> None:
        self.liars[channel].moods.append(mood)
        self.sms.looks_ahead.append(look)

    @precondition(lambda self: self.sms.late)
    @rule()
    def take_late(self) -> None:
        self.sms.arrive()

    @rule(seconds=st.sampled_from([0, 0, 1, 5, 25, 61, 100, 1000]))
    def wait(self, seconds: int) -> None:
        """A while, or until something is due."""
        if seconds:
            self._pass(timedelta(seconds=seconds))
        else:
            self._pass_until_due()

    @precondition(lambda self: not self.flights)
    @rule(patients=st.booleans(), hours=st.sampled_from([-24, -1, 1, 1, 3, 24]))
    def set_a_clock(self, patients: bool, hours: int) -> None:
        """Either clock jumps while nothing is on the wire; the machine's own goes back by half a minute at most."""
        if patients:
            self.clock.advance(timedelta(hours=hours))
        else:
            self._pass(max(timedelta(hours=hours), timedelta(seconds=-30)))

    # What must hold ----------------------------------------------------------------------------------------------
    @invariant()
    def every_oath(self) -> None:
        if hasattr(self, "ctx"):
            self.oaths.hold()

    def teardown(self) -> None:
        """The trouble ends; whatever is open must end too, or a person must know of it."""
        try:
            if hasattr(self, "ctx"):
                self._calm_down()
                self.oaths.hold()
                self.oaths.all_is_done()
                type(self).visited.update(self.oaths.cells)
        finally:
            self._close()

    def _calm_down(self) -> None:
        self.fuse.left = 0
        self._forget(list(self.flights))
        self.sms.arrive()
        for liar in self.liars.values():
            liar.moods.clear()
            liar.looks_ahead.clear()
        for person in PEOPLE:
            withhold.resume(self.ctx, CLINIC, PatientId(person.id), by="RN Okafor", reason="all is well")
            self.oaths.controlled(person, "resume")
        pause = timedelta(seconds=30)
        for _ in range(60):
            swept = dispatch.sweep(self.ctx)
            ran = self.jobs.drain()
            heal.heal(self.ctx)
            self._deliver_all()
            if not (swept or ran or self.oaths.unfinished()):
                return
            pause = min(pause * 2, timedelta(hours=1))
            self._pass(pause)

    def _deliver_all(self) -> None:
        for taken in self.sms.ledger[self.oaths.receipted :]:
            self._receive(taken, "delivered")
        self.oaths.receipted = len(self.sms.ledger)

    def _close(self) -> None:
        self._forget(list(self.flights))
        self.loop.close()

    # Helpers -----------------------------------------------------------------------------------------------------
    def _pass_until_due(self) -> None:
        waiting = [m.due_at for m in self.oaths.of(MessageState.SCHEDULED) if m.hold is None]
        if waiting and min(waiting) > self.clock.now():
            self._pass(min(waiting) - self.clock.now())

    def _on_the_wire(self) -> list[Flight]:
        return [f for f in self.flights if f.started.attempt_id in self._gates()]

    def _gates(self) -> "dict[Any, asyncio.Future[str]]":
        return {name: gate for liar in self.liars.values() for name, gate in liar.gates.items() if not gate.done()}

    def _answer(self, flight: Flight, mood: str) -> None:
        self._gates()[flight.started.attempt_id].set_result(mood)
        self._spin()

    def _pass(self, by: timedelta) -> None:
        """Time goes on for all; what is on the wire does not stay there longer than its limit."""
        for number, flight in enumerate(self._on_the_wire()):
            if flight.until is not None and flight.until <= self.ops.now() + by:
                self._answer(flight, TAKES_AND_CUTS if number % 2 else HANGS)
        self.clock.advance(by)
        self.ops.advance(by)

    def _spin(self) -> None:
        """Let what is in flight go on; a worker that crashed meanwhile is gone with what it had."""
        for _ in range(6):
            self.loop.call_soon(self.loop.stop)
            self.loop.run_forever()
        dead = [f for f in self.flights if f.call is not None and f.call.done() and f.call.exception() is not None]
        for flight in dead:
            self.flights.remove(flight)

    def _forget(self, gone: Sequence[Flight]) -> None:
        for flight in gone:
            self.flights.remove(flight)
            if flight.call is not None and not flight.call.done():
                flight.call.cancel()
        self._spin()

    def _alive(self, work: Callable[[], object]) -> None:
        with suppress(Crash):
            work()
            return
        self.ctx = replace(self.ctx, slots=Slots())

    def _insist(self, work: Callable[[], object]) -> None:
        while True:
            with suppress(Crash):
                work()
                return
