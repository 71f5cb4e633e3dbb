"""The web application behind a real socket, for tests that speak HTTP to it."""

import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Thread
from typing import Any

import httpx
import uvicorn
from standardwebhooks import Webhook

from followup.services.context import Context
from followup.web.main import create_web
from tests.waiting import until

KEY = {"Authorization": "Bearer key-for-tests"}
STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass(frozen=True)
class Site:
    """A running application, its context and a client without cookies or redirects."""

    ctx: Context
    http: httpx.Client

    def send(
        self, event: object, *, media: str = STRUCTURED, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Post an event (or a batch) with the API key."""
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        return self.http.post("/v1/events", content=body, headers={"Content-Type": media, **KEY, **(headers or {})})

    def signed(self, body: bytes, at: datetime, *, secret: str = SECRET, name: str = "msg_1") -> dict[str, str]:
        """Headers of a Standard Webhooks signature."""
        return {
            "Content-Type": STRUCTURED,
            "webhook-id": name,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": Webhook(secret).sign(name, at, body.decode()),
        }


@contextmanager
def serving(ctx: Context) -> Iterator[Site]:
    """Serve on a free port of loopback until the end."""
    door = socket.create_server(("127.0.0.1", 0))
    doors = create_web(ctx)
    config = uvicorn.Config(doors, log_config=None, access_log=False, server_header=False, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [door]})
    thread.start()
    try:
        assert until(lambda: server.started)
        with httpx.Client(base_url=f"http://127.0.0.1:{door.getsockname()[1]}", timeout=30) as client:
            yield Site(ctx, client)
    finally:
        server.should_exit = True
        thread.join()
        door.close()


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Status and short type of a problem document."""
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["status"] == answer.status_code
    return answer.status_code, told["type"].rpartition(":")[2]


def pointers(answer: httpx.Response) -> list[str]:
    """The pointers of a problem document."""
    return [fault["pointer"] for fault in answer.json().get("errors", ())]
