"""The real engine in virtual time: a fake clock, an inline broker and providers that may lie, over a real database."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.content.clinics import load_clinics
from followup.content.protocols import load_protocols
from followup.content.templates import Templates
from followup.domain.message import Channel
from followup.domain.outcome import Accepted, Outcome, Transient, Unknown
from followup.ports import Look, Outbound, Sighting, Undecidable
from followup.sandbox.clinic import Answer, Happening, Told
from followup.services import answer, deliver, dispatch, enroll, record, settle
from followup.services.alerts import handle
from followup.services.calling import send
from followup.services.context import Context
from followup.services.links import Signer
from followup.services.proof import resolve
from followup.services.record import Caller
from followup.services.slots import Slots
from followup.settings import load_settings
from followup.storage.database import Database, open_database
from followup.storage.tables import messages
from tests.builders import ROOT
from tests.fakes import FakeClock, FakeIds, FakeProvider, InlineJobs, InlineNetwork, inbound_request, receipt_request

_waiting = sa.and_(messages.c.state == "scheduled", messages.c.hold.is_(None))


class Crash(BaseException):
    """The process died here; nothing may catch it."""


@dataclass
class Luck:
    """How often what goes wrong, drawn from one seed; all zero is a day without trouble."""

    rng: random.Random
    crash: float = 0.0
    lost_ring: float = 0.0
    double_ring: float = 0.0
    transient: float = 0.0
    unknown: float = 0.0
    odd_receipt: float = 0.0

    def strikes(self, chance: float) -> bool:
        """True with this chance."""
        return chance > 0 and self.rng.random() < chance

    def may_crash(self) -> None:
        """Die here, with the chance of a crash."""
        if self.strikes(self.crash):
            raise Crash


class BrittleDatabase(Database):
    """A database whose user may die just before or just after a commit."""

    def __init__(self, inner: Database, die: Callable[[], None]) -> None:
        super().__init__(inner.engine)
        self._die = die

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """As the real one, with two chances to die."""
        with super().transaction() as conn:
            yield conn
            self._die()
        self._die()


def hasty(db: Database) -> Database:
    """The same database without waiting for the disk: what dies here is the process, never the machine."""
    if db.is_sqlite:
        sa.event.listen(db.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    return db


class Carrier(FakeProvider):
    """Takes messages, sometimes refuses for a moment, sometimes leaves the caller in doubt, sometimes outlives him."""

    def __init__(self, channel: Channel, luck: Luck, watch: Callable[[Outbound], None]) -> None:
        super().__init__(channel, name=f"fake-{channel}")
        self._luck, self._watch = luck, watch

    async def send(self, outbound: Outbound) -> Outcome:
        self._watch(outbound)
        self.calls.append(outbound)
        self._luck.may_crash()
        if self._luck.strikes(self._luck.transient):
            return Transient("429", "too many requests")
        doubt = self._luck.strikes(self._luck.unknown)
        if not (doubt and self._luck.strikes(0.5)):
            self.ledger.append(outbound)
        self._luck.may_crash()
        return Unknown("timeout", "no answer in time") if doubt else Accepted(self.ref(outbound))

    async def look_up(self, sighting: Sighting) -> Look:
        if self.channel is Channel.EMAIL:
            return Undecidable("mail servers keep no list")
        return await super().look_up(sighting)


class FlakyJobs(InlineJobs):
    """A broker that loses rings and rings twice."""

    def __init__(self, luck: Luck) -> None:
        super().__init__()
        self._luck = luck

    def ring(self, actor: str, ids: Sequence[str]) -> None:
        if self._luck.strikes(self._luck.lost_ring):
            return
        for _ in range(2 if self._luck.strikes(self._luck.double_ring) else 1):
            super().ring(actor, ids)


class World:
    """Lives a story on the real engine. `watch` sees every call to a provider before it is made."""

    def __init__(
        self, database_url: str, *, start: datetime, luck: Luck, watch: Callable[[Outbound], None] = lambda _: None
    ) -> None:
        self.luck, self.clock, self.ops = luck, FakeClock(start), FakeClock(start)
        self.providers = {channel: Carrier(channel, luck, watch) for channel in Channel}
        self.jobs, self.crashes, self._receipted = FlakyJobs(luck), 0, 0
        self.ctx = self._build(database_url)
        self.jobs.handlers = {
            "process_events": lambda ids: enroll.process_events(self.ctx, ids),
            "deliver_messages": lambda ids: deliver.deliver(self.ctx, ids),
            "call_systems": lambda ids: send.send(self.ctx, ids),
            "resolve_unconfirmed": lambda ids: resolve.resolve(self.ctx, ids),
            "tell_staff": lambda ids: handle.tell(self.ctx, ids),
        }

    def _build(self, database_url: str) -> Context:
        config = ROOT / "config"
        environ: Mapping[str, str] = {
            "DATABASE_URL": database_url, "FOLLOWUP_TRIAL_ALLOW": "*", "FOLLOWUP_SETTLE": "2m",
            "FOLLOWUP_CONFIG": str(config), "FOLLOWUP_TEMPLATES": str(ROOT / "templates"),
        }  # fmt: skip
        return Context(
            settings=load_settings(environ, data=Path("nowhere")),
            db=BrittleDatabase(hasty(open_database(database_url)), self.luck.may_crash),
            clock=self.clock,
            ops=self.ops,
            ids=FakeIds(),
            rng=random.Random(1),
            clinics=load_clinics(config / "clinics"),
            protocols=load_protocols(config / "protocols"),
            templates=Templates(ROOT / "templates"),
            providers=self.providers,
            jobs=self.jobs,
            network=InlineNetwork(),
            signer=Signer("a secret of this world"),
        )

    def live(
        self, happenings: Sequence[Happening], *, until: datetime, check: Callable[[], None] = lambda: None
    ) -> None:
        """Let everything happen at its time and move from due time to due time, up to `until`."""
        waiting = list(happenings)
        while (moment := self._next(waiting, until)) is not None:
            self.clock.set(max(moment, self.clock.now()))
            while waiting and waiting[0].at <= self.clock.now():
                self._insist(lambda: self._happen(waiting[0]))
                waiting.pop(0)
            self.settle_down()
            check()

    def _next(self, waiting: Sequence[Happening], until: datetime) -> datetime | None:
        due = self.next_due()
        moments = [m for m in (waiting[0].at if waiting else None, due) if m is not None]
        return min(moments) if moments and min(moments) <= until else None

    def next_due(self) -> datetime | None:
        """The earliest due time of a message that waits for nothing else."""
        query = sa.select(sa.func.min(messages.c.due_at)).where(_waiting)
        with self.ctx.db.reading() as conn:
            due: datetime | None = conn.scalar(query)
            return due

    def _happen(self, happening: Happening) -> None:
        match happening:
            case Told():
                record.accept(self.ctx, dict(happening.event), caller=Caller(self.ctx.clinics.all()[0].id))
            case Answer():
                ref = f"{happening.person.id}-{happening.at:%Y%m%d%H%M}"
                answer.take_inbound(self.ctx, inbound_request(happening.text, sender=happening.person.sms, ref=ref))

    def settle_down(self) -> None:
        """Sweep and work until a sweep finds nothing and nothing is unfinished; receipts come in between."""
        busy = True
        while busy:
            moved = self._alive(lambda: bool(dispatch.sweep(self.ctx)))
            worked = self._alive(lambda: bool(self.jobs.drain()))
            receipted = self._receipts()
            busy = moved or worked or receipted or self._unfinished()
            self.ops.advance(timedelta(seconds=90 if busy else 1))

    def _unfinished(self) -> bool:
        """True while something is claimed, on the wire, in doubt or backing off."""
        backing_off = sa.and_(_waiting, messages.c.not_before.is_not(None), messages.c.due_at <= self.clock.now())
        doubted = sa.and_(messages.c.state == "unconfirmed", messages.c.channel == "sms")
        query = sa.select(messages.c.id).where(
            sa.or_(messages.c.state.in_(["queued", "sending"]), backing_off, doubted)
        )
        with self.ctx.db.reading() as conn:
            return conn.execute(query.limit(1)).first() is not None

    def _receipts(self) -> bool:
        """Receipts for what was newly taken: mostly `sent` and `delivered`, now and then odd ones."""
        ledger = self.providers[Channel.SMS].ledger
        fresh, self._receipted = ledger[self._receipted :], len(ledger)
        for taken in fresh:
            for status in self._statuses():
                request = receipt_request(status, ref=self.providers[Channel.SMS].ref(taken))
                self._insist(partial(settle.take_receipt, self.ctx, request, taken.message_id))
        return bool(fresh)

    def _statuses(self) -> Sequence[str]:
        if self.luck.strikes(self.luck.odd_receipt):
            return self.luck.rng.choice(
                (("delivered", "sent"), ("delivered", "delivered"), ("sent",), ("undelivered", "delivered"))
            )
        return ("sent", "delivered")

    def _alive(self, work: Callable[[], bool]) -> bool:
        """Do `work`; if the process dies in it, a new one starts with empty hands once the leases ran out."""
        try:
            return work()
        except Crash:
            self._restart()
            return True

    def _insist(self, work: Callable[[], object]) -> None:
        """What comes from outside comes again until it was answered."""
        while True:
            try:
                work()
            except Crash:
                self._restart()
            else:
                return

    def _restart(self) -> None:
        self.crashes += 1
        self.jobs.wipe()
        self.ops.advance(self.ctx.settings.lease + timedelta(seconds=1))
        self.ctx = replace(self.ctx, slots=Slots())
