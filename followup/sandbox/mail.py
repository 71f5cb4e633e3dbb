"""A mail catcher on loopback: keeps every mail in a ledger, delivers none, and plays faults on demand.

Control door (JSON): `GET /control/ledger?since=N` · `GET|POST|DELETE /control/faults`. Kinds of fault: `mail-421`,
`rcpt-450-4.2.0`, `rcpt-550-5.1.1`, `data-451`, `data-554-5.7.1` (a stage and the answer), `cut`, `hang` (not taken),
`accept-then-cut`, `accept-then-hang` (taken). A recipient `smtp-<kind>@…` plays that part without the control door.
With a bounce door it sends back what `postmaster` knows: `bounce@…`, `full@…`, `delayed@…`, `complaint@…` and more.
"""

import argparse
import asyncio
import re
import ssl
import warnings
from collections.abc import Collection
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from weakref import WeakSet

from aiohttp import web
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from followup.clock import SystemClock
from followup.ports import Clock
from followup.sandbox.faults import FaultBook
from followup.sandbox.ledger import Entry, Ledger
from followup.sandbox.postmaster import Caught, Postmaster
from followup.sandbox.process import serve

_ANSWER = re.compile(r"(mail|rcpt|data)-([45]\d\d)(?:-([45]\.\d{1,3}\.\d{1,3}))?")
_WHOLE = frozenset({"cut", "hang", "accept-then-cut", "accept-then-hang"})


class _Kinds(Collection[str]):
    """Every stage with every answer, and the four that are no answer."""

    def __contains__(self, kind: object) -> bool:
        return kind in _WHOLE or bool(_ANSWER.fullmatch(str(kind)))

    def __iter__(self) -> Any:
        return iter([*_WHOLE, "mail-…", "rcpt-…", "data-…"])

    def __len__(self) -> int:
        return len(_WHOLE) + 3


@dataclass(frozen=True, slots=True)
class MailOptions:
    """Where to listen and what to ask of callers; with a password every sender must log in."""

    host: str = "127.0.0.1"
    port: int = 0
    control_port: int = 0
    ledger: Path | None = None
    username: str = ""
    password: str = ""
    tls: ssl.SSLContext | None = None
    implicit: bool = False  # TLS from the first byte instead of STARTTLS
    bounce_url: str = ""  # where what comes back is posted
    bounce_secret: str = ""


