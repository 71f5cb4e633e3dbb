"""Brings signed call-backs to our doors the way Twilio does: once more when connecting failed, in no promised order."""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
from twilio.request_validator import RequestValidator

Pairs = Sequence[tuple[str, str]]


@dataclass(slots=True)
class Manners:
    """How receipts come. `delay` lies between two of them, `late` before the first; `silent` sends none."""

    delay: float = 0.05
    late: float = 0.0
    doubled: bool = False
    shuffled: bool = False
    silent: bool = False
    forged: bool = False
    retries: int = 1

    @property
    def faults(self) -> list[str]:
        """What is wrong with receipts that come like this."""
        wrong = {"doubled": self.doubled, "shuffled": self.shuffled, "late": self.late > 0, "forged": self.forged}
        return [name for name, so in wrong.items() if so]

    def order(self, statuses: Sequence[str]) -> list[str]:
        """The statuses as they will come: shuffled means last first."""
        line = list(reversed(statuses)) if self.shuffled else list(statuses)
        return [status for status in line for _ in range(2 if self.doubled else 1)]


class Courier:
    """Signs with the auth token; remembers nothing, so what it was carrying ends with the process."""

    def __init__(self, auth_token: str) -> None:
        self._validator = RequestValidator(auth_token)
        self._session: aiohttp.ClientSession | None = None
        self._doors = asyncio.Semaphore(32)
        self._errands: set[asyncio.Task[Any]] = set()

    @property
    def busy(self) -> bool:
        """True while errands are under way."""
        return bool(self._errands)

    def run(self, errand: Coroutine[Any, Any, Any]) -> None:
        """Start an errand beside the others."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def bring(self, url: str, pairs: Pairs, *, forged: bool = False, retries: int = 1) -> tuple[int, str]:
        """POST the form to the door; returns status and body, or status 0 when the door was never reached."""
        signature = "forged" if forged else self._validator.compute_signature(url, dict(pairs))
        for rest in range(retries, -1, -1):
            try:
                async with (
                    self._doors,
                    self._open().post(
                        url, data=list(pairs), headers={"X-Twilio-Signature": signature}, allow_redirects=False
                    ) as answer,
                ):
                    return answer.status, await answer.text()
            except (aiohttp.ClientError, OSError):
                await asyncio.sleep(0.2 if rest else 0)
        return 0, ""

    async def close(self) -> None:
        for task in list(self._errands):
            task.cancel()
        await asyncio.gather(*self._errands, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(), timeout=aiohttp.ClientTimeout(total=15)
            )
        return self._session
