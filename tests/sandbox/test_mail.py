"""The mail catcher: keeps what it took, whatever it says about it."""

import json
import smtplib
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from followup.sandbox.mail import MailCatcher, MailOptions
from followup.sandbox.process import running


@pytest.fixture
def catcher(tmp_path: Path) -> Iterator[MailCatcher]:
    """A mail server that delivers nothing and keeps a file."""
    with running(MailCatcher(MailOptions(ledger=tmp_path / "mail.jsonl"))) as started:
        yield started


def send(catcher: MailCatcher, to: str = "ana@example.com") -> None:
    """One mail by the standard library."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = "a@b.example", to, "Été", "<1@b.example>"
    mail.set_content("plain ü")
    mail.add_alternative("<p>html ü</p>", subtype="html")
    parts = urlsplit(catcher.smtp_url)
    with smtplib.SMTP(str(parts.hostname), parts.port or 0, timeout=5) as talk:
        talk.send_message(mail)


def control(catcher: MailCatcher, path: str, asked: Any = None, method: str = "GET") -> Any:
    """One word at the control door."""
    data = None if asked is None else json.dumps(asked).encode()
    request = urllib.request.Request(f"{catcher.addresses['url']}/control/{path}", data, method=method)
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.load(answer)


def test_a_mail_is_kept_with_all_parts(catcher: MailCatcher) -> None:
    send(catcher)
    kept = catcher.messages[0]
    assert (kept["message_id"], kept["subject"], kept["rcpt_to"]) == ("<1@b.example>", "Été", ["ana@example.com"])
    assert (kept["text"], kept["html"]) == ("plain ü\n", "<p>html ü</p>\n")


@pytest.mark.parametrize(
    ("kind", "taken"),
    [("rcpt-550-5.1.1", 0), ("data-451", 0), ("cut", 0), ("accept-then-cut", 1)],
)
@pytest.mark.parametrize("way", ["fault", "recipient"])
def test_faults_and_magic_recipients_play_alike(catcher: MailCatcher, kind: str, taken: int, way: str) -> None:
    if way == "fault":
        control(catcher, "faults", {"kind": kind}, "POST")
    with pytest.raises(smtplib.SMTPException):
        send(catcher, f"smtp-{kind}@example.com" if way == "recipient" else "ana@example.com")
    assert len(catcher.messages) == taken


def test_a_counted_fault_ends_by_itself(catcher: MailCatcher) -> None:
    control(catcher, "faults", {"kind": "mail-421", "count": 1}, "POST")
    with pytest.raises(smtplib.SMTPException):
        send(catcher)
    send(catcher)
    assert len(catcher.messages) == 1


def test_lifted_faults_strike_no_more(catcher: MailCatcher) -> None:
    control(catcher, "faults", [{"kind": "data-554"}, {"kind": "cut"}], "POST")
    assert control(catcher, "faults", method="DELETE") == []
    send(catcher)


def test_the_ledger_is_served_and_outlives_the_catcher(catcher: MailCatcher, tmp_path: Path) -> None:
    send(catcher)
    assert control(catcher, "ledger")["next"] == 1
    with running(MailCatcher(MailOptions(ledger=tmp_path / "mail.jsonl"))) as reborn:
        assert reborn.messages == catcher.messages
