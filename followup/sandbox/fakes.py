"""Stand-ins for clocks, ids, providers, jobs and the network loop, shared by tests, simulation and integrators."""

import asyncio
import weakref
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from followup.domain.errors import Unavailable
from followup.domain.ids import MessageId
from followup.domain.inbound import InboundMessage
from followup.domain.message import Channel, Receipt, ReceiptStatus
from followup.domain.outcome import Accepted, CodeClass, CodeEntry, Outcome, Unknown
from followup.ports import Absent, AskLater, BillPage, Called, HookRequest, Look, Outbound, Seen, Sighting

T = TypeVar("T")

START = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)
TOKEN = "fake-signature"
_HEADERS = {"x-fake-signature": TOKEN, "content-type": "application/x-www-form-urlencoded"}
_STATUSES = {
    "delivered": ReceiptStatus.DELIVERED,
    "undelivered": ReceiptStatus.UNDELIVERED,
    "failed": ReceiptStatus.UNDELIVERED,
}


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, start: datetime = START) -> None:
        self.instant = start

    def now(self) -> datetime:
        return self.instant

    def advance(self, by: timedelta) -> datetime:
        self.instant += by
        return self.instant

    def set(self, instant: datetime) -> None:
        self.instant = instant.astimezone(UTC)


class FakeIds:
    """Ids in sequence (`msg_00…01`, one count for all prefixes) and tokens in sequence, of the real lengths."""

    def __init__(self) -> None:
        self.count = 0

    def new(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix.rstrip('_')}_{self.count:026d}"

    def token(self) -> str:
        self.count += 1
        return f"token{self.count:017d}"


@dataclass(frozen=True, slots=True)
class Swallowed:
    """A scripted lie: the provider took the message, the caller gets `outcome`."""

    outcome: Outcome = Unknown("timeout", "no answer in time")


Scripted = Outcome | Swallowed | BaseException | Callable[[Outbound], Outcome]


class FakeProvider:
    """Answers with the scripted outcomes in order, then accepts everything; `verify` looks for a fixed token.

    `calls` holds every Outbound that came, `ledger` those that were taken. Look-ups answer from the ledger
    (same address and text) unless `looks` holds scripted answers.
    """

    def __init__(
        self,
        channel: Channel = Channel.SMS,
        *,
        name: str = "fake",
        sender: str = "",
        outcomes: Iterable[Scripted] = (),
        looks: Iterable[Look] = (),
        fault: str = "",
        codes: Mapping[str, CodeEntry] | None = None,
    ) -> None:
        self.name, self.channel, self.sender, self.fault = name, channel, sender, fault
        self.answers_keywords = True
        self.script: deque[Scripted] = deque(outcomes)
        self.looks: deque[Look] = deque(looks)
        self.codes = dict(codes or {})
        self.calls: list[Outbound] = []
        self.ledger: list[Outbound] = []
        self.can_tell = channel is Channel.SMS
        self.words: deque[str | AskLater | None] = deque()
        self.fetched: list[str] = []
        self.bills: deque[BillPage | AskLater] = deque()
        self.closed = False

    def ref(self, outbound: Outbound) -> str:
        return f"ref-{outbound.attempt_id}"

    async def send(self, outbound: Outbound) -> Outcome:
        self.calls.append(outbound)
        word = self.script.popleft() if self.script else Accepted(self.ref(outbound))
        if isinstance(word, BaseException):
            raise word
        if isinstance(word, Swallowed):
            self.ledger.append(outbound)
            return word.outcome
        outcome = word(outbound) if callable(word) else word
        if isinstance(outcome, Accepted):
            self.ledger.append(outbound)
        return outcome

    async def look_up(self, sighting: Sighting) -> Look:
        if self.looks:
            return self.looks.popleft()
        for taken in self.ledger:
            if (taken.to, taken.text) == (sighting.to, sighting.text) and self.ref(taken) not in sighting.others:
                return Seen(self.ref(taken), "sent")
        return Absent()

    async def fetch(self, ref: str, message_id: MessageId) -> Receipt | AskLater | None:
        """Scripted words first (a status, or what is to be returned), then `sent` for what was taken."""
        self.fetched.append(ref)
        if not any(self.ref(taken) == ref for taken in self.ledger):
            return None
        word = self.words.popleft() if self.words else "sent"
        if not isinstance(word, str):
            return word
        return Receipt(message_id, _STATUSES.get(word, ReceiptStatus.ACCEPTED), self.name, ref, word)

    async def bill(self, day: date, following: str = "") -> BillPage | AskLater | None:
        """Scripted pages, one after the other; without any it has no list."""
        if not self.bills:
            return None
        page = self.bills.popleft()
        return replace(page, following="more") if isinstance(page, BillPage) and self.bills else page

    def classify(self, code: str) -> CodeEntry:
        return self.codes.get(code) or CodeEntry(code, CodeClass.UNKNOWN, f"code {code} is not in the table")

    async def check(self) -> str:
        return self.fault

    async def close(self) -> None:
        self.closed = True

    def verify(self, request: HookRequest) -> bool:
        return request.headers.get("x-fake-signature") == TOKEN

    def read_receipt(self, request: HookRequest, message_id: MessageId) -> Receipt | None:
        form = dict(request.form)
        status = form.get("MessageStatus", "")
        if not status:
            return None
        word = _STATUSES.get(status, ReceiptStatus.ACCEPTED)
        last = next((self.ref(o) for o in reversed(self.calls) if o.message_id == message_id), "ref-1")
        ref = form.get("MessageSid") or last
        return Receipt(message_id, word, self.name, ref, status, form.get("ErrorCode") or None)

    def read_inbound(self, request: HookRequest, now: datetime) -> InboundMessage | None:
        form = dict(request.form)
        if not form.get("From"):
            return None
        return InboundMessage(
            provider=self.name,
            provider_ref=form.get("MessageSid", ""),
            channel=self.channel,
            from_address=form["From"],
            to_address=form.get("To", ""),
            text=form.get("Body", ""),
            received_at=now,
            media=int(form.get("NumMedia") or 0),
            opt_out_type=form.get("OptOutType", ""),
        )


