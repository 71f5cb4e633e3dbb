"""Every code of every table, driven through a real delivery: what becomes of the message and of all it speaks of."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from followup.domain.escalation import EscalationKind, EscalationState
from followup.domain.halt import CAUSES, scope_of
from followup.domain.ids import MessageId
from followup.domain.message import Channel, Hold, Message, MessageState
from followup.domain.outcome import CodeClass, CodeEntry, Outcome, Rejected, Scope, Suspicion, Transient, Unknown
from followup.providers import smtp_codes, twilio_codes, vonage_codes
from followup.services import settle
from followup.services.context import Context
from followup.storage import addresses, escalations, messages, suppressions
from followup.storage.database import Database
from followup.storage.routing import halts
from tests.builders import CLINIC, EMAIL, PHONE, make_ctx
from tests.fakes import START, FakeProvider, receipt_request
from tests.services.seeds import fake, run, seed, stored
from tests.support.databases import open_quick

C, S, K = CodeClass, MessageState, EscalationKind
LOST = CodeEntry("99999", C.UNKNOWN, "A code that nobody knows.")
TEXTS = [*twilio_codes.CODES.values(), *vonage_codes.CODES.values(), LOST]
_MAIL_CODES = """
5.1.1 5.1.2 5.1.3 5.1.6 5.1.7 5.1.8 5.1.10 5.2.1 5.2.2 5.2.3 5.3.4 5.7.1 5.7.8 5.7.26 530 535 550 551 552 553 554
5.1.9 5.2.9 5.3.9 5.4.9 5.5.9 5.6.9 5.7.9 5.9.9 4.2.2 421
"""
MAIL = [smtp_codes.classify(code) for code in _MAIL_CODES.split()]


@dataclass(frozen=True)
class Result:
    """What stands in the rows afterwards. `heir`: channel of the successor and when it is due; `told`: about what."""

    state: MessageState
    hold: Hold | None = None
    wait: timedelta = timedelta(0)
    heir: tuple[Channel, timedelta, Hold | None] | None = None
    flagged: bool = False
    suppressed: bool = False
    halts: tuple[Hold, ...] = ()
    told: frozenset[EscalationKind] = frozenset()


def expected(entry: CodeEntry, *, late: bool, second: Channel) -> Result:
    """By the class of a code: the rules of facts 3.11 in a dozen lines."""
    ended = S.UNDELIVERED if late else S.FAILED
    on = (second, timedelta(0), None)
    cause = CAUSES[scope] if (scope := scope_of(entry.scope)) else None
    pause = entry.delays[0] if entry.delays else timedelta(0)
    asked = frozenset({K.ADDRESS}) if entry.suspicion is Suspicion.REASSIGNED else frozenset()
    match entry.kind:
        case C.RETRY if not late:
            return Result(S.SCHEDULED)
        case C.DOUBT:
            return Result(S.UNDELIVERED, heir=on) if late else Result(S.UNCONFIRMED)
        case C.LATER if entry.scope is Scope.ACCOUNT and cause is not None:
            told, waits = frozenset({K.PROVIDER}), (Channel.SMS, pause, None)
            held = Result(ended, halts=(cause,), told=told, heir=waits)
            return held if late else replace(held, state=S.SCHEDULED, wait=pause, heir=None)
        case C.LATER | C.RETRY if pause:
            return Result(ended, heir=(Channel.SMS, pause, None)) if late else Result(S.SCHEDULED, wait=pause)
        case C.LATER | C.RETRY:
            return Result(ended, heir=on)
        case C.CONFIG if cause is not None:
            kept = Result(ended, halts=(cause,), told=frozenset({K.PROVIDER}), heir=(Channel.SMS, timedelta(0), cause))
            return kept if late else replace(kept, state=S.SCHEDULED, hold=cause, heir=None)
        case C.CONFIG:
            return Result(ended, told=frozenset({K.PROVIDER}))
        case C.CONTENT:
            return Result(ended, told=frozenset({K.FAILED}))
        case C.UNKNOWN:
            return Result(ended, told=frozenset({K.FAILED}), heir=on if late else None)
        case C.WARNING:
            return Result(ended, told=frozenset({K.PROVIDER}), heir=on)
        case C.SUPPRESS:
            return Result(ended, suppressed=True, heir=on)
        case C.BAD_NUMBER:
            return Result(ended, flagged=True, heir=on, told=asked)
    raise AssertionError(entry.kind)


def found(ctx: Context, pair: tuple[Channel, str]) -> Result:
    """What the rows say."""
    message = stored(ctx)
    with ctx.db.reading() as conn:
        heirs = messages.heirs(conn, MessageId("msg_1"))
        told = escalations.listing(conn, CLINIC, states=[EscalationState.OPEN])
        return Result(
            state=message.state,
            hold=message.hold,
            wait=message.due_at - START,
            heir=next((_told(heir) for heir in heirs), None),
            flagged=bool(addresses.flags(conn, CLINIC, [pair])),
            suppressed=bool(suppressions.active(conn, CLINIC, [pair], ctx.clock.now(), mark=ctx.signer.mark)),
            halts=tuple(halt.cause for halt in halts.standing(conn)),
            told=frozenset(one.kind for one in told),
        )


def _told(heir: Message) -> tuple[Channel, timedelta, Hold | None]:
    return (heir.channels[0], heir.due_at - START, heir.hold)


def outcome(entry: CodeEntry) -> Outcome:
    """What a provider makes of a code that it answers at once."""
    if entry.kind is C.RETRY:
        return Transient(entry.code, entry.detail)
    return (
        Unknown(entry.code, entry.detail) if entry.kind is C.DOUBT else Rejected(entry.code, entry.kind, entry.detail)
    )


def context(database: Database, entries: list[CodeEntry]) -> Context:
    table = {entry.code: entry for entry in entries}
    providers = {channel: FakeProvider(channel, sender="+14165550100", codes=table) for channel in Channel}
    return make_ctx(database, providers=providers)


def at_once(database: Database, entry: CodeEntry) -> Result:
    ctx = context(database, TEXTS)
    fake(ctx).script.append(outcome(entry))
    seed(ctx)
    run(ctx)
    return found(ctx, (Channel.SMS, PHONE))


def in_a_receipt(database: Database, entry: CodeEntry) -> Result:
    ctx = context(database, TEXTS)
    seed(ctx)
    run(ctx)
    settle.take_receipt(ctx, receipt_request("undelivered", code=entry.code), MessageId("msg_1"))
    run(ctx)
    return found(ctx, (Channel.SMS, PHONE))


@pytest.mark.parametrize("entry", TEXTS, ids=lambda entry: entry.code)
def test_every_code_that_refuses_a_text(sqlite_url: str, entry: CodeEntry) -> None:
    database = open_quick(sqlite_url)
    assert at_once(database, entry) == expected(entry, late=False, second=Channel.EMAIL)
    database.close()


@pytest.mark.parametrize("entry", TEXTS, ids=lambda entry: entry.code)
def test_every_code_that_comes_in_a_receipt(sqlite_url: str, entry: CodeEntry) -> None:
    database = open_quick(sqlite_url)
    assert in_a_receipt(database, entry) == expected(entry, late=True, second=Channel.EMAIL)
    database.close()


@pytest.mark.parametrize("entry", MAIL, ids=lambda entry: entry.code)
def test_every_code_that_refuses_a_mail(sqlite_url: str, entry: CodeEntry) -> None:
    database = open_quick(sqlite_url)
    ctx = context(database, MAIL)
    fake(ctx, Channel.EMAIL).script.append(outcome(entry))
    seed(ctx, channels=(Channel.EMAIL, Channel.SMS))
    run(ctx)
    assert found(ctx, (Channel.EMAIL, EMAIL)) == expected(entry, late=False, second=Channel.SMS)
    database.close()


_ONE_A_CLASS = [
    "20429",
    "20500",
    "30003",
    "63038",
    "21610",
    "21614",
    "30005",
    "20003",
    "21606",
    "21408",
    "14107",
    "21617",
]


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("code", _ONE_A_CLASS)
def test_a_code_of_each_class_on_both_databases(database: Database, code: str, late: bool) -> None:
    entry = twilio_codes.CODES[code]
    drive = in_a_receipt if late else at_once
    assert drive(database, entry) == expected(entry, late=late, second=Channel.EMAIL)
