"""The sink: a carrier that takes every POST, notes when it was complete, and answers after a set time.

`python -m benchmarks.speed.sink PORT LATENCY` with seconds; GET answers what came so far as JSON.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from urllib.parse import parse_qs

_GIVE_UP = 2_000_000  # texts; more were never asked for


class Ledger:
    """When each text was complete (monotonic seconds of this machine), and to whom it was."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.numbers: list[str] = []

    def take(self, body: bytes) -> bytes:
        """Note a text; its id."""
        if len(self.times) > _GIVE_UP:
            raise SystemExit("the sink is full")
        self.times.append(time.monotonic())
        self.numbers.append(parse_qs(body.decode()).get("To", [""])[0])
        return b'{"sid": "SM%032x", "status": "queued"}' % len(self.times)

    def read(self) -> bytes:
        """All of it."""
        return json.dumps({"times": self.times, "different": len(set(self.numbers))}).encode()


class Door(asyncio.Protocol):
    """One kept connection; requests on it come one after the other."""

    def __init__(self, ledger: Ledger, latency: float) -> None:
        self.ledger, self.latency, self.rest = ledger, latency, b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is complete."""
        self.rest += data
        while (end := self.rest.find(b"\r\n\r\n")) >= 0:
            head, length = self.rest[:end].lower(), 0
            at = head.find(b"content-length:")
            if at >= 0:
                length = int(head[at + 15 :].split(b"\r\n", 1)[0])
            if len(self.rest) < end + 4 + length:
                return
            body, self.rest = self.rest[end + 4 : end + 4 + length], self.rest[end + 4 + length :]
            if head.startswith(b"post"):
                self._answer(b"201 Created", self.ledger.take(body), self.latency)
            else:
                self._answer(b"200 OK", self.ledger.read(), 0.0)

    def _answer(self, status: bytes, body: bytes, latency: float) -> None:
        assert self.transport is not None
        head = b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
        write: Callable[[bytes], None] = self.transport.write
        if latency:
            asyncio.get_running_loop().call_later(latency, write, head + body)
        else:
            write(head + body)


async def serve(port: int, latency: float) -> None:
    """Take texts until the end of this process."""
    ledger = Ledger()
    server = await asyncio.get_running_loop().create_server(
        lambda: Door(ledger, latency), "127.0.0.1", port, backlog=1024
    )
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2])))