class FakeOutlet:
    """A clinic's system: answers with the scripted statuses in order, then as `answers` says (taken)."""

    def __init__(self, *answers: Called | int) -> None:
        self.script: deque[Called | int] = deque(answers)
        self.answers: Callable[[bytes], int] = lambda _: 204
        self.heard: list[tuple[str, bytes, Mapping[str, str]]] = []

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, loopback: bool) -> Called:
        self.heard.append((url, body, headers))
        answer = self.script.popleft() if self.script else self.answers(body)
        return Called(answer) if isinstance(answer, int) else answer

    async def close(self) -> None:
        return None


def receipt_request(status: str, *, ref: str = "", code: str = "", url: str = "http://test/hooks") -> HookRequest:
    """A call-back as FakeProvider signs it; without `ref` it is about the last call for its message."""
    form = [("MessageSid", ref), ("MessageStatus", status)] + ([("ErrorCode", code)] if code else [])
    return HookRequest(url=url, headers=_HEADERS, form=form, body=b"")


def inbound_request(
    text: str, *, sender: str, to: str = "+14165550100", ref: str = "in-1", opt_out_type: str = ""
) -> HookRequest:
    """A patient's text as FakeProvider signs it."""
    form = [("MessageSid", ref), ("From", sender), ("To", to), ("Body", text), ("NumMedia", "0")]
    if opt_out_type:
        form.append(("OptOutType", opt_out_type))
    return HookRequest(url="http://test/hooks", headers=_HEADERS, form=form, body=b"")


class InlineJobs:
    """Collects what is rung; `drain` runs it with the handlers by actor name. `away = True` plays a lost broker."""

    def __init__(self, handlers: Mapping[str, Callable[[Sequence[str]], object]] | None = None) -> None:
        self.handlers = dict(handlers or {})
        self.rung: list[tuple[str, tuple[str, ...]]] = []
        self.waiting: deque[tuple[str, tuple[str, ...]]] = deque()
        self.away = False

    def ring(self, actor: str, ids: Sequence[str]) -> None:
        if self.away:
            raise Unavailable("the broker is away")
        self.rung.append((actor, tuple(ids)))
        self.waiting.append((actor, tuple(ids)))

    def drain(self) -> int:
        """Run all that waits, and what that rings, in order; returns how many jobs ran."""
        count = 0
        while self.waiting:
            actor, ids = self.waiting.popleft()
            self.handlers[actor](ids)
            count += 1
        return count

    def wipe(self) -> None:
        """Lose everything that waits, as FLUSHALL does."""
        self.waiting.clear()


class InlineNetwork:
    """Runs the work to its end at once, on a loop of its own, and returns a finished Future."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None

    def submit(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        done: Future[T] = Future()
        try:
            done.set_result(self._own_loop().run_until_complete(work))
        except Exception as error:  # noqa: BLE001 -- the Future carries it
            done.set_exception(error)
        return done

    def _own_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            weakref.finalize(self, self._loop.close)
        return self._loop
