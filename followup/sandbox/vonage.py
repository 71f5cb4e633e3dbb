"""A loopback stand-in for Vonage's Messages API: strict, with signed call-backs, a ledger and faults on demand.

Doors beside `/v1/messages` and `/v2/applications` (all JSON): `GET /control/ledger?since=N` · `POST|DELETE
/control/faults` · `POST /control/receipts` (courier.Manners) · `POST /control/inbound` (from, to, text).
Numbers that play parts: 1500550CCCC is taken and then ends with code CCCC, 1500551CCCC is refused with it.
"""

import argparse
import asyncio
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import aiohttp
import jwt
from aiohttp import web

from followup.clock import SystemClock, SystemIds
from followup.ports import Clock, Ids
from followup.sandbox.courier import Manners
from followup.sandbox.faults import FaultBook
from followup.sandbox.ledger import Entry, Ledger
from followup.sandbox.process import serve

KEY, SECRET, NUMBER = "abcd1234", "sandbox-api-secret", "14165550102"
SIGNATURE_SECRET = "sandbox-signature-secret-of-32-characters"
_PROBLEM = "https://developer.vonage.com/api-errors"
_NUMBER = re.compile(r"[1-9]\d{6,14}")
_KINDS = ("429", "500", "503", "hang", "hang-accepted", "cut", "accept-then-cut", "not-json", "redirect", "401", "402")
_TAKES = frozenset({"hang-accepted", "accept-then-cut", "not-json"})
_FIELDS = frozenset(
    {"to", "from", "text", "channel", "message_type", "client_ref", "webhook_url", "webhook_version", "ttl", "sms"}
)


@dataclass(frozen=True, slots=True)
class VonageOptions:
    """Who may call, where replies go, and where the ledger is kept."""

    key: str = KEY
    secret: str = SECRET
    signature_secret: str = SIGNATURE_SECRET
    inbound_url: str = ""
    ledger: Path | None = None
    host: str = "127.0.0.1"
    port: int = 0
    manners: Manners = field(default_factory=Manners)


