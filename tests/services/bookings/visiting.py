"""A clinic that offers visits: what is told, what goes out and what patients answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from followup.domain.booking import Booking
from followup.domain.escalation import Escalation, EscalationState
from followup.domain.event import ClinicEvent, EventType
from followup.domain.ids import BookingId
from followup.domain.message import Channel, Message
from followup.ports import Outbound
from followup.services import answer
from followup.services.context import Context
from followup.storage import bookings, escalations
from followup.storage.database import Database
from tests.builders import CLINIC, PHONE
from tests.fakes import FakeClock, inbound_request
from tests.services.seeds import run, sent
from tests.services.telling import Story, booked, make_story, write_protocol

E = EventType
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
_NUDGE = (("nudge", "treatment", "P4W", "at: '10:00', unless: future_booking"),)


@dataclass
class Desk:
    """A story about visits, and the phone that answers."""

    story: Story
    refs: int = field(default=0)

    @property
    def ctx(self) -> Context:
        """The clinic's context."""
        return self.story.ctx

    @property
    def day(self) -> datetime:
        """Ten days from the beginning, at half past four in Toronto."""
        return datetime.fromisoformat("2026-03-12T16:30:00-04:00")

    def wait(self, by: timedelta) -> None:
        """Let patients' time pass and send what is due."""
        clock = self.ctx.clock
        assert isinstance(clock, FakeClock)
        clock.advance(by)
        run(self.ctx)

    def tell(self, kind: EventType, data: dict[str, Any], **more: Any) -> ClinicEvent:
        """The clinic's system tells it now; what follows is done."""
        event = self.story.event(kind, more.pop("at", self.ctx.clock.now()), data, **more)
        self.story.plan(event)
        run(self.ctx)
        return event

    def offer(self, name: str = "B-1", day: datetime | None = None, *, patient: Any = None, **more: Any) -> None:
        """A time is offered."""
        data = booked(day or self.day, name, patient=patient)
        self.tell(E.BOOKING_OFFERED, {**data, "booking": {**data["booking"], **more}})

    def about(self, kind: EventType, name: str = "B-1", **more: Any) -> None:
        """A further word about a booking."""
        self.tell(kind, {"booking": {"id": name, **more}})

    def write(self, text: str, *, sender: str = PHONE, ref: str = "", flag: str = "") -> None:
        """A patient answers by text."""
        self.refs += 1
        request = inbound_request(text, sender=sender, ref=ref or f"in-{self.refs}", opt_out_type=flag)
        answer.take_inbound(self.ctx, request)
        run(self.ctx)

    def booking(self, name: str = "B-1") -> Booking:
        """A booking as it stands."""
        with self.ctx.db.reading() as conn:
            found = bookings.get(conn, CLINIC, BookingId(name))
        assert found is not None
        return found

    def steps(self, patient: str = "P-1") -> list[tuple[str, str]]:
        """Step and state of a patient's messages about visits."""
        return [(m.step_key, m.state.value) for m in self.messages(patient)]

    def messages(self, patient: str = "P-1") -> list[Message]:
        """A patient's messages about visits."""
        return [m for m in self.story.messages(patient) if m.booking_id is not None]

    def staff(self) -> list[Escalation]:
        """What stands open for staff."""
        with self.ctx.db.reading() as conn:
            return escalations.listing(conn, CLINIC, states=[EscalationState.OPEN])

    def told_staff(self) -> list[tuple[str, str]]:
        """Kind and subject of what stands open."""
        return [(e.kind.value, e.subject) for e in self.staff()]

    def last(self, channel: Channel = Channel.SMS) -> Outbound:
        """What went out last."""
        return sent(self.ctx, channel)[-1]

    def texts(self) -> Sequence[str]:
        """Every text that went out."""
        return [o.text for o in sent(self.ctx)]


def make_desk(database: Database, folder: Path, **overrides: Any) -> Desk:
    """A desk in an empty database; `peel` has a nudge four weeks on."""
    write_protocol(folder, "peel", steps=_NUDGE)
    return Desk(make_story(database, folder, **overrides))
