"""Runs `followup` as real processes with a carrier and a mail catcher beside them."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from followup.clock import write_instant
from followup.sandbox.carrier import ACCOUNT, NUMBER, TOKEN, Carrier, CarrierOptions
from followup.sandbox.clinic import HOME, Person, Teller
from followup.sandbox.mail import MailCatcher, MailOptions
from followup.sandbox.process import running
from tests.builders import ROOT
from tests.waiting import until

KEY = "key-for-end-to-end"
#: Half past four on a Monday in Toronto: inside every window.
NOW = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)


@dataclass
class Outside:
    """What is around the machine: the carrier, the mail catcher and the environment that names them."""

    carrier: Carrier
    mail: MailCatcher
    environ: dict[str, str]
    tell: Teller = field(default_factory=Teller)
    people: int = 0

    def person(self) -> Person:
        """Somebody new."""
        self.people += 1
        return Person(f"X-{self.people}", "Ana", "Silva", "en-CA", HOME, f"+1416555{2000 + self.people}")

    def texts_to(self, person: Person) -> list[dict[str, Any]]:
        """What the carrier took for this person."""
        return [entry for entry in self.carrier.messages if entry["to"] == person.sms]


@contextmanager
def outside(folder: Path) -> Iterator[Outside]:
    """A carrier and a mail catcher in this process; the clock stands at NOW."""
    write_instant(folder / "clock", NOW)
    with running(Carrier(CarrierOptions())) as carrier, running(MailCatcher(MailOptions())) as mail:
        yield Outside(carrier, mail, environment(folder, carrier.url, mail.smtp_url))


def environment(folder: Path, carrier_url: str, smtp_url: str) -> dict[str, str]:
    """Settings of a clinic whose carrier lives on loopback."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "FOLLOWUP_CONFIG": str(ROOT / "config"),
        "FOLLOWUP_TEMPLATES": str(ROOT / "templates"),
        "FOLLOWUP_API_KEY": KEY,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_FROM": NUMBER,
        "TWILIO_API_URL": carrier_url,
        "SMTP_URL": smtp_url,
        "EMAIL_FROM": "care@canstrive.example.com",
        "FOLLOWUP_TRIAL_ALLOW": "*",
        "FOLLOWUP_CLOCK": f"file:{folder / 'clock'}",
        "FOLLOWUP_SENDER_RATE": "0",
        "FOLLOWUP_TICK": "100ms",
        "FOLLOWUP_PROVIDER_TIMEOUT": "1s",
        "FOLLOWUP_LEASE": "3s",
        "FOLLOWUP_SETTLE": "2s",
    }


def command(*words: str) -> list[str]:
    """`followup …` of this checkout."""
    return [sys.executable, "-m", "followup", *words]


def run(*words: str, environ: Mapping[str, str], cwd: Path) -> "subprocess.CompletedProcess[str]":
    """One command to its end."""
    return subprocess.run(command(*words), env=dict(environ), cwd=cwd, capture_output=True, text=True, timeout=60)


class Machine:
    """A running `followup up`."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self.folder, self.data = folder, folder / "data of the clinic"
        self.errors = (folder / "up.err").open("wb")
        self.process = subprocess.Popen(
            command("up", "--port", "0", "--data", str(self.data)),
            env=dict(environ), cwd=folder, stdout=subprocess.PIPE, stderr=self.errors, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line.startswith("ready http://"):
            self.close()
            raise AssertionError((line, (folder / "up.err").read_text(), self.logs()))
        self.url = line.split()[1]

    def logs(self) -> str:
        """What the roles wrote, for a failed test."""
        return "\n".join(f"{p.name}: {p.read_text()[-1500:]}" for p in sorted(self.data.glob("log/*.log")))

    def pid(self, words: str) -> int:
        """The child whose command line has `words`; 0 if there is none now."""
        return next((pid for pid in children(self.process.pid) if words in command_line(pid)), 0)

    def kill(self, words: str) -> int:
        """kill -9 of that child."""
        pid = self.pid(words)
        assert pid, words
        os.kill(pid, signal.SIGKILL)
        return pid

    def family(self) -> list[int]:
        """All processes below the supervisor."""
        return descendants(self.process.pid)

    def close(self) -> int:
        """SIGTERM; the exit status."""
        if self.process.poll() is None:
            self.process.terminate()
        status = self.process.wait(60)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.errors.close()
        return status


def post_event(url: str, event: Mapping[str, Any]) -> int:
    """The door's answer; 0 if there was none."""
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/cloudevents+json"}
    request = urllib.request.Request(f"{url}/v1/events", data=json.dumps(event).encode(), headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


def treat(around: Outside, url: str, person: Person, *, of: int = 1) -> None:
    """The clinic tells of a treatment an hour before NOW, until it is accepted."""
    event = around.tell.treated(person, NOW.replace(hour=20), treatment=f"T-{person.id}", of=of).event
    assert until(lambda: post_event(url, event) == 202)


def children(pid: int) -> list[int]:
    """The direct children of a process (Linux)."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:
        return []


def descendants(pid: int) -> list[int]:
    """Children, their children and so on."""
    below = children(pid)
    return [*below, *(grandchild for child in below for grandchild in descendants(child))]


def command_line(pid: int) -> str:
    """How a process was called."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def alive(pid: int) -> bool:
    """False for zombies too."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in {"Z", "X"}
    except OSError:
        return False
