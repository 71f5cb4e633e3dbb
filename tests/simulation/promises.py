"""The promises of the house, each checked on the rows and on what the providers saw."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import sqlalchemy as sa

from followup.domain.message import Channel, MessageClass
from followup.ports import Outbound
from followup.sandbox.clinic import HOME, Person, Story
from followup.services.proof import drift
from followup.storage.tables import enrollments, events, messages
from followup.storage.tables import message_history as history
from tests.simulation.world import World

_ONTARIO = holidays.country_holidays("CA", subdiv="ON")
_ANY_TIME = {MessageClass.COMPLIANCE, MessageClass.REPLY}
_LEASED = ("queued", "sending")


class Promises:
    """Watches every call as it is made, and every row between steps."""

    def __init__(self, story: Story) -> None:
        self.people = {value: person for person in story.people for value in (person.sms, person.email) if value}
        self.broken: list[str] = []
        self.steps = 0
        self.hours: Counter[str] = Counter()
        self.world: World | None = None

    def on_call(self, outbound: Outbound) -> None:
        """Nothing starts outside the window of the patient's own zone."""
        person = self.people.get(outbound.to)
        if person is None or self.world is None:
            return
        moment = self.world.clock.now().astimezone(ZoneInfo(person.time_zone or HOME))
        self.hours[person.time_zone or HOME] += 1
        if not allowed(moment, outbound.message_class):
            self.broken.append(f"{outbound.message_class} {outbound.message_id} at {moment.isoformat()}")

    def on_step(self) -> None:
        """Everything that must hold between any two steps."""
        self.one_acceptance_a_message()
        self.one_enrollment_an_event()
        self.nothing_is_forgotten()
        self.state_is_the_last_history_row()
        assert not self.broken, self.broken[:5]
        self.steps += 1
        if self.steps % 50 == 0:
            self.no_drift()

    def no_drift(self) -> None:
        """All rows are what the events say."""
        ctx = self._world.ctx
        assert list(drift.find(ctx, ctx.clinics.all()[0].id)) == []

    def one_acceptance_a_message(self) -> None:
        """A text is taken at most once; an e-mail in doubt goes again at most once, under the same message."""
        for channel, most in ((Channel.SMS, 1), (Channel.EMAIL, 2)):
            counted = Counter(
                taken.message_id
                for taken in self._world.providers[channel].ledger
                if not taken.message_id.startswith("esc_")  # staff are told until it is known that they were
            )
            self.broken += [f"{m} was taken {n} times by {channel}" for m, n in counted.items() if n > most]

    def one_enrollment_an_event(self) -> None:
        """One enrollment per patient, protocol and source."""
        what = (enrollments.c.patient_id, enrollments.c.protocol_key, enrollments.c.source_id)
        query = sa.select(enrollments.c.source_id).group_by(*what).having(sa.func.count() > 1)
        self.broken += [f"several enrollments of {row.source_id}" for row in self._rows(query)]

    def nothing_is_forgotten(self) -> None:
        """What is due and not final is leased, backing off, held, or in doubt."""
        now = self._world.clock.now()
        for row in self._rows(sa.select(messages).where(messages.c.state.in_([*_LEASED, "scheduled"]))):
            if row.state in _LEASED and row.lease_until is None:
                self.broken.append(f"{row.id} is {row.state} without a lease")
            if row.state == "scheduled" and row.due_at <= now and row.hold is None and row.not_before is None:
                self.broken.append(f"{row.id} is due and waits for nothing")

    def state_is_the_last_history_row(self) -> None:
        """The history tells the whole life of a message."""
        last = sa.select(sa.func.max(history.c.id)).group_by(history.c.message_id)
        query = sa.select(messages.c.id, messages.c.state, history.c.state.label("last")).join(
            history, history.c.message_id == messages.c.id
        )
        for row in self._rows(query.where(history.c.id.in_(last), messages.c.state != history.c.state)):
            self.broken.append(f"{row.id} is {row.state}, its history says {row.last}")

    def all_is_done(self, *, by: datetime) -> None:
        """At the end nothing is due, on its way or unplanned."""
        self.on_step()
        due = sa.and_(messages.c.state == "scheduled", messages.c.hold.is_(None), messages.c.due_at <= by)
        left = self._rows(sa.select(messages.c.id).where(sa.or_(messages.c.state.in_(_LEASED), due)))
        unplanned = self._rows(sa.select(events.c.row_id).where(events.c.state.in_(["received", "queued"])))
        self.no_drift()
        assert [row.id for row in left] == []
        assert [row.row_id for row in unplanned] == []

    @property
    def _world(self) -> World:
        assert self.world is not None
        return self.world

    def _rows(self, query: "sa.Select[Any]") -> Sequence[Any]:
        with self._world.ctx.db.reading() as conn:
            return conn.execute(query).all()


def allowed(local: datetime, message_class: MessageClass) -> bool:
    """The legal hours once more, written apart from the product's own rules (facts 1.10)."""
    if message_class in _ANY_TIME:
        return True
    clock = local.time().replace(tzinfo=None)
    minutes = clock.hour * 60 + clock.minute
    if message_class is not MessageClass.PROMO:
        return 8 * 60 <= minutes < 21 * 60
    if is_holiday(local.date()):
        return False
    return 9 * 60 <= minutes < 20 * 60 if local.weekday() < 5 else 10 * 60 <= minutes < 18 * 60


def is_holiday(day: date) -> bool:
    """A statutory holiday of the clinic's province."""
    return day in _ONTARIO


def names_and_addresses(people: tuple[Person, ...]) -> set[str]:
    """What must never be seen in a log; names too short to tell from other words are left out."""
    words = {word for p in people for word in (p.given_name, p.family_name, p.sms, p.email)}
    return {word for word in words if len(word) > 4}
