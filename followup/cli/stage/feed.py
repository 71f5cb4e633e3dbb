"""Speaks for the clinic's system and the patients' phones: over HTTP, as they would."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from threading import Event
from typing import Any

from followup.domain.errors import FollowupError, Unavailable

_PATIENCE = 20.0  # seconds that a killed web process may take to be back


class RefusedEvent(FollowupError):
    """The event door refused what the demo told."""


def tell(url: str, key: str, event: Mapping[str, Any]) -> None:
    """POST an event to `/v1/events` until it is accepted; raises `RefusedEvent` when the door says no."""
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/cloudevents+json"}
    status, answer = post(f"{url}/v1/events", json.dumps(event).encode(), headers)
    if status != 202:
        raise RefusedEvent(f"the event door answered {status}: {answer[:300]}")


def write(carrier_url: str, *, sender: str, body: str, ref: str) -> None:
    """A patient writes from their phone: the carrier signs and delivers it until our hook has answered 200."""
    wish = json.dumps({"from": sender, "body": body, "sid": ref}).encode()
    deadline, pause = time.monotonic() + _PATIENCE, Event()
    while time.monotonic() < deadline:
        _, answer = post(f"{carrier_url}/control/inbound", wish, {"Content-Type": "application/json"})
        if json.loads(answer)["status"] == 200:
            return
        pause.wait(0.2)
    raise Unavailable("the inbound hook does not answer", cure="see log/web.log in the demo's folder")


def read(url: str) -> Any:
    """JSON from a control door."""
    return json.loads(_insist(urllib.request.Request(url))[1])  # noqa: S310 -- loopback, our own


def post(url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
    """POST until somebody answers below 500; returns status and text."""
    return _insist(urllib.request.Request(url, data=body, headers=dict(headers)))  # noqa: S310 -- loopback, our own


def _insist(request: urllib.request.Request) -> tuple[int, str]:
    deadline, pause = time.monotonic() + _PATIENCE, Event()
    while True:
        status, text = _once(request)
        if 0 < status < 500:
            return status, text
        if time.monotonic() > deadline:
            raise Unavailable(f"{request.full_url} does not answer", cure="see the log folder of the demo")
        pause.wait(0.1)


def _once(request: urllib.request.Request) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 -- loopback, our own
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(errors="replace")
    except (OSError, ValueError):
        return 0, ""