class VonageCarrier:
    """Takes messages, tells about them by signed JSON, and passes on what patients write."""

    def __init__(self, options: VonageOptions, *, clock: Clock | None = None, ids: Ids | None = None) -> None:
        self.options, self.manners = options, replace(options.manners)
        self.faults, self.ledger = FaultBook(_KINDS), Ledger(options.ledger)
        self._clock, self._ids = clock or SystemClock(), ids or SystemIds()
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None
        self._errands: set[asyncio.Task[Any]] = set()

    @property
    def addresses(self) -> dict[str, str]:
        assert self._runner is not None, "not started"
        host, port = self._runner.addresses[0][:2]
        return {"url": f"http://{host}:{port}"}

    @property
    def url(self) -> str:
        return self.addresses["url"]

    @property
    def messages(self) -> list[Entry]:
        """All that was taken, oldest first."""
        return self.ledger.since(0, "message")

    async def start(self) -> None:
        app = web.Application(client_max_size=2**20)
        app.router.add_post("/v1/messages", self._create)
        app.router.add_get("/v2/applications", self._applications)
        app.router.add_get("/control/ledger", self._show_ledger)
        app.router.add_post("/control/{door}", self._control)
        app.router.add_delete("/control/faults", self._clear_faults)
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15))
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, self.options.host, self.options.port).start()

    async def stop(self) -> None:
        for task in list(self._errands):
            task.cancel()
        await asyncio.gather(*self._errands, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
        if self._runner is not None:
            await self._runner.cleanup()
        self.ledger.close()

    async def _create(self, request: web.Request) -> web.StreamResponse:
        if not self._knows(request):
            return problem(401, "unauthorized", "Unauthorized")
        raw, fault = await request.read(), self.faults.strike("create")
        wish = json.loads(raw) if raw.startswith(b"{") else {}
        kind = fault.kind if fault else ""
        broken = fault_of(wish)
        if broken and not kind:
            return broken
        entry = self._take(wish) if not kind or kind in _TAKES else None
        if kind:
            return await self._play(request, kind, seconds=fault.seconds if fault else 0)
        return web.json_response({"message_uuid": entry["ref"] if entry else ""}, status=202)

    def _take(self, wish: Mapping[str, Any]) -> Entry:
        ref = hashlib.sha256(self._ids.token().encode()).hexdigest()[:32]
        entry = self.ledger.add(
            kind="message", ref=ref, to=wish["to"], sender=wish["from"], body=wish["text"], wish=dict(wish)
        )
        code = wish["to"][7:] if wish["to"].startswith("1500550") else ""
        if wish.get("webhook_url") and not self.manners.silent:
            self._run(self._live(entry, code))
        return entry

    async def _live(self, entry: Entry, code: str) -> None:
        manners = replace(self.manners)
        await asyncio.sleep(manners.delay + manners.late)
        for status in manners.order(["submitted", "undeliverable" if code else "delivered"]):
            await self.tell(entry, status, code if status == "undeliverable" else "", forged=manners.forged)
            await asyncio.sleep(manners.delay)

    async def tell(self, entry: Entry, status: str, code: str = "", *, forged: bool = False) -> int:
        """Bring one receipt; returns the door's answer, 0 if it was not reached."""
        told: dict[str, Any] = {
            "message_uuid": entry["ref"], "to": entry["to"], "from": entry["sender"], "channel": "sms",
            "timestamp": self._clock.now().isoformat(), "status": status, "sms": {"count_total": "1"},
            "client_ref": entry["wish"].get("client_ref", ""),
        }  # fmt: skip
        if code:
            told["error"] = {"type": f"{_PROBLEM}/messages#{code}", "title": int(code), "detail": "played"}
        answered, _ = await self._bring(entry["wish"]["webhook_url"], told, forged=forged)
        self.ledger.add(kind="receipt", ref=entry["ref"], status=status, answered=answered)
        return answered

    async def write(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """A patient writes."""
        ref = asked.get("ref") or hashlib.sha256(self._ids.token().encode()).hexdigest()[:32]
        told = {
            "channel": "sms", "message_uuid": ref, "to": asked.get("to") or NUMBER, "from": asked["from"],
            "timestamp": self._clock.now().isoformat(), "text": asked["text"], "message_type": "text",
            "sms": {"num_messages": "1"},
        }  # fmt: skip
        self.ledger.add(kind="inbound", ref=ref, sender=asked["from"], body=asked["text"])
        url = asked.get("url") or self.options.inbound_url
        status, text = await self._bring(url, told, forged=bool(asked.get("forged")))
        return {"ref": ref, "status": status, "answer": text}

    async def _bring(self, url: str, told: Mapping[str, Any], *, forged: bool = False) -> tuple[int, str]:
        assert self._session is not None, "not started"
        body = json.dumps(told).encode()
        secret = "another-secret-of-quite-32-characters" if forged else self.options.signature_secret
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token(body, secret)}"}
        try:
            async with self._session.post(url, data=body, headers=headers, allow_redirects=False) as answer:
                return answer.status, await answer.text()
        except (aiohttp.ClientError, OSError):
            return 0, ""

    def token(self, body: bytes, secret: str) -> str:
        """The token that signs a call-back with this body."""
        claims = {
            "iss": "Vonage", "iat": int(self._clock.now().timestamp()), "jti": self._ids.token(),
            "api_key": self.options.key, "payload_hash": hashlib.sha256(body).hexdigest(),
        }  # fmt: skip
        return jwt.encode(claims, secret, algorithm="HS256")

    async def _play(self, request: web.Request, kind: str, *, seconds: float) -> web.StreamResponse:
        if kind == "not-json":
            return web.Response(text="<html>Accepted</html>", status=202, content_type="text/html")
        if kind == "redirect":
            return web.Response(status=307, headers={"Location": str(request.url)})
        if kind in ("hang", "hang-accepted", "cut", "accept-then-cut"):
            await asyncio.sleep(seconds if kind.startswith("hang") else 0)
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        names = {"401": "unauthorized", "402": "low-balance", "429": "throttled"}
        return problem(int(kind), names.get(kind, "internal"), "played")

    async def _applications(self, request: web.Request) -> web.StreamResponse:
        if not self._knows(request):
            return problem(401, "unauthorized", "Unauthorized")
        return web.json_response({"page_size": 1, "page": 1, "total_items": 0, "_embedded": {"applications": []}})

    def _knows(self, request: web.Request) -> bool:
        return request.headers.get("Authorization") == aiohttp.encode_basic_auth(self.options.key, self.options.secret)

    async def _show_ledger(self, request: web.Request) -> web.StreamResponse:
        rows = self.ledger.since(int(request.query.get("since", "0")), request.query.get("kind", ""))
        return web.json_response({"entries": rows, "next": len(self.ledger.entries)})

    async def _clear_faults(self, request: web.Request) -> web.StreamResponse:
        self.faults.clear()
        return web.json_response([])

    async def _control(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        try:
            match request.match_info["door"]:
                case "faults":
                    self.faults.add(asked)
                case "receipts":
                    self.manners = replace(self.manners, **asked)
                case "inbound":
                    return web.json_response(await self.write(asked))
            return web.json_response(asked)
        except (ValueError, TypeError, KeyError) as error:
            return web.json_response({"error": str(error)}, status=400)

    def _run(self, errand: Any) -> None:
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)


def fault_of(wish: Mapping[str, Any]) -> web.Response | None:
    """Why a request is not in order, as a problem document; None if it is."""
    to, sender = str(wish.get("to", "")), str(wish.get("from", ""))
    if set(wish) - _FIELDS or wish.get("channel") != "sms" or wish.get("message_type") != "text":
        return problem(422, "messages#1020", "Invalid params")
    if not _NUMBER.fullmatch(to):
        return problem(422, "messages#1150", "Invalid params", invalid="to")
    if not sender:
        return problem(422, "messages#1150", "Invalid params", invalid="from")
    if not wish.get("text"):
        return problem(422, "messages#1010", "Missing params", invalid="text")
    ttl = wish.get("ttl", 20)
    if not isinstance(ttl, int) or not 20 <= ttl <= 604_800:
        return problem(422, "messages#1130", "Invalid TTL")
    return problem(422, f"messages#{to[7:]}", "played") if to.startswith("1500551") else None


def problem(status: int, kind: str, title: str, *, invalid: str = "") -> web.Response:
    """Vonage's error document."""
    end = kind if "#" in kind else f"#{kind}"
    place = "" if end.startswith("#") else "/"
    body: dict[str, Any] = {"type": f"{_PROBLEM}{place}{end}", "title": title, "detail": title, "instance": "sandbox"}
    if invalid:
        body["invalid_parameters"] = [{"name": invalid, "reason": "not valid"}]
    return web.json_response(body, status=status, content_type="application/problem+json")


def main() -> None:
    """`python -m followup.sandbox.vonage`: prints `ready <url>` once it takes messages."""
    read = argparse.ArgumentParser(prog="python -m followup.sandbox.vonage", description=__doc__)
    read.add_argument("--host", default="127.0.0.1")
    read.add_argument("--port", type=int, default=0)
    read.add_argument("--ready-file", type=Path)
    read.add_argument("--ledger", type=Path)
    read.add_argument("--inbound-url", default="")
    given = read.parse_args()
    options = VonageOptions(inbound_url=given.inbound_url, ledger=given.ledger, host=given.host, port=given.port)
    serve(VonageCarrier(options), given.ready_file)


if __name__ == "__main__":
    main()
