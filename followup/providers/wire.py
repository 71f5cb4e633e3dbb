"""The wire to a company's HTTP API: one request at a time and never repeated, so that every failure is seen for itself.

No proxy of the environment is used: patients' texts go to the address in the settings and nowhere else.
"""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from weakref import WeakKeyDictionary

import aiohttp

from followup.domain.outcome import Outcome, Transient, Unknown

#: Only these prove that nothing left; every other failure leaves doubt.
NOTHING_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
#: What a GET may raise.
UNREADABLE = (aiohttp.ClientError, OSError, ValueError)
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole HTTP answer; `data` is empty unless the body was a JSON object."""

    status: int
    data: Mapping[str, Any]
    retry_after: str = ""

    def pause(self, now: datetime) -> timedelta | None:
        """Retry-After in either form; None leaves the pause to our own back-off."""
        asked = self.retry_after.strip()
        if re.fullmatch(r"\d{1,6}", asked):
            return min(timedelta(seconds=int(asked)), LONGEST_PAUSE)
        moment = http_date(asked)
        return None if moment is None else min(max(moment - now, timedelta(0)), LONGEST_PAUSE)


class Wire:
    """One session a loop, so that one provider serves many loops."""

    def __init__(self, url: str, *, login: tuple[str, str], timeout: timedelta) -> None:
        self._url, self._login, self._seconds = url, login, timeout.total_seconds()
        self._sessions: WeakKeyDictionary[asyncio.AbstractEventLoop, aiohttp.ClientSession] = WeakKeyDictionary()

    async def call(self, method: str, path: str | None, *, body: bytes | None = None, media: str = "") -> Answer:
        """One request and the whole of its answer; redirects are not followed."""
        headers = {"Content-Type": media} if body is not None else {}
        async with self._session().request(
            method, f"{self._url}{path}", data=body, headers=headers, allow_redirects=False
        ) as response:
            return Answer(response.status, json_object(await response.read()), response.headers.get("Retry-After", ""))

    async def close(self) -> None:
        """Close the session of the running loop; those of loops that have ended went with them."""
        session = self._sessions.pop(asyncio.get_running_loop(), None)
        if session is not None:
            await session.close()

    def _session(self) -> aiohttp.ClientSession:
        loop = asyncio.get_running_loop()
        if loop not in self._sessions:
            self._sessions[loop] = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=self._seconds, connect=self._seconds / 3),
                headers={
                    "Authorization": aiohttp.encode_basic_auth(*self._login),
                    "Accept": "application/json",
                    "User-Agent": "followup",
                },
            )
        return self._sessions[loop]


def broken(company: str, error: Exception) -> Outcome:
    """What it means that the POST raised: only a connection that never stood proves that nothing was sent."""
    if isinstance(error, NOTHING_SENT):
        return Transient("connect", f"{company} could not be reached ({type(error).__name__}).")
    if isinstance(error, TimeoutError):
        return Unknown("timeout", f"{company} did not answer in time.")
    return Unknown("cut", f"The connection to {company} broke ({type(error).__name__}).")


def http_date(text: object) -> datetime | None:
    """A moment as HTTP and Twilio write it; None for anything else."""
    if not isinstance(text, str) or not text:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def json_object(raw: bytes) -> Mapping[str, Any]:
    """The object that a body holds; empty for anything else."""
    try:
        data = json.loads(raw)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
