"""A loopback carrier shaped like Twilio's Message API: strict, signed, with a ledger and faults on demand.

Doors beside `/2010-04-01/…` (all JSON): `GET /control/ledger?since=N` · `GET|POST|DELETE /control/faults` ·
`POST /control/receipts` (courier.Manners) · `POST /control/list` (Listing) · `POST /control/numbers` (number: part) ·
`POST /control/inbound` (from, to, body, extra) · `POST /control/receipt` (sid, status, error_code).
Numbers that play parts: `magic.py`.
"""

import argparse
import asyncio
import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from followup.clock import SystemClock, SystemIds
from followup.ports import Clock, Ids
from followup.sandbox import twilio_shape
from followup.sandbox.courier import Courier, Manners
from followup.sandbox.faults import Fault, FaultBook
from followup.sandbox.ledger import Entry, Ledger
from followup.sandbox.magic import PARTS, Part, last_status, part_named, part_of
from followup.sandbox.process import serve

ACCOUNT = "AC" + "0" * 32
TOKEN = "sandbox-auth-token"
NUMBER = "+14165550100"
_STOP = frozenset({"STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"})
_START = frozenset({"START", "YES", "UNSTOP"})


@dataclass(slots=True)
class Listing:
    """How truthful the message list is: seconds until a message shows, bodies blanked, messages never shown."""

    lag: float = 0.0
    redacted: bool = False
    hidden: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CarrierOptions:
    """Who may call, where replies go, and where the ledger is kept."""

    account_sid: str = ACCOUNT
    auth_token: str = TOKEN
    api_keys: Mapping[str, str] = field(default_factory=dict)
    inbound_url: str = ""
    ledger: Path | None = None
    host: str = "127.0.0.1"
    port: int = 0
    manners: Manners = field(default_factory=Manners)


