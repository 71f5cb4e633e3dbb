"""Crew: several simulated clinics side by side, one process each, as many at a time as there are cores."""

import gc
import logging
import multiprocessing
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from multiprocessing.connection import Connection, wait

from followup.domain.errors import FollowupError
from followup.sandbox.simulation.run import START, Order, Result, simulate
from followup.settings import Settings

#: Patients that one process is given; a town of fewer than twice the least is not divided.
_MOST, _LEAST = 1000, 100


def divide(order: Order) -> list[Order]:
    """The same patients in clinics of at most a thousand, two at least where it pays; the same for any machine."""
    count = max(-(-order.patients // _MOST), 2 if order.patients >= 2 * _LEAST else 1)
    sizes = [order.patients // count + (n < order.patients % count) for n in range(count)]
    return [replace(order, patients=size, seed=order.seed * 1000 + n) for n, size in enumerate(sizes)]


def simulate_all(order: Order, own: Settings, *, progress: Callable[[float], None]) -> Result:
    """Simulate every part and add up; `progress` hears how much of the time is lived, from 0 to 1.

    Raises FollowupError where a part cannot be lived.
    """
    waiting, total = divide(order), Result()
    parts = len(waiting)
    lived: dict[Connection, float] = {}
    at_once = os.cpu_count() or 1
    done = 0
    while waiting or lived:
        while waiting and len(lived) < at_once:
            lived[_start(waiting.pop(0), own)] = 0.0
        for reader in wait(list(lived)):
            assert isinstance(reader, Connection)
            told = _hear(reader)
            if isinstance(told, Result):
                total.add(told)
                lived.pop(reader)
                done += 1
            else:
                lived[reader] = told
        progress((done + sum(lived.values())) / parts)
    return total


def _hear(reader: Connection) -> Result | float:
    try:
        told = reader.recv()
    except EOFError:
        raise FollowupError(
            "a simulated clinic ended before its time", cure="run it again with fewer patients"
        ) from None
    if isinstance(told, Exception):
        raise told
    assert isinstance(told, Result | float)
    return told


def _start(order: Order, own: Settings) -> Connection:
    context = multiprocessing.get_context("spawn")
    reader, writer = context.Pipe(duplex=False)
    context.Process(target=_live, args=(order, own, writer), daemon=True).start()
    writer.close()
    return reader


def _live(order: Order, own: Settings, writer: Connection) -> None:
    """The life of one process: nothing it makes lives longer than a message, so the collector only costs time."""
    logging.disable(logging.CRITICAL)
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)
    told = 0.0

    def progress(now: datetime) -> None:
        nonlocal told
        share = min((now - START) / (order.end - START), 1.0)
        if share - told > 0.01:
            told = share
            writer.send(share)

    try:
        writer.send(simulate(order, own, progress=progress))
    except Exception as error:  # noqa: BLE001 -- the process that waits for it tells it
        writer.send(error)
