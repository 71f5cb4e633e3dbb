"""The far side of mail: sends back what mail servers and people send, for recipients whose names ask for it.

| Recipient | Sends back |
| --- | --- |
| `bounce@…` | no such mailbox, 5.1.1 |
| `full@…` | mailbox full, 5.2.2 |
| `disabled@…` | mailbox disabled, 5.2.1 |
| `blocked@…` | refused by policy, 5.7.1 |
| `untrusted@…` | our domain is not authenticated, 5.7.26 |
| `delayed@…` | still trying, 4.4.1 |
| `complaint@…` | an abuse report |
| `away@…` | an absence note |

A tail keeps mailboxes apart: `bounce+1@…`.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes, policy

import aiohttp

_TRIES, _PAUSE = 20, 0.25


@dataclass(frozen=True, slots=True)
class Part:
    """What comes back: a report with action and code, or another kind of mail."""

    action: str = "failed"
    status: str = ""
    said: str = ""
    other: str = ""


PARTS: dict[str, Part] = {
    "bounce": Part(status="5.1.1", said="550 5.1.1 No such user here"),
    "full": Part(status="5.2.2", said="552 5.2.2 Mailbox full"),
    "disabled": Part(status="5.2.1", said="550 5.2.1 The account is disabled"),
    "blocked": Part(status="5.7.1", said="554 5.7.1 Refused by policy"),
    "untrusted": Part(status="5.7.26", said="550 5.7.26 The sender is not authenticated"),
    "delayed": Part("delayed", "4.4.1", "connection timed out"),
    "complaint": Part(other="complaint"),
    "away": Part(other="away"),
}


@dataclass(frozen=True, slots=True)
class Caught:
    """A mail that was taken."""

    sender: str  # envelope: where what comes back goes
    to: str
    raw: bytes


def part_of(to: str) -> Part | None:
    """The part that a recipient's name asks for."""
    return PARTS.get(to.partition("@")[0].partition("+")[0].lower())


def comes_back(caught: Caught) -> bytes | None:
    """The mail that comes back, None for ordinary recipients and for mail that is itself one."""
    part = part_of(caught.to)
    if part is None or not caught.sender:
        return None
    write = {"complaint": _complaint, "away": _away}.get(part.other)
    text = write(caught) if write is not None else _report(caught, part)
    return text.encode("utf-8", "surrogateescape")


def _headers(caught: Caught) -> str:
    head = caught.raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0].decode("utf-8", "surrogateescape")
    return f"Return-Path: <{caught.sender}>\n{head}\n"


def _ref(caught: Caught) -> str:
    return str(message_from_bytes(caught.raw, policy=policy.compat32)["Message-ID"] or "<none>").strip("<> \r\n")


def _report(caught: Caught, part: Part) -> str:
    word = "Delayed Mail (still being retried)" if part.action == "delayed" else "Undelivered Mail Returned to Sender"
    return f"""Return-Path: <>
From: MAILER-DAEMON@catcher.localhost (Mail Delivery System)
To: {caught.sender}
Subject: {word}
Message-ID: <dsn.{_ref(caught)}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=back="

--=back=
Content-Type: text/plain; charset=us-ascii

<{caught.to}>: {part.said}

--=back=
Content-Type: message/delivery-status

Reporting-MTA: dns; catcher.localhost

Final-Recipient: rfc822; {caught.to}
Original-Recipient: rfc822;{caught.to}
Action: {part.action}
Status: {part.status}
Diagnostic-Code: smtp; {part.said}

--=back=
Content-Type: text/rfc822-headers

{_headers(caught)}
--=back=--
"""


def _complaint(caught: Caught) -> str:
    return f"""Return-Path: <fbl@catcher.localhost>
From: fbl@catcher.localhost
To: {caught.sender}
Subject: abuse report
Message-ID: <arf.{_ref(caught)}>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="=back="

--=back=
Content-Type: text/plain; charset=us-ascii

This is an abuse report.

--=back=
Content-Type: message/feedback-report

Feedback-Type: abuse
Version: 1
Original-Mail-From: <{caught.sender}>
Original-Rcpt-To: <{caught.to}>

--=back=
Content-Type: text/rfc822-headers

{_headers(caught)}
--=back=--
"""


def _away(caught: Caught) -> str:
    return f"""Return-Path: <>
From: {caught.to}
To: {caught.sender}
Subject: Out of office
Message-ID: <away.{_ref(caught)}>
Auto-Submitted: auto-replied
Content-Type: text/plain; charset=utf-8

I am away until Monday.
"""


class Postmaster:
    """Posts what comes back to the bounce door; asks again for a while where nobody answers."""

    def __init__(self, url: str, secret: str) -> None:
        self._url, self._secret = url, secret
        self._posting: set[asyncio.Task[None]] = set()

    def take(self, caught: Caught) -> None:
        """Send back what this mail asks for, soon."""
        back = comes_back(caught)
        if self._url and back is not None:
            task = asyncio.get_running_loop().create_task(self._post(back))
            self._posting.add(task)
            task.add_done_callback(self._posting.discard)

    async def stop(self) -> None:
        for task in list(self._posting):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _post(self, raw: bytes) -> None:
        headers = {"Authorization": f"Bearer {self._secret}", "Content-Type": "message/rfc822"}
        async with aiohttp.ClientSession(headers=headers) as session:
            for _ in range(_TRIES):
                with suppress(aiohttp.ClientError, TimeoutError):
                    async with session.post(self._url, data=raw) as answer:
                        if answer.status < 500:
                            return
                await asyncio.sleep(_PAUSE)
