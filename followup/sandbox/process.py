"""Runs a stand-in: on a loop of its own inside this process, or as a process of its own."""

import asyncio
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from followup.network import LoopThread


class StandIn(Protocol):
    """What can be started on a free port and stopped; `addresses` names its doors once it runs."""

    @property
    def addresses(self) -> dict[str, str]: ...
    async def start(self) -> None: ...
    async def stop(self) -> None: ...


S = TypeVar("S", bound=StandIn)


@contextmanager
def running(stand_in: S) -> Iterator[S]:
    """The stand-in, started, while the block runs."""
    loop = LoopThread()
    loop.submit(stand_in.start()).result(timeout=10)
    try:
        yield stand_in
    finally:
        loop.submit(stand_in.stop()).result(timeout=10)
        loop.close()


def serve(stand_in: StandIn, ready_file: Path | None) -> None:
    """Run until SIGTERM or SIGINT; says `ready <url>` and writes all addresses as JSON once its doors are open."""
    asyncio.run(_serve(stand_in, ready_file))


async def _serve(stand_in: StandIn, ready_file: Path | None) -> None:
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    await stand_in.start()
    try:
        _tell(stand_in.addresses, ready_file)
        await stop.wait()
    finally:
        await stand_in.stop()


def _tell(addresses: dict[str, str], ready_file: Path | None) -> None:
    if ready_file is not None:
        draft = ready_file.with_name(f".{ready_file.name}.part")
        draft.write_text(json.dumps(addresses), encoding="utf-8")
        os.replace(draft, ready_file)
    print("ready", *addresses.values(), flush=True)
