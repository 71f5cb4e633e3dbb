"""The real engine in virtual time: a fake clock, an inline broker and providers that may lie, over a real database."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from followup.content.clinics import load_clinics
from followup.content.protocols import load_protocols
from followup.content.templates import Templates
from followup.ports import Outbound
from followup.sandbox.clinic import Answer, Happening, Told
from followup.sandbox.simulation.engine import Engine
from followup.sandbox.simulation.luck import Luck
from followup.services import answer, dispatch, record
from followup.services.context import Context
from followup.services.links import Signer
from followup.services.record import Caller
from followup.settings import load_settings
from followup.storage.tables import messages
from tests.builders import ROOT
from tests.fakes import inbound_request
from tests.support.databases import open_quick

_waiting = sa.and_(messages.c.state == "scheduled", messages.c.hold.is_(None))


class World(Engine):
    """Lives a story on the real engine. `watch` sees every call to a provider before it is made."""

    def __init__(
        self, database_url: str, *, start: datetime, luck: Luck, watch: Callable[[Outbound], None] = lambda _: None
    ) -> None:
        super().__init__(partial(_build, database_url), start=start, luck=luck, watch=watch)

    def live(
        self, happenings: Sequence[Happening], *, until: datetime, check: Callable[[], None] = lambda: None
    ) -> None:
        """Let everything happen at its time and move from due time to due time, up to `until`."""
        waiting = list(happenings)
        while (moment := self._next(waiting, until)) is not None:
            self.clock.set(max(moment, self.clock.now()))
            while waiting and waiting[0].at <= self.clock.now():
                self.insist(lambda: self._happen(waiting[0]))
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
            moved = self.alive(lambda: bool(dispatch.sweep(self.ctx)))
            worked = self.alive(lambda: bool(self.jobs.drain()))
            receipted = self.receipts()
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


def _build(database_url: str, parts: Mapping[str, Any]) -> Context:
    config = ROOT / "config"
    environ = {
        "DATABASE_URL": database_url, "FOLLOWUP_TRIAL_ALLOW": "*", "FOLLOWUP_SETTLE": "2m",
        "FOLLOWUP_CONFIG": str(config), "FOLLOWUP_TEMPLATES": str(ROOT / "templates"),
    }  # fmt: skip
    return Context(
        settings=load_settings(environ, data=Path("nowhere")),
        db=open_quick(database_url),
        clinics=load_clinics(config / "clinics"),
        protocols=load_protocols(config / "protocols"),
        templates=Templates(ROOT / "templates"),
        signer=Signer("a secret of this world"),
        **parts,
    )
