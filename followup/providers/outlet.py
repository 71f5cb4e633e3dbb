"""The outlet: calls to clinics' systems over HTTPS, to public addresses alone, never redirected and never repeated."""

import asyncio
import socket
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from followup.domain.webhook import is_public
from followup.ports import Called
from followup.settings import Settings

#: As much of an answer as is read: only its status counts.
_MOST_READ = 64 * 1024


class Barred(OSError):
    """The name leads to an address that may not be called."""


class _Guard(AbstractResolver):
    """Resolves names, and keeps of their addresses those that may be called: what is checked is what is dialled."""

    def __init__(self, *, loopback: bool) -> None:
        self._inner, self._loopback = ThreadedResolver(), loopback

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses that may be called; raises Barred if there is none."""
        found = await self._inner.resolve(host, port, family)
        kept = [one for one in found if is_public(ip_address(one["host"]), loopback=self._loopback)]
        if not kept:
            raise Barred("the name leads to no public address")
        return kept

    async def close(self) -> None:
        await self._inner.close()


class HttpOutlet:
    """One session a loop and kind of address."""

    def __init__(self, timeout: timedelta) -> None:
        self._timeout = timeout.total_seconds()
        self._sessions: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[bool, aiohttp.ClientSession]] = (
            WeakKeyDictionary()
        )

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, loopback: bool) -> Called:
        """One POST. Never raises; `loopback` allows this machine itself, also without TLS."""
        if why := barred(url, loopback=loopback):
            return Called(0, why)
        session = self._session(loopback=loopback)
        try:
            async with session.post(url, data=body, headers=dict(headers), allow_redirects=False) as answer:
                await answer.content.read(_MOST_READ)
                return Called(answer.status)
        except Barred as error:
            return Called(0, str(error))
        except TimeoutError:
            return Called(0, "no answer in time")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            cause = error.__cause__ if isinstance(error.__cause__, Barred) else None
            return Called(0, str(cause) if cause else f"could not be reached ({type(error).__name__})")

    async def close(self) -> None:
        """Close the sessions of the running loop."""
        for session in self._sessions.pop(asyncio.get_running_loop(), {}).values():
            await session.close()

    def _session(self, *, loopback: bool) -> aiohttp.ClientSession:
        own = self._sessions.setdefault(asyncio.get_running_loop(), {})
        if loopback not in own:
            own[loopback] = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(resolver=_Guard(loopback=loopback), use_dns_cache=False),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=self._timeout, connect=self._timeout / 3),
                headers={"User-Agent": "followup"},
            )
        return own[loopback]


def barred(url: str, *, loopback: bool) -> str:
    """Why this address may not be called, as far as it can be told without a look-up; empty if it may."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return "the address cannot be read"
    if parts.username is not None or not host:
        return "the address cannot be read"
    try:
        address = ip_address(host)
    except ValueError:
        address = None
    local = host == "localhost" or (address is not None and address.is_loopback)
    if parts.scheme != "https" and not (parts.scheme == "http" and local and loopback):
        return "only https may be called"
    if address is not None and not is_public(address, loopback=loopback):
        return "the address is not public"
    return ""


def build(settings: Settings) -> HttpOutlet:
    """The outlet by the settings."""
    return HttpOutlet(settings.provider_timeout)
