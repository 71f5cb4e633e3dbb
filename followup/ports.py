"""What use cases ask of the outside: clocks, ids, providers, jobs and the network loop."""

from collections.abc import Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from followup.domain.ids import AttemptId, MessageId
from followup.domain.inbound import InboundMessage
from followup.domain.message import Channel, MessageClass, Receipt
from followup.domain.outcome import CodeEntry, Outcome

T = TypeVar("T")


class Clock(Protocol):
    """Tells an aware UTC instant; `ctx.clock` is patients' time, `ctx.ops` is real time."""

    def now(self) -> datetime: ...


class Ids(Protocol):
    """Makes ids that sort by time (`msg_…`) and unguessable tokens (at least 128 bits, URL-safe)."""

    def new(self, prefix: str) -> str: ...
    def token(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Invite:
    """An entry for the patient's calendar (iTIP): REQUEST makes or changes it, CANCEL takes it out."""

    method: str
    content: str


@dataclass(frozen=True, slots=True)
class Outbound:
    """One rendered message on its way to a provider. SMS uses `text` alone; e-mail all parts."""

    message_id: MessageId
    attempt_id: AttemptId
    attempt_number: int
    channel: Channel
    message_class: MessageClass
    to: str
    sender: str  # the clinic's own sender; empty: the provider's default
    text: str
    subject: str = ""
    html: str = ""
    from_name: str = ""
    reply_to: str = ""
    language: str = "en"
    callback_url: str = ""  # carries the message id
    unsubscribe_url: str = ""
    list_id: str = ""
    validity: timedelta | None = None  # never past the end of the send window
    sent_at: datetime | None = None  # patients' time, for the Date header
    headers: Mapping[str, str] = field(default_factory=dict)
    invite: Invite | None = None  # goes with an e-mail


@dataclass(frozen=True, slots=True)
class Sighting:
    """What to look for at a provider when an attempt's outcome is unknown. Times are real time, UTC."""

    message_id: MessageId
    to: str
    sender: str
    text: str
    since: datetime
    until: datetime
    others: frozenset[str] = frozenset()  # the provider's ids of other messages of ours to that address


@dataclass(frozen=True, slots=True)
class Seen:
    """The provider has it under `ref`; `status` is its own word."""

    ref: str
    status: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The provider's list is readable and does not have it."""


@dataclass(frozen=True, slots=True)
class Undecidable:
    """Absence proves nothing: no look-up exists, texts are redacted, or equal ones went to that address.

    `again`: the provider could not be asked just now (429, no connection); asking later may decide.
    """

    detail: str
    again: bool = False


Look = Seen | Absent | Undecidable


@dataclass(frozen=True, slots=True)
class AskLater:
    """The provider could not be asked just now: 429, no connection. `pause`: how long it wants to be left alone."""

    pause: timedelta | None = None


@dataclass(frozen=True, slots=True)
class HookRequest:
    """A call-back as it came in; `url` is rebuilt from FOLLOWUP_PUBLIC_URL, never from the Host header."""

    url: str
    headers: Mapping[str, str]  # lower-case names
    form: Sequence[tuple[str, str]]
    body: bytes


@dataclass(frozen=True, slots=True)
class Billed:
    """A message on a provider's own list; `segments` is 0 while it does not know, `price` is what it charges."""

    ref: str
    senders: frozenset[str]  # the number, and the service it was sent by
    to: str
    text: str
    segments: int
    price: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class BillPage:
    """A part of a day's list; `following` asks for the next part, empty at the end."""

    rows: tuple[Billed, ...]
    following: str = ""


class Provider(Protocol):
    """One company that takes messages. `send` never raises and never repeats; every failure is an Outcome."""

    @property
    def name(self) -> str: ...
    @property
    def channel(self) -> Channel: ...
    @property
    def sender(self) -> str:
        """From whom its messages come where a clinic names nobody; empty where the question makes no sense."""
        ...

    @property
    def answers_keywords(self) -> bool:
        """True if it answers STOP, START and HELP by itself in the words it knows; then we must not."""
        ...

    async def send(self, outbound: Outbound) -> Outcome: ...
    async def look_up(self, sighting: Sighting) -> Look:
        """Whether the provider has it; what it has under one of `sighting.others` is another message's."""
        ...

    @property
    def can_tell(self) -> bool:
        """True if `fetch` can tell what became of a message."""
        ...

    async def fetch(self, ref: str, message_id: MessageId) -> Receipt | AskLater | None:
        """What became of the message it took under `ref`; None if it has nothing to tell of it. Never raises."""
        ...

    async def bill(self, day: date, following: str = "") -> BillPage | AskLater | None:
        """A page of all it was asked to send on that day (UTC), whoever asked; None if it has no such list."""
        ...

    def classify(self, code: str) -> CodeEntry:
        """What a code of this provider means, also one that came in a receipt; unknown codes are CodeClass.UNKNOWN."""
        ...

    async def check(self) -> str:
        """Try the credentials; returns an empty string or one line naming fault and cure."""
        ...

    async def close(self) -> None: ...
    def verify(self, request: HookRequest) -> bool:
        """True if the call-back was signed by the provider; never raises."""
        ...

    def read_receipt(self, request: HookRequest, message_id: MessageId) -> Receipt | None: ...
    def read_inbound(self, request: HookRequest, now: datetime) -> InboundMessage | None: ...


@dataclass(frozen=True, slots=True)
class Post:
    """One mail in a mailbox; `key` names it there until it is marked."""

    key: str
    raw: bytes


class Mailbox(Protocol):
    """The mailbox that bounces and replies come to. All of it raises `Unavailable` when the server is away."""

    def unread(self, limit: int, *, since: datetime) -> AbstractContextManager[Iterator[Post]]:
        """Opens the mailbox and gives what was not marked and arrived since, the oldest first, at most `limit`.

        Each is fetched when it is asked for, and marked as read once the next one is asked for.
        """
        ...

    def check(self) -> str:
        """Try the log-in; returns an empty string or one line naming fault and cure."""
        ...


@dataclass(frozen=True, slots=True)
class Called:
    """What came of a call to a clinic's system; status 0: nothing was answered, and `detail` says why."""

    status: int
    detail: str = ""

    @property
    def is_taken(self) -> bool:
        """True if the endpoint says that it has it."""
        return 200 <= self.status < 300

    @property
    def words(self) -> str:
        """In short."""
        return self.detail or f"answered {self.status}"


class Outlet(Protocol):
    """Calls clinics' systems: public addresses over HTTPS alone, no redirects. `post` never raises nor repeats."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, loopback: bool) -> Called:
        """One POST; `loopback` allows this machine itself, as a trial needs it."""
        ...

    async def close(self) -> None: ...


class Jobs(Protocol):
    """The bell: hands ids to an actor by name. Raises `Unavailable` when the broker is away; nothing is lost then."""

    def ring(self, actor: str, ids: Sequence[str]) -> None: ...


@dataclass(frozen=True, slots=True)
class Turn:
    """`taken`: it may start now and be on the wire in `wait` seconds; else ask again in `wait` seconds."""

    taken: bool
    wait: float


class Pacer(Protocol):
    """Keeps a sender below its rate, over all workers."""

    def turn(self, sender: str, cost: float, *, rate: float, patience: float) -> Turn:
        """Take `cost` segments at `rate` a second (0: unpaced) if the turn comes within `patience` seconds."""
        ...


class Limiter(Protocol):
    """Keeps callers of public doors below their rate."""

    def wait(self, key: str, *, per_minute: int) -> float:
        """0 if one more may come in under `key`; else the seconds until one may, and nothing is counted."""
        ...


class Network(Protocol):
    """Runs the one asynchronous step of a delivery on the process's event loop."""

    def submit(self, work: Coroutine[Any, Any, T]) -> "Future[T]": ...
