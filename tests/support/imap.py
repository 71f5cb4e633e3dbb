"""A small IMAP server on loopback: one user, one folder, and faults on demand."""

import re
import socketserver
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from threading import Event, Lock, Thread
from typing import BinaryIO

USER, PASSWORD = "clinic", "s3cret-mail"
TODAY = date(2026, 3, 2)
_SINCE = re.compile(r"SINCE (\d{2}-\w{3}-\d{4})")


@dataclass
class Mail:
    """A mail in the folder; `flags` are the server's."""

    uid: int
    raw: bytes
    arrived: date = TODAY
    flags: set[str] = field(default_factory=set)


class ImapServer:
    """Speaks LOGIN, AUTHENTICATE PLAIN, STARTTLS, SELECT, UID SEARCH, FETCH and STORE, EXPUNGE, NOOP and LOGOUT.

    `fault` is a command that it answers with NO, or `cut`/`hang` before one: `cut FETCH`.
    """

    def __init__(self, *, tls: ssl.SSLContext | None = None, implicit: bool = False, keywords: bool = True) -> None:
        self.tls, self.implicit, self.keywords = tls, implicit, keywords
        self.mails: list[Mail] = []
        self.fault = ""
        self.commands: list[str] = []
        self.released = Event()
        self.lock = Lock()

    def put(self, raw: bytes, *, arrived: date = TODAY) -> Mail:
        """A mail comes in."""
        mail = Mail(len(self.mails) + 1, raw, arrived)
        self.mails.append(mail)
        return mail

    def url(self, query: str = "?tls=none", *, password: str = PASSWORD, folder: str = "INBOX") -> str:
        """An IMAP_URL of it."""
        return f"{'imaps' if self.implicit else 'imap'}://{USER}:{password}@localhost:{self.port}/{folder}{query}"

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @contextmanager
    def running(self) -> "Iterator[ImapServer]":
        """Listens while the block runs."""
        self._server = _Listener(("127.0.0.1", 0), self)
        thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield self
        finally:
            self.released.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], stand_in: ImapServer) -> None:
        self.stand_in = stand_in
        super().__init__(address, _Talk)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news."""


class _Cut(Exception):
    """The server leaves without a word."""


class _Talk(socketserver.BaseRequestHandler):
    """One connection."""

    def handle(self) -> None:
        server: ImapServer = self.server.stand_in  # type: ignore[attr-defined]
        if server.implicit and server.tls is not None:
            self.request = server.tls.wrap_socket(self.request, server_side=True)
        self.stand_in, self.open = server, True
        self.input: BinaryIO = self.request.makefile("rb")
        with suppress(_Cut, OSError, ValueError):
            self.say("* OK a small server")
            while self.open and (line := self.input.readline(65_536)):
                self.obey(line.decode("utf-8").rstrip("\r\n"))
        self.input.close()
        with suppress(OSError):
            self.request.close()

    def say(self, *lines: str | bytes) -> None:
        for line in lines:
            self.request.sendall((line if isinstance(line, bytes) else line.encode()) + b"\r\n")

    def obey(self, line: str) -> None:
        tag, _, rest = line.partition(" ")
        command = rest.removeprefix("UID ").split(" ", 1)[0].upper()
        self.stand_in.commands.append(rest.replace(PASSWORD, "…"))
        self.play(command)
        if self.stand_in.fault == command:
            self.say(f"{tag} NO as asked")
            return
        act: Callable[[str], str | None] | None = getattr(self, f"do_{command.lower()}", None)
        with self.stand_in.lock:
            end = "BAD unknown" if act is None else act(rest.removeprefix("UID ").partition(" ")[2]) or "OK done"
        self.say(f"{tag} {end}")
        if command == "STARTTLS" and self.stand_in.tls is not None:
            self.request = self.stand_in.tls.wrap_socket(self.request, server_side=True)
            self.input = self.request.makefile("rb")

    def play(self, command: str) -> None:
        """Cut or hang where that is asked for."""
        if self.stand_in.fault == f"hang {command}":
            self.stand_in.released.wait(10)
        if self.stand_in.fault in {f"hang {command}", f"cut {command}"}:
            raise _Cut

    def do_capability(self, _: str) -> None:
        self.say(f"* CAPABILITY IMAP4rev1 AUTH=PLAIN{' STARTTLS' if self.stand_in.tls else ''}")

    def do_starttls(self, _: str) -> None:
        """The caller wraps the socket after the answer."""

    def do_noop(self, _: str) -> None:
        """Nothing."""

    def do_login(self, given: str) -> str | None:
        return None if given in {f'{USER} "{PASSWORD}"', f"{USER} {PASSWORD}"} else "NO wrong"

    def do_authenticate(self, _: str) -> str:
        self.say("+ ")
        self.input.readline(65_536)
        return "OK whoever you are"

    def do_logout(self, _: str) -> None:
        self.say("* BYE")
        self.open = False

    def do_select(self, folder: str) -> str:
        if folder.strip('"') not in {"INBOX", "a b"}:
            return "NO no such folder"
        kept = r"\Seen \Deleted \*" if self.stand_in.keywords else r"\Seen \Deleted"
        self.say(f"* {len(self.stand_in.mails)} EXISTS", rf"* OK [PERMANENTFLAGS ({kept})] kept")
        return "OK [READ-WRITE] open"

    def do_search(self, asked: str) -> None:
        found = _SINCE.search(asked)
        since = datetime.strptime(found[1], "%d-%b-%Y").replace(tzinfo=UTC).date() if found else date.min
        without = re.search(r"UNKEYWORD (\S+)", asked)
        flag = without[1] if without else r"\Seen"
        unread = [m for m in self.stand_in.mails if flag not in m.flags and r"\Deleted" not in m.flags]
        self.say("* SEARCH " + " ".join(str(m.uid) for m in unread if m.arrived >= since))

    def do_fetch(self, asked: str) -> None:
        uid, most = int(asked.split(" ")[0]), int(asked.rpartition(".")[2].rstrip(">)"))
        for mail in self.stand_in.mails:
            if mail.uid == uid:
                raw = mail.raw[:most]
                self.say(f"* {uid} FETCH (UID {uid} BODY[]<0> {{{len(raw)}}}".encode() + b"\r\n" + raw + b")")

    def do_store(self, asked: str) -> None:
        uid, _, flags = asked.partition(" ")
        for mail in self.stand_in.mails:
            if mail.uid == int(uid):
                mail.flags.update(flags.partition("(")[2].rstrip(")").split())

    def do_expunge(self, _: str) -> None:
        self.stand_in.mails = [m for m in self.stand_in.mails if r"\Deleted" not in m.flags]
