"""What must hold after every step of a life, and what must be so once all trouble has ended."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from followup.domain.escalation import EscalationKind
from followup.domain.lifecycle import MESSAGE, Signal
from followup.domain.message import Channel, MessageClass, MessageState
from followup.ports import Outbound
from followup.sandbox.clinic import Person
from followup.services.context import Context
from followup.storage.tables import attempts, escalations, messages, receipts
from followup.storage.tables import message_history as history
from tests.simulation.cells import Cell
from tests.simulation.liar import Liar

M = MessageState
_REPEATED = {MessageClass.CARE, MessageClass.TRANSACTIONAL}
_LEASED = {M.QUEUED, M.SENDING}
_C = messages.c
_SEEN = sa.select(
    _C.id,
    _C.state,
    _C.hold,
    _C.reason,
    _C.due_at,
    _C.lease_until,
    _C.attempt_no,
    _C.message_class,
    _C.channel,
    _C.follows,
).order_by(_C.id)
_TRIED = sa.select(attempts.c.id, attempts.c.message_id, attempts.c.number, attempts.c.outcome).order_by(
    attempts.c.message_id, attempts.c.number
)
_RECEIVED = sa.select(receipts.c.message_id).where(receipts.c.known, receipts.c.status.in_(["accepted", "delivered"]))


class Seen(NamedTuple):
    """What the oaths look at of a message."""

    id: str
    state: str
    hold: str | None
    reason: str | None
    due_at: datetime
    lease_until: datetime | None
    attempt_no: int
    message_class: str
    channel: str | None
    follows: str | None


class Oaths:
    """Watches the calls, reads the rows, and knows who said STOP, who is paused and who lied."""

    def __init__(self, flights: Sequence[Any]) -> None:
        self._flights = flights
        self.stopped: dict[str, set[str]] = {}  # the address or patient → attempts that had started before
        self.paused: dict[str, set[str]] = {}
        self.wrong: Counter[str] = Counter()  # a person said that it did not go, and it had gone
        self.right: set[str] = set()  # a person said that it went
        self.decided: set[str] = set()  # a person said either
        self.broken: list[str] = []
        self.cells: Counter[Cell] = Counter()
        self.receipted = 0
        self.every: list[Seen] = []
        self._read_up_to = 0
        self._state: dict[str, MessageState] = {}
        self._known_at: dict[str, int] = {}  # message → how many attempts there were when its acceptance was known

    def bind(self, ctx: Context, liars: Mapping[Channel, Liar]) -> None:
        self._ctx, self._liars = ctx, liars

    # What is heard ------------------------------------------------------------------------------------------------
    def on_call(self, outbound: Outbound) -> None:
        """Nothing starts to somebody who said STOP or is paused, but the one answer to a keyword."""
        if outbound.message_class is MessageClass.COMPLIANCE or outbound.message_id.startswith("esc_"):
            return
        for what, before in (("STOP", self.stopped.get(outbound.to)), ("a pause", self.paused.get(outbound.to))):
            if before is not None and outbound.attempt_id not in before:
                self.broken.append(f"{outbound.message_id} went after {what}")

    def heard(self, address: str, word: str) -> None:
        if word == "STOP":
            self.stopped.setdefault(address, self._begun())
        elif word == "START":
            self.stopped.pop(address, None)

    def controlled(self, person: Person, deed: str) -> None:
        for address in filter(None, (person.sms, person.email)):
            if deed == "pause":
                self.paused.setdefault(address, self._begun())
            elif deed == "resume":
                self.paused.pop(address, None)

    def said(self, message: "Seen", went: bool) -> None:
        self.decided.add(message.id)
        if went:
            self.right.add(message.id)
        elif any(o.message_id == message.id for liar in self._liars.values() for o in (*liar.ledger, *liar.late)):
            self.wrong[message.id] += 1

    def _begun(self) -> set[str]:
        return {flight.started.attempt_id for flight in self._flights}

    # Rows ---------------------------------------------------------------------------------------------------------
    def read(self) -> None:
        """Take the rows as they are now; the rules of the next step choose by them."""
        self.every = [Seen(*row) for row in self._rows(_SEEN)]

    def of(self, *states: MessageState) -> list["Seen"]:
        return [m for m in self.every if m.state in states]

    def unfinished(self) -> list[str]:
        """What is open now and of which nobody was told; after a quiet while there is none."""
        self.read()
        now, told = self._ctx.clock.now(), self._told()
        return [
            f"{m.id} {m.state} hold={m.hold}"
            for m in self.every
            if m.state in _LEASED
            or (m.state == M.SCHEDULED and (m.hold is not None or m.due_at <= now))
            or (m.state == M.UNCONFIRMED and m.id not in told)
        ]

    def _told(self) -> set[str]:
        return {row.subject for row in self._rows(sa.select(escalations.c.subject))}

    def _rows(self, query: "sa.Select[Any]") -> Sequence[Any]:
        with self._ctx.db.reading() as conn:
            return conn.execute(query).all()

    # After every step ---------------------------------------------------------------------------------------------
    def hold(self) -> None:
        self.read()
        self._history_is_legal()
        self._rows_agree()
        self._one_acceptance()
        self._attempts_are_fenced()
        assert not self.broken, self.broken

    def _history_is_legal(self) -> None:
        for row in self._rows(sa.select(history).where(history.c.id > self._read_up_to).order_by(history.c.id)):
            self._read_up_to, after = row.id, MessageState(row.state)
            before = self._state.get(row.message_id)
            if row.signal != "planned" and before is not None:
                cell = (before, Signal(row.signal))
                self.cells[cell] += 1
                if MESSAGE.get(cell) is not after:
                    self.broken.append(f"{row.message_id}: {before} {row.signal} led to {after}")
            self._state[row.message_id] = after

    def _rows_agree(self) -> None:
        for m in self.every:
            if self._state.get(m.id) != m.state:
                self.broken.append(f"{m.id} is {m.state}, its history says {self._state.get(m.id)}")
            if (m.state in _LEASED) != (m.lease_until is not None):
                self.broken.append(f"{m.id} is {m.state}, its lease {m.lease_until}")

    def _one_acceptance(self) -> None:
        """Two only where the carrier or a person said that the first was never taken, or an e-mail was in doubt."""
        for channel, liar in self._liars.items():
            taken = Counter(o.message_id for o in liar.ledger if not o.message_id.startswith("esc_"))
            kind = {m.id: m.message_class for m in self.every}
            for message_id, number in taken.items():
                again = channel is Channel.EMAIL and kind.get(message_id) in _REPEATED
                most = 1 + min(1, liar.lies[message_id] + self.wrong[message_id] + again)
                if number > most:
                    self.broken.append(f"{message_id} was taken {number} times, at most {most} may be")

    def _attempts_are_fenced(self) -> None:
        """Attempts are numbered without a gap, and none starts once an attempt or a receipt told of an acceptance."""
        tried: dict[str, list[Any]] = {m.id: [] for m in self.every}
        for row in self._rows(_TRIED):
            tried[row.message_id].append(row)
        received = {row.message_id for row in self._rows(_RECEIVED)}
        for m in self.every:
            rows = tried[m.id]
            if [r.number for r in rows] != list(range(1, m.attempt_no + 1)):
                self.broken.append(f"{m.id} is at attempt {m.attempt_no}, its rows are {[r.number for r in rows]}")
            if len(rows) > self._known_at.get(m.id, len(rows)):
                self.broken.append(f"{m.id} was tried again although its acceptance was known")
            if m.id in received or any(r.outcome == "accepted" for r in rows):
                self._known_at.setdefault(m.id, len(rows))

    # At the end ---------------------------------------------------------------------------------------------------
    def all_is_done(self) -> None:
        """Everything has an end or a person who knows, everything said to have gone went."""
        open_still, ended = self.unfinished(), self.every
        wrong = {
            "open, and nobody knows": open_still,
            "said to have gone": [m for m in self.of(M.SENT, M.DELIVERED) if not self._went(m)],
            "ended without a reason": [m for m in self.of(M.FAILED, M.SKIPPED, M.CANCELLED) if m.reason is None],
            "asked of staff, though known": self._asked() & {m.id for m in self.of(M.SENT, M.DELIVERED)},
            "failed, and nobody knows": [m for m in self.of(M.FAILED) if not self._known_to_staff(m, ended)],
        }
        found = {what: which for what, which in wrong.items() if which}
        assert not found, found

    def _asked(self) -> set[str]:
        c = escalations.c
        open_ones = sa.select(c.subject).where(c.kind == EscalationKind.UNCONFIRMED.value, c.state != "closed")
        return {row.subject for row in self._rows(open_ones)}

    def _went(self, message: Seen) -> bool:
        liar = self._liars[Channel(message.channel or Channel.SMS)]
        return (
            any(o.message_id == message.id for o in liar.ledger)
            or message.id in liar.invented
            or message.id in self.right
        )

    def _known_to_staff(self, message: Seen, every: Sequence[Seen]) -> bool:
        """Told of it or of its code, or its place was taken by another, or it was the patient's own wish."""
        if message.id in self._told() | self.decided or any(m.follows == message.id for m in every):
            return True
        last = self._rows(sa.select(attempts.c.code).where(attempts.c.message_id == message.id))[-1].code or ""
        return last == "21610" or any(subject.endswith(f" {last}") for subject in self._told())