class Carrier:
    """Takes messages, tells about them by signed receipts, and passes on what patients write."""

    def __init__(self, options: CarrierOptions, *, clock: Clock | None = None, ids: Ids | None = None) -> None:
        self.options, self.manners, self.listing = options, replace(options.manners), Listing()
        self.faults = FaultBook(PARTS)
        self.numbers: dict[str, Part] = {}
        self.opted_out: set[str] = set()
        self.ledger = Ledger(options.ledger)
        self._clock, self._ids = clock or SystemClock(), ids or SystemIds()
        self._messages: dict[str, Entry] = {}
        self._runner: web.AppRunner | None = None
        self._courier: Courier | None = None
        self.requests = 0
        self.misbehaved: Counter[str] = Counter()  # messages by what was wrong with their receipts
        for entry in self.ledger.entries:
            self._recall(entry)

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
        """All that was taken, oldest first, with its present status."""
        return list(self._messages.values())

    @property
    def busy(self) -> bool:
        """True while receipts are still to come."""
        return self._courier is not None and self._courier.busy

    async def start(self) -> None:
        self._courier = Courier(self.options.auth_token)
        self._runner = web.AppRunner(self._app(), access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, self.options.host, self.options.port).start()

    async def stop(self) -> None:
        if self._courier is not None:
            await self._courier.close()
        if self._runner is not None:
            await self._runner.cleanup()
        self.ledger.close()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=2**20)
        base = "/2010-04-01/Accounts/{account}"
        app.router.add_post(base + "/Messages.json", self._create)
        app.router.add_get(base + "/Messages.json", self._list)
        app.router.add_get(base + "/Messages/{sid}.json", self._fetch)
        app.router.add_get(base + ".json", self._account)
        app.router.add_get("/control/ledger", self._show_ledger)
        app.router.add_get("/control/faults", self._show_faults)
        app.router.add_post("/control/{door}", self._control)
        app.router.add_delete("/control/faults", self._clear_faults)
        return app

    async def _create(self, request: web.Request) -> web.StreamResponse:
        self.requests += 1
        refusal = self._refuse_caller(request)
        if refusal is not None:
            return refusal
        raw = await request.read()
        wish, fault = twilio_shape.read_wish(raw, request.headers.get("Content-Type", "")), self.faults.strike("create")
        if isinstance(wish, twilio_shape.Refusal):
            return twilio_shape.error(wish.code, wish.message)
        if fault is None and wish.to in self.opted_out:
            return twilio_shape.error("21610", "Attempt to send to unsubscribed recipient")
        part = PARTS[fault.kind] if fault else self.numbers.get(wish.to) or part_of(wish.to, wish.sender)
        entry = self._take(wish, part) if part.takes else None
        return await self._answer(request, part, entry=entry, fault=fault)

    def _take(self, wish: twilio_shape.Wish, part: Part) -> Entry:
        sid = "SM" + hashlib.sha256(self._ids.token().encode()).hexdigest()[:32]
        created = self._clock.now()
        entry = self.ledger.add(
            kind="message",
            sid=sid,
            to=wish.to,
            sender=wish.sender,
            body=wish.body,
            callback=wish.callback,
            params=[list(pair) for pair in wish.params],
            created=created.isoformat(),
        )
        self._recall(entry)
        if self._courier is not None and not part.silent:
            self._courier.run(self._live(entry, part))
        return entry

    def _recall(self, entry: Entry) -> None:
        if entry["kind"] == "message":
            by_service = entry["sender"].startswith("MG")
            self._messages[entry["sid"]] = {
                **entry,
                "status": "accepted" if by_service else "queued",
                "error_code": None,
            }
        elif entry["kind"] == "status" and entry["sid"] in self._messages:
            self._messages[entry["sid"]].update(status=entry["status"], error_code=entry["error_code"])

    async def _live(self, entry: Entry, part: Part) -> None:
        """Walk the message through its statuses, then tell about each as the manners say."""
        manners = replace(self.manners)
        first = ["queued"] if entry["sender"].startswith("MG") else []
        statuses = [*first, "sent", last_status(part.end)]
        await asyncio.sleep(manners.delay)
        for status in statuses:
            code = part.end if status in ("undelivered", "failed") else None
            self._recall(self.ledger.add(kind="status", sid=entry["sid"], status=status, error_code=code))
        if manners.silent or not entry["callback"]:
            return
        self.misbehaved.update(manners.faults)
        await asyncio.sleep(manners.late)
        for number, status in enumerate(manners.order(statuses)):
            await asyncio.sleep(manners.delay if number else 0)
            await self.tell(entry["sid"], status, part.end, manners=manners)

    async def tell(self, sid: str, status: str, code: str, *, manners: Manners | None = None) -> int:
        """Bring one receipt; returns the door's answer, 0 if it was not reached."""
        entry, how = self._messages[sid], manners or self.manners
        assert self._courier is not None, "not started"
        pairs = twilio_shape.receipt(entry, status, code, account=self.options.account_sid)
        answered, _ = await self._courier.bring(entry["callback"], pairs, forged=how.forged, retries=how.retries)
        self.ledger.add(kind="receipt", sid=sid, status=status, answered=answered)
        return answered

    async def _answer(
        self, request: web.Request, part: Part, *, entry: Entry | None, fault: Fault | None
    ) -> web.StreamResponse:
        if part.answer == "created" and entry is not None:
            return web.json_response(self._resource(entry), status=201)
        if part.answer == "not-json":
            return web.Response(text="<html>Created</html>", status=201, content_type="text/html")
        if part.answer == "redirect":
            return web.Response(status=307, headers={"Location": str(request.url)})
        if part.answer in ("hang", "cut"):
            await asyncio.sleep((fault.seconds if fault else 30) if part.answer == "hang" else 0)
            return _cut(request)
        pause = fault.retry_after if fault else 1 if part.answer == "20429" else None
        return twilio_shape.error(part.answer, "played by the carrier", retry_after=pause)

    async def _list(self, request: web.Request) -> web.StreamResponse:
        refusal = self._refuse_caller(request) or await self._refuse_reading(request)
        if refusal is not None:
            return refusal
        shown_until = self._clock.now() - timedelta(seconds=self.listing.lag)
        until, to = shown_until.isoformat(), request.query.get("To")
        found = [entry for entry in reversed(self.messages) if to in (None, entry["to"])]
        rows = [self._resource(entry) for entry in found if self._shows(entry, until)]
        return twilio_shape.page(request, rows)

    def _shows(self, entry: Entry, until: str) -> bool:
        return entry["sid"] not in self.listing.hidden and (not self.listing.lag or entry["created"] <= until)

    async def _fetch(self, request: web.Request) -> web.StreamResponse:
        refusal = self._refuse_caller(request) or await self._refuse_reading(request)
        entry = self._messages.get(request.match_info["sid"])
        if refusal is not None or entry is None:
            return refusal or twilio_shape.error("20404", "The requested resource was not found")
        return web.json_response(self._resource(entry))

    async def _account(self, request: web.Request) -> web.StreamResponse:
        return self._refuse_caller(request) or web.json_response(twilio_shape.account(self.options.account_sid))

    async def _refuse_reading(self, request: web.Request) -> web.StreamResponse | None:
        fault = self.faults.strike("read")
        part = PARTS[fault.kind] if fault else None
        return await self._answer(request, part, entry=None, fault=fault) if part is not None else None

    def _refuse_caller(self, request: web.Request) -> web.Response | None:
        if not twilio_shape.logged_in(request, self.options):
            return twilio_shape.error("20003", "Authenticate")
        if request.match_info["account"] != self.options.account_sid:
            return twilio_shape.error("20404", "The requested resource was not found")
        return None

    def _resource(self, entry: Entry) -> dict[str, Any]:
        current = self._messages.get(entry["sid"], entry)
        return twilio_shape.message(current, account=self.options.account_sid, redacted=self.listing.redacted)

    async def _show_ledger(self, request: web.Request) -> web.StreamResponse:
        rows = self.ledger.since(int(request.query.get("since", "0")), request.query.get("kind", ""))
        return web.json_response({"entries": rows, "next": len(self.ledger.entries)})

    async def _show_faults(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self.faults.listing())

    async def _clear_faults(self, request: web.Request) -> web.StreamResponse:
        self.faults.clear()
        return web.json_response([])

    async def _control(self, request: web.Request) -> web.StreamResponse:
        try:
            asked = await request.json()
            return web.json_response(await self._do(request.match_info["door"], asked))
        except (ValueError, TypeError, KeyError) as error:
            return web.json_response({"error": str(error)}, status=400)

    async def _do(self, door: str, asked: Any) -> Any:
        match door:
            case "faults":
                for one in asked if isinstance(asked, list) else [asked]:
                    self.faults.add(one)
                return self.faults.listing()
            case "receipts":
                self.manners = replace(self.manners, **asked)
                return asked
            case "list":
                self.listing = replace(self.listing, **asked)
                return asked
            case "numbers":
                self.numbers.update({number: part_named(name) for number, name in asked.items()})
                return asked
            case "receipt":
                return {"answered": await self.tell(asked["sid"], asked["status"], asked.get("error_code", ""))}
            case "inbound":
                return await self.write(asked)
        raise KeyError(f"no door {door}")

    async def write(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """A patient writes: Twilio notes its own stop words, then passes the text on to our hook."""
        assert self._courier is not None, "not started"
        sid = asked.get("sid") or "SM" + hashlib.sha256(self._ids.token().encode()).hexdigest()[:32]
        sender, word = asked["from"], asked["body"].strip().upper()
        if asked.get("opt_out", True) and word in _STOP | _START:
            (self.opted_out.add if word in _STOP else self.opted_out.discard)(sender)
        to = asked.get("to") or NUMBER
        pairs = twilio_shape.inbound(sid, sender, to, body=asked["body"], account=self.options.account_sid)
        pairs += [(str(name), str(value)) for name, value in dict(asked.get("extra") or {}).items()]
        self.ledger.add(kind="inbound", sid=sid, sender=sender, to=to, body=asked["body"])
        url = asked.get("url") or self.options.inbound_url
        status, text = await self._courier.bring(url, pairs, forged=bool(asked.get("forged")))
        return {"sid": sid, "status": status, "answer": text}


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def main() -> None:
    """`python -m followup.sandbox.carrier`: prints `ready <url>` once it takes messages."""
    read = argparse.ArgumentParser(prog="python -m followup.sandbox.carrier", description=__doc__)
    read.add_argument("--host", default="127.0.0.1")
    read.add_argument("--port", type=int, default=0)
    read.add_argument("--ready-file", type=Path)
    read.add_argument("--ledger", type=Path)
    read.add_argument("--account-sid", default=ACCOUNT)
    read.add_argument("--auth-token", default=TOKEN)
    read.add_argument("--inbound-url", default="")
    read.add_argument("--receipt-delay", type=float, default=0.05)
    given = read.parse_args()
    options = CarrierOptions(
        account_sid=given.account_sid,
        auth_token=given.auth_token,
        inbound_url=given.inbound_url,
        ledger=given.ledger,
        host=given.host,
        port=given.port,
        manners=Manners(delay=given.receipt_delay),
    )
    serve(Carrier(options), given.ready_file)


if __name__ == "__main__":
    main()
