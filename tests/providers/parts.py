"""What provider tests share: messages, providers against stand-ins, and Twilio's own description as JSON Schema."""

import asyncio
import json
import socket
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from jsonschema import Draft202012Validator

from followup.domain.ids import AttemptId, MessageId
from followup.domain.message import Channel, MessageClass
from followup.ports import Outbound, Provider
from followup.providers import smtp, twilio, vonage
from followup.sandbox import carrier as stand_in
from followup.sandbox import vonage as exchange
from followup.settings import load_settings
from tests.fakes import START, FakeClock

T = TypeVar("T")
P = TypeVar("P", bound=Provider)

CERTIFICATE = Path(__file__).parent.parent / "data" / "localhost.pem"
SECRET = "0123456789abcdef0123456789abcdef"
TEXT = Outbound(
    message_id=MessageId("msg_1"),
    attempt_id=AttemptId("att_1"),
    attempt_number=1,
    channel=Channel.SMS,
    message_class=MessageClass.CARE,
    to="+14165550123",
    sender="",
    text="Canstrive: Bonjour Zoé & co + 100%",
)
LETTER = replace(
    TEXT,
    channel=Channel.EMAIL,
    to="ana@example.com",
    text="Keep it clean.\n",
    subject="Your skin, day 3 – à lire",
    html="<p>Keep it clean.</p>",
    from_name="Canstrive",
    reply_to="desk@clinic.example",
    unsubscribe_url="https://clinic.example/u/" + "t" * 90,
    list_id="care",
    sent_at=START,
)


def use(provider: P, work: Callable[[P], Awaitable[T]]) -> T:
    """Do the work on a loop of its own, then close the provider there."""

    async def run() -> T:
        try:
            return await work(provider)
        finally:
            await provider.close()

    return asyncio.run(run())


def make_twilio(url: str, **environ: str) -> twilio.Twilio:
    given = {"TWILIO_ACCOUNT_SID": stand_in.ACCOUNT, "TWILIO_AUTH_TOKEN": stand_in.TOKEN, "TWILIO_API_URL": url}
    return twilio.build(load_settings({**given, "TWILIO_FROM": stand_in.NUMBER, **_SHORT, **environ}), ops=FakeClock())


def make_twilio2(url: str, **environ: str) -> twilio.Twilio:
    """The second account of Twilio's kind, without a first."""
    given = {"TWILIO2_ACCOUNT_SID": stand_in.ACCOUNT, "TWILIO2_AUTH_TOKEN": stand_in.TOKEN, "TWILIO2_API_URL": url}
    settings = load_settings({**given, "TWILIO2_FROM": "+14165550101", **_SHORT, **environ})
    return twilio.build(settings, ops=FakeClock(), name="twilio2")


def make_vonage(url: str, **environ: str) -> vonage.Vonage:
    given = {"VONAGE_API_KEY": exchange.KEY, "VONAGE_API_SECRET": exchange.SECRET, "VONAGE_API_URL": url}
    given |= {"VONAGE_SIGNATURE_SECRET": exchange.SIGNATURE_SECRET, "VONAGE_FROM": f"+{exchange.NUMBER}"}
    return vonage.build(load_settings({**given, **_SHORT, **environ}), ops=FakeClock())


def make_smtp(url: str, **environ: str) -> smtp.Smtp:
    given = {"SMTP_URL": url, "EMAIL_FROM": "Care <care@clinic.example>", "FOLLOWUP_SECRET_KEY": SECRET}
    return smtp.build(load_settings({**given, **_SHORT, **environ}), ops=FakeClock())


_SHORT = {"FOLLOWUP_PROVIDER_TIMEOUT": "1500ms"}


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class CutAfterOne:
    """A server that answers the first POST, keeps the connection, and cuts it in place of the second answer."""

    def __init__(self, answer: bytes) -> None:
        self.seen: list[bytes] = []
        self.connections = 0
        self.over = asyncio.Event()
        self._answer = b"HTTP/1.1 201 Created\r\nContent-Length: %d\r\n\r\n%s" % (len(answer), answer)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with suppress(asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            await self._converse(reader, writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        self.over.set()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while len(self.seen) < 2:
            head = await reader.readuntil(b"\r\n\r\n")
            size = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            self.seen.append(await reader.readexactly(size))
            writer.write(self._answer if len(self.seen) == 1 else b"")


def server_tls() -> ssl.SSLContext:
    """TLS of a server whose certificate nobody vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


@cache
def description() -> Any:
    """Twilio's OpenAPI document, `nullable` turned into a null type."""
    text = CERTIFICATE.with_name("twilio_api_v2010.messages.json").read_text(encoding="utf-8")
    return _nullable(json.loads(text))


def _nullable(node: Any) -> Any:
    if isinstance(node, list):
        return [_nullable(one) for one in node]
    if not isinstance(node, dict):
        return node
    plain = {key: _nullable(value) for key, value in node.items()}
    if plain.pop("nullable", False) is True and isinstance(plain.get("type"), str):
        plain["type"] = [plain["type"], "null"]
    return plain


def faults_of(instance: Any, schema: Any) -> list[str]:
    """What a JSON Schema validator finds wrong."""
    whole = {**schema, "components": description()["components"]}
    return [error.message for error in Draft202012Validator(whole).iter_errors(instance)]


def resource(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


MESSAGES = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
DAY = timedelta(days=1)
