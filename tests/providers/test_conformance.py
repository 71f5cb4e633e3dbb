"""What every provider does, whatever the company: real HTTP, real SMTP, and echo."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from followup.domain.message import Channel
from followup.domain.outcome import Accepted, CodeClass, Outcome, Rejected, Transient, Unknown
from followup.ports import HookRequest, Outbound, Provider
from followup.providers.echo import Echo
from followup.sandbox.carrier import Carrier
from followup.sandbox.mail import MailCatcher
from followup.sandbox.vonage import VonageCarrier
from tests.providers.parts import (
    LETTER,
    TEXT,
    closed_port,
    make_smtp,
    make_twilio,
    make_twilio2,
    make_vonage,
    use,
)


@dataclass(frozen=True)
class Stand:
    """A provider, a message for it, and how to count and disturb what the other side takes."""

    make: Callable[[], Provider]
    away: Callable[[], Provider]
    outbound: Outbound
    taken: Callable[[], int]
    fault: Callable[[str], object]
    words: Mapping[str, str]
    bad_to: str


def _nothing(*_: Any) -> int:
    return 0


@pytest.fixture
def twilio(carrier: Carrier) -> Stand:
    words = {"busy": "429", "hang": "hang", "cut": "cut", "taken and cut": "accept-then-cut"}
    return Stand(
        make=lambda: make_twilio(carrier.url),
        away=lambda: make_twilio(f"http://127.0.0.1:{closed_port()}"),
        outbound=TEXT,
        taken=lambda: len(carrier.messages),
        fault=lambda kind: carrier.faults.add({"kind": kind}),
        words=words,
        bad_to="+15005550001",
    )


@pytest.fixture
def twilio2(carrier: Carrier, twilio: Stand) -> Stand:
    return replace(
        twilio,
        make=lambda: make_twilio2(carrier.url),
        away=lambda: make_twilio2(f"http://127.0.0.1:{closed_port()}"),
    )


@pytest.fixture
def vonage(exchange: VonageCarrier) -> Stand:
    words = {"busy": "429", "hang": "hang", "cut": "cut", "taken and cut": "accept-then-cut"}
    return Stand(
        make=lambda: make_vonage(exchange.url),
        away=lambda: make_vonage(f"http://127.0.0.1:{closed_port()}"),
        outbound=TEXT,
        taken=lambda: len(exchange.messages),
        fault=lambda kind: exchange.faults.add({"kind": kind}),
        words=words,
        bad_to="+15005511430",
    )


@pytest.fixture
def smtp(catcher: MailCatcher) -> Stand:
    words = {"busy": "rcpt-450-4.2.0", "hang": "hang", "cut": "cut", "taken and cut": "accept-then-cut"}
    return Stand(
        make=lambda: make_smtp(catcher.smtp_url),
        away=lambda: make_smtp(f"smtp://127.0.0.1:{closed_port()}?tls=none"),
        outbound=LETTER,
        taken=lambda: len(catcher.messages),
        fault=lambda kind: catcher.faults.add({"kind": kind}),
        words=words,
        bad_to="smtp-rcpt-550-5.1.1@example.com",
    )


@pytest.fixture
def echo() -> Stand:
    """Never fails, so that it has nothing to disturb."""
    return Stand(lambda: Echo(Channel.SMS), lambda: Echo(Channel.SMS), TEXT, _nothing, _nothing, {}, "")


@pytest.fixture(params=["twilio", "twilio2", "vonage", "smtp", "echo"])
def stand(request: pytest.FixtureRequest) -> Stand:
    """Each provider in turn."""
    chosen: Stand = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture(params=["twilio", "twilio2", "vonage", "smtp"])
def real(request: pytest.FixtureRequest) -> Stand:
    """Each provider that talks to somebody, in turn."""
    chosen: Stand = request.getfixturevalue(request.param)
    return chosen


def send(stand: Stand, **changes: Any) -> Outcome:
    """One message by a new provider."""
    return use(stand.make(), lambda provider: provider.send(replace(stand.outbound, **changes)))


def test_an_ordinary_message_is_accepted_with_reference(stand: Stand) -> None:
    outcome = send(stand)
    assert isinstance(outcome, Accepted)
    assert outcome.ref
    assert "\n" not in outcome.ref


def test_an_accepted_message_is_taken_exactly_once(real: Stand) -> None:
    send(real)
    assert real.taken() == 1


def test_the_provider_names_itself_and_its_channel(stand: Stand) -> None:
    provider = stand.make()
    assert provider.channel is stand.outbound.channel
    assert provider.name in {"twilio", "twilio2", "vonage", "smtp", "echo"}


@pytest.mark.parametrize(
    ("disturbance", "expected", "taken"),
    [("busy", Transient, 0), ("hang", Unknown, 0), ("cut", Unknown, 0), ("taken and cut", Unknown, 1)],
)
def test_every_disturbance_is_seen_for_what_it_is(real: Stand, disturbance: str, expected: type, taken: int) -> None:
    real.fault(real.words[disturbance])
    outcome = send(real)
    assert isinstance(outcome, expected), outcome
    assert real.taken() == taken


def test_a_provider_that_is_away_took_nothing(real: Stand) -> None:
    outcome = use(real.away(), lambda provider: provider.send(real.outbound))
    assert isinstance(outcome, Transient)


def test_an_address_that_does_not_exist_is_refused(real: Stand) -> None:
    outcome = send(real, to=real.bad_to)
    assert isinstance(outcome, Rejected)
    assert outcome.kind is CodeClass.BAD_NUMBER
    assert real.taken() == 0


@pytest.mark.parametrize("disturbance", ["", "busy", "hang", "cut"])
def test_no_outcome_repeats_address_or_text(real: Stand, disturbance: str) -> None:
    if disturbance:
        real.fault(real.words[disturbance])
    told = repr(send(real, to=real.bad_to))
    assert real.bad_to not in told
    assert real.outbound.text not in told


@pytest.mark.parametrize("text", ["lone \ud800 surrogate", "\udcff"])
def test_text_that_cannot_be_encoded_is_refused(real: Stand, text: str) -> None:
    outcome = send(real, text=text)
    assert isinstance(outcome, Rejected)
    assert outcome.kind is CodeClass.CONTENT
    assert real.taken() == 0


@pytest.mark.parametrize("text", ["{{7*7}}", "a" * 1500, "שלום‮", "😀 œ ’", ".\n.\nline", "a\r\nb\nc", "%&+=?#"])
def test_text_of_any_kind_is_accepted(stand: Stand, text: str) -> None:
    assert isinstance(send(stand, text=text), Accepted)


def test_check_is_silent_when_all_is_well(stand: Stand) -> None:
    assert use(stand.make(), lambda provider: provider.check()) == ""


def test_check_tells_one_line_with_cure(real: Stand) -> None:
    fault = use(real.away(), lambda provider: provider.check())
    assert "check" in fault
    assert "\n" not in fault


def test_a_code_nobody_knows_is_called_unknown(stand: Stand) -> None:
    entry = stand.make().classify("99999")
    assert entry.kind is CodeClass.UNKNOWN
    assert entry.detail


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-twilio-signature": ""},
        {"x-twilio-signature": "é\ud800"},
        {"authorization": "Bearer "},
        {"authorization": "Bearer a.b.c"},
        {"authorization": "Bearer é\ud800"},
    ],
)
def test_a_call_back_without_signature_is_refused(stand: Stand, headers: dict[str, str]) -> None:
    request = HookRequest(url="https://clinic.example/hooks", headers=headers, form=[("Body", "x")], body=b"Body=x")
    assert stand.make().verify(request) is False


def test_one_provider_serves_many_loops(real: Stand) -> None:
    provider = real.make()
    outcomes = [use(provider, lambda one: one.send(real.outbound)) for _ in range(2)]
    assert all(isinstance(outcome, Accepted) for outcome in outcomes)
