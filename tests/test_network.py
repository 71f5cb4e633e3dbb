"""The loop that carries the network step."""

import asyncio
import os
import threading
from collections.abc import Iterator

import pytest

from followup.network import LoopThread


@pytest.fixture
def network() -> Iterator[LoopThread]:
    loop = LoopThread()
    yield loop
    loop.close()


async def _thread() -> int:
    return threading.get_ident()


def test_all_work_runs_on_one_loop(network: LoopThread) -> None:
    places = {network.submit(_thread()).result(5) for _ in range(5)}
    assert len(places) == 1
    assert threading.get_ident() not in places


def test_many_wait_side_by_side(network: LoopThread) -> None:
    gate = asyncio.Event()

    async def wait() -> bool:
        return await gate.wait()

    async def open_gate() -> None:
        gate.set()

    waiting = [network.submit(wait()) for _ in range(100)]
    network.submit(open_gate()).result(5)
    assert all(one.result(5) for one in waiting)


def test_closing_cancels_what_still_runs(network: LoopThread) -> None:
    async def for_ever() -> None:
        await asyncio.Event().wait()

    left = network.submit(for_ever())
    network.submit(_thread()).result(5)
    network.close()
    assert left.cancelled()


def test_a_fork_starts_a_loop_of_its_own(network: LoopThread) -> None:
    network.submit(_thread()).result(5)
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if network.submit(_thread()).result(5) else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
