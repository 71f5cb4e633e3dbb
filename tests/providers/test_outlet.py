"""The outlet: one POST over real HTTP, to public addresses alone, never redirected."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Event, Thread
from typing import Any, ClassVar

import pytest

from followup.domain.webhook import is_public
from followup.ports import Called
from followup.providers.outlet import HttpOutlet, barred


class System(BaseHTTPRequestHandler):
    """A clinic's system: answers with the status in the path and keeps what it heard."""

    heard: ClassVar[list[tuple[str, bytes]]] = []
    release: ClassVar[Event] = Event()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((self.path, body))
        if self.path == "/hang":
            self.release.wait(5)
        status = int(self.path[1:]) if self.path[1:].isdigit() else 204
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/204")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Silence."""


@pytest.fixture(scope="module")
def system() -> Iterator[str]:
    """Its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), System)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    System.release.set()
    server.shutdown()
    server.server_close()


def post(url: str, *, loopback: bool = True, limit: float = 5.0) -> Called:
    """One call on a loop of its own."""

    async def call() -> Called:
        outlet = HttpOutlet(timedelta(seconds=limit))
        try:
            return await outlet.post(url, b"{}", {"webhook-id": "call_1"}, loopback=loopback)
        finally:
            await outlet.close()

    return asyncio.run(call())


@pytest.mark.parametrize(("path", "taken"), [("/204", True), ("/200", True), ("/500", False), ("/410", False)])
def test_the_status_says_whether_it_was_taken(system: str, path: str, taken: bool) -> None:
    called = post(system + path)
    assert (called.status, called.is_taken) == (int(path[1:]), taken)


def test_a_redirect_is_not_followed(system: str) -> None:
    System.heard.clear()
    assert post(f"{system}/302").status == 302
    assert [path for path, _ in System.heard] == ["/302"]


def test_who_does_not_answer_is_left(system: str) -> None:
    assert post(f"{system}/hang", limit=0.3) == Called(0, "no answer in time")


def test_nobody_there_is_no_exception() -> None:
    assert post("http://127.0.0.1:9/").detail.startswith("could not be reached")


def test_this_machine_is_called_in_trial_alone(system: str) -> None:
    System.heard.clear()
    assert post(f"{system}/204", loopback=False) == Called(0, "only https may be called")
    assert post("https://localhost:9/", loopback=False) == Called(0, "the name leads to no public address")
    assert System.heard == []


@pytest.mark.parametrize(
    "url",
    [
        "http://pms.example/x", "https://10.0.0.1/", "https://169.254.169.254/latest", "https://[::1]/", "ftp://a.example",
        "https://[::ffff:10.0.0.1]/", "https://user@a.example/", "https://", "https://a.example:99999/", "file:///etc/x",
        "http://0.0.0.0/", "https://192.168.1.1/", "https://[fe80::1]/", "https://224.0.0.1/",
    ],
)  # fmt: skip
def test_these_addresses_are_never_called(url: str) -> None:
    assert barred(url, loopback=False)


@pytest.mark.parametrize(
    ("address", "loopback", "public"),
    [
        ("93.184.216.34", False, True), ("2606:2800:220:1::1", False, True), ("127.0.0.1", True, True),
        ("127.0.0.1", False, False), ("::1", True, True), ("::ffff:127.0.0.1", False, False),
        ("10.1.2.3", True, False), ("169.254.169.254", True, False), ("2002:7f00:1::", False, False),
        ("fc00::1", True, False), ("100.64.0.1", True, False),
    ],
)  # fmt: skip
def test_only_public_addresses_are_public(address: str, loopback: bool, public: bool) -> None:
    assert is_public(ip_address(address), loopback=loopback) is public
