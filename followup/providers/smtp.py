"""Mail by SMTP, step by step, so that it is known whether the content was on its way when something broke."""

import asyncio
import ssl
from contextlib import suppress
from datetime import date, datetime, timedelta
from email.errors import MessageError
from email.utils import parseaddr

import aiosmtplib

from followup.domain.errors import SettingError
from followup.domain.ids import MessageId
from followup.domain.inbound import InboundMessage
from followup.domain.message import Channel, Receipt
from followup.domain.outcome import Accepted, CodeClass, CodeEntry, Outcome, Rejected, Transient, Unknown
from followup.ports import AskLater, BillPage, Clock, HookRequest, Look, Outbound, Sighting, Undecidable
from followup.providers import smtp_codes
from followup.providers.smtp_codes import Stage
from followup.providers.smtp_letter import BadAddress, BadSender, Letter, Writer
from followup.settings import Settings, SmtpAddress


class _Talk:
    """One connection and how far it has come."""

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        self.client, self.stage = client, Stage.CONNECT

    async def deliver(self, letter: Letter) -> None:
        self.stage = Stage.CONNECT
        await self.client.connect()
        self.stage, options = Stage.SENDER, ["SMTPUTF8", "BODY=8BITMIME"] if letter.utf8 else []
        await self.client.mail(letter.sender, options=options, encoding="utf-8")
        self.stage = Stage.RECIPIENT
        await self.client.rcpt(letter.to, encoding="utf-8")
        self.stage = Stage.DATA
        await self.client.data(letter.content)

    async def end(self) -> None:
        """Say goodbye if the server still listens; what was accepted stays accepted."""
        transport = self.client.transport
        with suppress(aiosmtplib.SMTPException, OSError):
            await self.client.quit(timeout=1)
        self.cut(transport)

    def cut(self, transport: asyncio.BaseTransport | None = None) -> None:
        """Close at once; a TLS farewell that nobody answers would keep the socket open."""
        transport = transport or self.client.transport
        self.client.close()
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()


class Smtp:
    """Sends mail through the server of SMTP_URL, one connection a message."""

    name = "smtp"
    channel = Channel.EMAIL
    sender = ""
    can_tell = False
    answers_keywords = False

    def __init__(self, server: SmtpAddress, *, writer: Writer, timeout: timedelta, ops: Clock) -> None:
        self._server, self.writer, self._ops = server, writer, ops
        self._seconds = timeout.total_seconds()
        self._tls = None if server.tls == "none" else ssl.create_default_context()

    async def send(self, outbound: Outbound) -> Outcome:
        """Everything before DATA is Transient or Rejected; a cut or time-out after it is Unknown."""
        letter = self._letter(outbound)
        if not isinstance(letter, Letter):
            return letter
        talk = _Talk(self._client())
        try:
            async with asyncio.timeout(self._seconds):
                await talk.deliver(letter)
        except aiosmtplib.SMTPResponseException as error:
            await talk.end()
            return smtp_codes.outcome_of(error.code, str(error.message), stage=talk.stage)
        except Exception as error:  # noqa: BLE001  (whatever broke, the stage tells what it means)
            talk.cut()
            return _broken(error, talk.stage)
        except asyncio.CancelledError:
            talk.cut()
            raise
        await talk.end()
        return Accepted(letter.message_id)

    async def look_up(self, sighting: Sighting) -> Look:
        return Undecidable("SMTP has no list of what was sent.")

    async def fetch(self, ref: str, message_id: MessageId) -> Receipt | AskLater | None:
        return None

    async def bill(self, day: date, following: str = "") -> BillPage | AskLater | None:
        return None

    def classify(self, code: str) -> CodeEntry:
        return smtp_codes.classify(code)

    async def check(self) -> str:
        if not parseaddr(self.writer.default_sender)[1]:
            return "no sender for mail: set EMAIL_FROM"
        talk = _Talk(self._client())
        try:
            async with asyncio.timeout(self._seconds):
                await talk.client.connect()
        except aiosmtplib.SMTPAuthenticationError as error:
            return f"the mail server refuses the log-in ({error.code}): check SMTP_URL"
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            return f"the mail server cannot be used ({type(error).__name__}): check SMTP_URL"
        finally:
            await talk.end()
        return ""

    async def close(self) -> None:
        return None

    def verify(self, request: HookRequest) -> bool:
        return False

    def read_receipt(self, request: HookRequest, message_id: MessageId) -> Receipt | None:
        return None

    def read_inbound(self, request: HookRequest, now: datetime) -> InboundMessage | None:
        return None

    def _letter(self, outbound: Outbound) -> Letter | Outcome:
        try:
            return self.writer.write(outbound, self._ops.now())
        except BadAddress:
            return Rejected("address", CodeClass.BAD_NUMBER, "The mailbox's address is not valid.")
        except BadSender:
            return Rejected("sender", CodeClass.CONFIG, "There is no valid sender for mail; check EMAIL_FROM.")
        except (ValueError, LookupError, MessageError):
            return Rejected("letter", CodeClass.CONTENT, "The mail cannot be written: a header or text is not valid.")

    def _client(self) -> aiosmtplib.SMTP:
        server = self._server
        return aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls == "implicit",
            start_tls=server.tls == "starttls",
            tls_context=self._tls,
            username=server.username or None,
            password=server.password or None,
            local_hostname=parseaddr(self.writer.default_sender)[1].rpartition("@")[2] or "localhost",
            timeout=self._seconds,
        )


def _broken(error: Exception, stage: Stage) -> Outcome:
    timed_out = isinstance(error, TimeoutError)
    what = "did not answer in time" if timed_out else f"broke the connection ({type(error).__name__})"
    if stage is Stage.DATA:
        return Unknown("timeout" if timed_out else "cut", f"The mail server {what} after the content was sent.")
    return Transient("connect" if stage is Stage.CONNECT else "cut", f"The mail server {what}; nothing was sent.")


def build(settings: Settings, *, ops: Clock) -> Smtp:
    """SMTP as the settings name it; their secret key makes Message-IDs and return paths."""
    server = settings.smtp
    if server is None:
        raise SettingError("SMTP_URL", "is missing", cure="write smtp://user:password@host:587?tls=starttls")
    writer = Writer(settings.secret_key.encode(), settings.email_from, settings.email_bounce_domain)
    return Smtp(server, writer=writer, timeout=settings.provider_timeout, ops=ops)
