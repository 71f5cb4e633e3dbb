"""A mailbox over IMAP: what came in is handed over mail by mail, and marked once it was taken."""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from followup.domain.errors import SettingError, Unavailable
from followup.ports import Post
from followup.settings import ImapAddress, Settings

#: A mark of ours, so that people who read the same mailbox do not hide mail from us; \Seen where there are no others.
MARK, PLAIN_MARK = "$FollowupTaken", "\\Seen"
#: More of one mail is not fetched: head and report of any bounce stand before it.
MOST = 1024 * 1024
_SLOWEST = timedelta(seconds=15)


class Imap:
    """Opens the mailbox of IMAP_URL for each round and closes it after."""

    def __init__(self, address: ImapAddress, *, timeout: timedelta) -> None:
        self._address, self._seconds = address, min(timeout, _SLOWEST).total_seconds()

    @contextmanager
    def unread(self, limit: int, *, since: datetime) -> Iterator[Iterator[Post]]:
        """What was not marked and arrived since, the oldest first; raises Unavailable when the server is away."""
        with _plainly(), self._open() as talk:
            yield self._posts(talk, limit, since=since)

    def check(self) -> str:
        try:
            with _plainly(), self._open():
                return ""
        except Unavailable as away:
            return f"{away.message}: check IMAP_URL"

    def _posts(self, talk: imaplib.IMAP4, limit: int, *, since: datetime) -> Iterator[Post]:
        mark = _mark(talk)
        unmarked = "UNSEEN" if mark == PLAIN_MARK else f"UNKEYWORD {mark}"
        day = f"{since.day:02d}-{_MONTHS[since.month - 1]}-{since.year}"
        found = _ok(talk.uid("SEARCH", f"{unmarked} UNDELETED SINCE {day}"))
        for uid in b" ".join(line for line in found if isinstance(line, bytes)).split()[:limit]:
            key = uid.decode("ascii")
            raw = _fetched(_ok(talk.uid("FETCH", key, f"(BODY.PEEK[]<0.{MOST}>)")))
            if raw is None:
                continue  # somebody else removed it meanwhile
            yield Post(key, raw)
            _ok(talk.uid("STORE", key, "+FLAGS.SILENT", f"({mark})"))

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4]:
        server = self._address.server
        talk = self._connect()
        try:
            if server.tls == "starttls":
                _start_tls(talk)
            _log_in(talk, server.username, server.password)
            _ok(talk.select(f'"{self._address.folder.replace(chr(92), chr(92) * 2)}"'))
            yield talk
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                talk.logout()
            with suppress(OSError):
                talk.shutdown()

    def _connect(self) -> imaplib.IMAP4:
        server = self._address.server
        if server.tls == "implicit":
            context = ssl.create_default_context()
            return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=self._seconds)
        return imaplib.IMAP4(server.host, server.port, timeout=self._seconds)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@contextmanager
def _plainly() -> Iterator[None]:
    """Whatever the server does wrong is one outage, in words that hold none of its text."""
    try:
        yield
    except TimeoutError:
        raise _away("does not answer in time") from None
    except ssl.SSLError as error:
        raise _away(f"cannot be reached by TLS ({error.reason or type(error).__name__})") from None
    except imaplib.IMAP4.abort:
        raise _away("cut the connection") from None
    except imaplib.IMAP4.error:
        raise _away("refuses the log-in or a command") from None
    except OSError as error:
        raise _away(f"cannot be reached ({type(error).__name__})") from None


def _start_tls(talk: imaplib.IMAP4) -> None:
    if "STARTTLS" not in talk.capabilities:
        raise _away("offers no STARTTLS")
    talk.starttls(ssl.create_default_context())


def _log_in(talk: imaplib.IMAP4, username: str, password: str) -> None:
    """LOGIN carries ASCII alone."""
    if username.isascii() and password.isascii():
        talk.login(username, password)
    else:
        talk.authenticate("PLAIN", lambda _: f"\0{username}\0{password}".encode())


def _away(what: str) -> Unavailable:
    return Unavailable(f"the mailbox {what}", cure="see `followup doctor`")


def _ok(answer: tuple[str, Sequence[object]]) -> Sequence[object]:
    kind, data = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(kind)
    return data


def _mark(talk: imaplib.IMAP4) -> str:
    _, flags = talk.response("PERMANENTFLAGS")
    kept = b" ".join(line for line in flags if isinstance(line, bytes)) if flags else b""
    return MARK if b"\\*" in kept or MARK.encode() in kept else PLAIN_MARK


def _fetched(data: Sequence[object]) -> bytes | None:
    """The literal of an answer to FETCH; None where there is no such mail."""
    for part in data:
        if isinstance(part, tuple) and re.search(rb"BODY\[\]", part[0]):
            return bytes(part[1])
    return None


def build(settings: Settings) -> Imap:
    """The mailbox as the settings name it."""
    address = settings.imap
    if address is None:
        raise SettingError("IMAP_URL", "is missing", cure="write imaps://user:password@host/INBOX")
    return Imap(address, timeout=settings.provider_timeout)
