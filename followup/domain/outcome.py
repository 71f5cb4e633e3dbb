"""What a provider said at once: Accepted, Rejected, Transient or Unknown."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class CodeClass(StrEnum):
    """What to do about a provider's code (facts 3.11)."""

    RETRY = "retry"  # proven not accepted: again soon
    LATER = "later"  # again after a stated delay, few times
    SUPPRESS = "suppress"  # the recipient opted out at the provider
    BAD_NUMBER = "bad_number"  # never this address again until re-verified
    CONFIG = "config"  # our account or sender is at fault: halt it, keep its messages
    CONTENT = "content"  # fix the text, never resend it unchanged
    DOUBT = "doubt"  # outcome unknown
    WARNING = "warning"  # says nothing of this message: staff are told once
    UNKNOWN = "unknown"  # a code nobody knows: fail, alert once


class Scope(StrEnum):
    """What a code speaks of: how far a halt or a slow-down must reach."""

    MESSAGE = "message"
    SENDER = "sender"
    REGION = "region"  # the recipient's country
    ACCOUNT = "account"


class Suspicion(StrEnum):
    """What a code says beyond its message, once it comes often enough (domain/suspicion.py)."""

    BLOCKED = "blocked"  # the recipient's carrier or phone blocks us
    AWAY = "away"  # the phone is off or out of reach
    REASSIGNED = "reassigned"  # the number may belong to somebody else now
    FILTERED = "filtered"  # carriers filter this text


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """What a provider's code means; `delays` are the waits before each further try, none: no further try."""

    code: str
    kind: CodeClass
    detail: str  # plain words, no patient data
    delays: tuple[timedelta, ...] = ()
    scope: Scope = Scope.MESSAGE
    suspicion: Suspicion | None = None
    needed_only: bool = False  # tried again only for care and transactional messages: the first may have arrived


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider took the message under `ref`."""

    ref: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The provider refused and will refuse again. `detail` is in plain words, without patient data."""

    code: str
    kind: CodeClass
    detail: str


@dataclass(frozen=True, slots=True)
class Transient:
    """Proven not accepted: no connection, 429, SMTP 4xx. Safe to try again.

    `unlisted`: the answer carried a code nobody knows; the status alone says that nothing was accepted.
    """

    code: str
    detail: str
    retry_after: timedelta | None = None
    unlisted: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request may have been accepted: time-out, cut connection, 5xx, unreadable answer."""

    code: str
    detail: str


Outcome = Accepted | Rejected | Transient | Unknown


def retry_after(tries: int, roll: float) -> timedelta:
    """Real time to wait after `tries` transient outcomes: 1 s doubling to 5 min; `roll` in [0, 1) spreads it."""
    base = min(2.0 ** min(max(tries - 1, 0), 9), 300.0)
    return timedelta(seconds=base * (0.75 + roll / 2))
