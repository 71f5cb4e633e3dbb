"""SMTP: what the server says at each stage, and what follows."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from followup.domain.errors import SettingError
from followup.domain.ids import MessageId
from followup.domain.outcome import Accepted, CodeClass, Outcome, Rejected, Transient, Unknown
from followup.ports import Sighting, Undecidable
from followup.providers import smtp, smtp_codes
from followup.providers.smtp_codes import Stage
from followup.sandbox.mail import MailCatcher, MailOptions
from followup.sandbox.process import running
from followup.settings import load_settings
from tests.fakes import START, FakeClock
from tests.providers.parts import CERTIFICATE, LETTER, make_smtp, server_tls, use


def send(catcher: MailCatcher, url: str = "", **changes: Any) -> Outcome:
    """One mail to the catcher."""
    return use(make_smtp(url or catcher.smtp_url), lambda one: one.send(replace(LETTER, **changes)))


@pytest.fixture
def guarded() -> Iterator[MailCatcher]:
    """A mail server that wants a log-in."""
    with running(MailCatcher(MailOptions(username="us@er", password="p:ss/"))) as started:
        yield started


def test_the_reference_is_the_message_id(catcher: MailCatcher) -> None:
    outcome = send(catcher)
    assert outcome == Accepted(catcher.messages[0]["message_id"])


def test_every_try_carries_the_same_message_id(catcher: MailCatcher) -> None:
    catcher.faults.add({"kind": "accept-then-cut", "count": 1})
    assert isinstance(send(catcher), Unknown)
    assert isinstance(send(catcher, attempt_number=2), Accepted)
    first, second = catcher.messages
    assert first["message_id"] == second["message_id"]
    assert first["raw"] == second["raw"]


@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        ("mail-421", Transient, "421"),
        ("mail-451-4.7.1", Transient, "4.7.1"),
        ("rcpt-450", Transient, "450"),
        ("rcpt-452-4.2.2", Transient, "4.2.2"),
        ("data-451", Transient, "451"),
        ("data-421-4.3.2", Transient, "4.3.2"),
        ("rcpt-550-5.1.1", CodeClass.BAD_NUMBER, "5.1.1"),
        ("rcpt-550", CodeClass.BAD_NUMBER, "550"),
        ("rcpt-552-5.2.2", CodeClass.LATER, "5.2.2"),
        ("rcpt-554-5.7.1", CodeClass.CONTENT, "5.7.1"),
        ("rcpt-599", CodeClass.UNKNOWN, "599"),
        ("mail-550-5.7.1", CodeClass.CONFIG, "5.7.1"),
        ("data-554-5.7.26", CodeClass.CONFIG, "5.7.26"),
        ("data-552-5.3.4", CodeClass.CONTENT, "5.3.4"),
        ("data-550", CodeClass.CONTENT, "550"),
        ("data-554-5.6.0", CodeClass.CONTENT, "5.6.0"),
        ("cut", Unknown, "cut"),
        ("accept-then-cut", Unknown, "cut"),
        ("hang", Unknown, "timeout"),
        ("accept-then-hang", Unknown, "timeout"),
    ],
)
def test_each_answer_at_each_stage_has_its_outcome(catcher: MailCatcher, fault: str, kind: Any, code: str) -> None:
    catcher.faults.add({"kind": fault})
    outcome = send(catcher)
    assert not isinstance(outcome, Accepted)
    assert (outcome.kind if isinstance(outcome, Rejected) else type(outcome), outcome.code) == (kind, code)


@pytest.mark.parametrize(
    ("reply", "text", "stage", "kind"),
    [
        (550, "5.7.1 Relaying denied", Stage.RECIPIENT, CodeClass.CONFIG),
        (535, "5.7.8 Bad credentials", Stage.CONNECT, CodeClass.CONFIG),
        (530, "5.7.0 Must issue STARTTLS first", Stage.SENDER, CodeClass.CONFIG),
        (550, "4.2.1 busy", Stage.RECIPIENT, Transient),
        (451, "5.1.1 gone", Stage.RECIPIENT, CodeClass.BAD_NUMBER),
        (550, "user 5.1.1@x.example\n5.7.1 policy", Stage.RECIPIENT, CodeClass.BAD_NUMBER),
        (554, "no service", Stage.CONNECT, Transient),
        (454, "4.7.0 later", Stage.CONNECT, Transient),
        (250, "odd", Stage.DATA, Unknown),
        (-1, "odd", Stage.DATA, Unknown),
        (-1, "odd", Stage.RECIPIENT, Transient),
    ],
)
def test_the_enhanced_code_goes_before_the_reply(reply: int, text: str, stage: Stage, kind: Any) -> None:
    outcome = smtp_codes.outcome_of(reply, text, stage=stage)
    assert (outcome.kind if isinstance(outcome, Rejected) else type(outcome)) == kind
    assert "@" not in getattr(outcome, "detail", "")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        *((code, CodeClass.BAD_NUMBER) for code in ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1")),
        *((code, CodeClass.CONTENT) for code in ("5.2.3", "5.3.4", "5.6.0", "5.6.7", "5.7.1")),
        *((code, CodeClass.LATER) for code in ("5.2.2", "5.3.0", "5.4.4", "5.4.6")),
        *((code, CodeClass.CONFIG) for code in ("5.5.1", "5.7.26", "5.7.25", "5.7.30")),
        *((code, CodeClass.RETRY) for code in ("4.2.2", "4.4.7", "4.7.32", "421")),
        *((code, CodeClass.UNKNOWN) for code in ("", "5.9.9", "599", "250")),
    ],
)
def test_every_mail_code_has_its_class(code: str, kind: CodeClass) -> None:
    assert smtp_codes.classify(code).kind is kind
    assert smtp_codes.classify(code).detail.endswith(".")


def test_tls_that_the_server_lacks_sends_nothing(catcher: MailCatcher) -> None:
    outcome = send(catcher, catcher.smtp_url.replace("tls=none", "tls=starttls"))
    assert isinstance(outcome, Transient)
    assert catcher.messages == []


@pytest.mark.parametrize("implicit", [True, False])
@pytest.mark.parametrize(("trusted", "expected"), [(True, Accepted), (False, Transient)])
def test_only_a_certificate_we_trust_gets_mail(
    monkeypatch: pytest.MonkeyPatch, implicit: bool, trusted: bool, expected: type
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE if trusted else CERTIFICATE.with_name("no.pem")))
    with running(MailCatcher(MailOptions(tls=server_tls(), implicit=implicit))) as catcher:
        host = catcher.smtp_url.removeprefix("smtp://").partition("?")[0]
        outcome = send(catcher, f"smtps://{host}" if implicit else f"smtp://{host}?tls=starttls")
        assert isinstance(outcome, expected), outcome
        assert len(catcher.messages) == int(trusted)


def test_a_log_in_is_decoded_and_used(guarded: MailCatcher) -> None:
    url = guarded.smtp_url.replace("smtp://", "smtp://us%40er:p%3Ass%2F@")
    assert isinstance(send(guarded, url), Accepted)


def test_a_refused_log_in_is_our_fault(guarded: MailCatcher) -> None:
    url = guarded.smtp_url.replace("smtp://", "smtp://us%40er:wrong@")
    provider = make_smtp(url, FOLLOWUP_PROVIDER_TIMEOUT="5s")
    outcome = use(provider, lambda one: one.send(LETTER))
    assert isinstance(outcome, Rejected)
    assert outcome.kind is CodeClass.CONFIG
    assert "log-in" in use(provider, lambda one: one.check())


@pytest.mark.parametrize("to", ["", "ana", "@example.com", "ana@", "ana example@example.com", "ana@exa mple.com"])
def test_what_is_no_mailbox_is_refused(catcher: MailCatcher, to: str) -> None:
    outcome = send(catcher, to=to)
    assert isinstance(outcome, Rejected)
    assert outcome.kind is CodeClass.BAD_NUMBER


def test_a_mailbox_in_any_script_is_reached(catcher: MailCatcher) -> None:
    assert isinstance(send(catcher, to="zoé@exämple.com"), Accepted)
    assert catcher.messages[0]["rcpt_to"] == ["zoé@xn--exmple-cua.com"]


def test_a_missing_sender_halts_with_cure(catcher: MailCatcher) -> None:
    provider = make_smtp(catcher.smtp_url, EMAIL_FROM="")
    outcome = use(provider, lambda one: one.send(LETTER))
    assert isinstance(outcome, Rejected)
    assert outcome.kind is CodeClass.CONFIG
    assert "EMAIL_FROM" in use(provider, lambda one: one.check())


def test_absence_of_mail_can_never_be_proven(catcher: MailCatcher) -> None:
    sighting = Sighting(MessageId("msg_1"), LETTER.to, "", LETTER.text, START, START)
    found = use(make_smtp(catcher.smtp_url), lambda one: one.look_up(sighting))
    assert isinstance(found, Undecidable)
    assert not found.again


def test_no_mail_server_is_one_line() -> None:
    with pytest.raises(SettingError, match="SMTP_URL"):
        smtp.build(load_settings({}), ops=FakeClock())