class MailCatcher:
    """Catches mail."""

    def __init__(self, options: MailOptions, *, clock: Clock | None = None) -> None:
        self.options, self.faults = options, FaultBook(_Kinds())
        self.ledger = Ledger(options.ledger)
        self._clock = clock or SystemClock()
        self._postmaster = Postmaster(options.bounce_url, options.bounce_secret)
        self._server: asyncio.Server | None = None
        self._talks: WeakSet[SMTP] = WeakSet()
        self._runner: web.AppRunner | None = None

    @property
    def addresses(self) -> dict[str, str]:
        assert self._server is not None, "not started"
        assert self._runner is not None, "not started"
        port = self._server.sockets[0].getsockname()[1]
        control_host, control_port = self._runner.addresses[0][:2]
        return {
            "smtp_url": f"smtp://{self.options.host}:{port}?tls=none",
            "url": f"http://{control_host}:{control_port}",
        }

    @property
    def smtp_url(self) -> str:
        return self.addresses["smtp_url"]

    @property
    def messages(self) -> list[Entry]:
        """All that was taken, oldest first."""
        return self.ledger.since(0, "mail")

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        tls = self.options.tls if self.options.implicit else None
        self._server = await loop.create_server(self._protocol, self.options.host, self.options.port, ssl=tls)
        app = web.Application()
        app.router.add_get("/control/ledger", self._show_ledger)
        app.router.add_route("*", "/control/faults", self._faults)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, self.options.host, self.options.control_port).start()

    async def stop(self) -> None:
        await self._postmaster.stop()
        if self._server is not None:
            self._server.close()
        for talk in list(self._talks):
            if isinstance(talk.transport, asyncio.WriteTransport):
                talk.transport.abort()
        if self._runner is not None:
            await self._runner.cleanup()
        self.ledger.close()

    def _protocol(self) -> SMTP:
        asked = bool(self.options.password)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Requiring AUTH while not requiring TLS")
            talk = SMTP(
                self,
                hostname="catcher.localhost",
                enable_SMTPUTF8=True,
                auth_required=asked,
                auth_require_tls=False,
                authenticator=self._log_in if asked else None,
                tls_context=None if self.options.implicit else self.options.tls,
                loop=asyncio.get_running_loop(),
            )
        self._talks.add(talk)
        return talk

    def _log_in(self, *asked: Any) -> AuthResult:
        expected = LoginPassword(self.options.username.encode(), self.options.password.encode())
        return AuthResult(success=asked[-1] == expected, handled=False)

    async def handle_MAIL(self, server: SMTP, session: Session, *asked: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        envelope, address, options = asked
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self._reply("mail", "") or "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, *asked: Any) -> str:  # noqa: N802
        envelope, address, _ = asked
        refusal = self._reply("rcpt", address)
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        to = envelope.rcpt_tos[0]
        refusal = self._reply("data", to)
        if refusal is not None:
            return refusal
        kind, seconds = self._whole(to)
        if kind in ("", "accept-then-cut", "accept-then-hang"):
            self._take(envelope)
        if kind.endswith("hang"):
            await asyncio.sleep(seconds)
        if kind and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return "250 OK"

    def _reply(self, stage: str, address: str) -> str | None:
        """The refusal to play at this stage, if one is asked for."""
        part = _part(address)
        fault = None if part else self.faults.strike_if(lambda kind: kind.startswith(f"{stage}-"))
        found = _ANSWER.fullmatch(part or (fault.kind if fault else ""))
        if not found or found[1] != stage:
            return None
        return f"{found[2]} {found[3] + ' ' if found[3] else ''}played by the mail catcher"

    def _whole(self, address: str) -> tuple[str, float]:
        part = _part(address)
        if part in _WHOLE:
            return part, 30
        fault = self.faults.strike_if(lambda kind: kind in _WHOLE)
        return (fault.kind, fault.seconds) if fault else ("", 0)

    def _take(self, envelope: Envelope) -> None:
        raw = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        mail = message_from_bytes(raw, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.ledger.add(
            kind="mail",
            message_id=str(mail["Message-ID"] or "").strip(),
            mail_from=envelope.mail_from,
            rcpt_to=list(envelope.rcpt_tos),
            subject=str(mail["Subject"] or ""),
            headers=[[name, str(value)] for name, value in mail.items()],
            text=_part_of(mail, "plain"),
            html=_part_of(mail, "html"),
            raw=raw.decode("utf-8", "replace"),
            at=self._clock.now().isoformat(),
        )
        for to in envelope.rcpt_tos:
            self._postmaster.take(Caught(envelope.mail_from or "", to, raw))

    async def _show_ledger(self, request: web.Request) -> web.StreamResponse:
        rows = self.ledger.since(int(request.query.get("since", "0")))
        return web.json_response({"entries": rows, "next": len(self.ledger.entries)})

    async def _faults(self, request: web.Request) -> web.StreamResponse:
        if request.method == "DELETE":
            self.faults.clear()
        if request.method == "POST":
            try:
                asked = await request.json()
                for one in asked if isinstance(asked, list) else [asked]:
                    self.faults.add(one)
            except (ValueError, TypeError) as error:
                return web.json_response({"error": str(error)}, status=400)
        return web.json_response(self.faults.listing())


def _part(address: str) -> str:
    local = address.partition("@")[0]
    part = local.removeprefix("smtp-") if local.startswith("smtp-") else ""
    return part if part in _Kinds() else ""


def _part_of(mail: EmailMessage, subtype: str) -> str:
    body = mail.get_body((subtype,))
    return str(body.get_content()).replace("\r\n", "\n") if body is not None else ""


def main() -> None:
    """`python -m followup.sandbox.mail`: prints `ready <smtp url> <control url>` once it catches."""
    read = argparse.ArgumentParser(prog="python -m followup.sandbox.mail", description=__doc__)
    read.add_argument("--host", default="127.0.0.1")
    read.add_argument("--port", type=int, default=0)
    read.add_argument("--control-port", type=int, default=0)
    read.add_argument("--ready-file", type=Path)
    read.add_argument("--ledger", type=Path)
    read.add_argument("--bounce-url", default="")
    read.add_argument("--bounce-secret", default="")
    given = read.parse_args()
    options = MailOptions(
        given.host,
        given.port,
        given.control_port,
        given.ledger,
        bounce_url=given.bounce_url,
        bounce_secret=given.bounce_secret,
    )
    serve(MailCatcher(options), given.ready_file)


if __name__ == "__main__":
    main()
