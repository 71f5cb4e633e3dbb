"""The scheduler: APScheduler ticks, and a tick does nothing but call one use case. Rows hold all that is to be done."""

import logging
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, timedelta
from functools import partial
from threading import Event, Lock

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from followup.domain.errors import Unavailable
from followup.log import get_logger
from followup.services import control, dispatch, enroll, heal, own
from followup.services.bookings import overdue
from followup.services.bounces import collect, review
from followup.services.calendars.follow import follow
from followup.services.campaigns import advance, watch
from followup.services.context import Context
from followup.services.proof import chase
from followup.services.proof.nightly import check_bills, compare_nightly
from followup.services.routing import circuits
from followup.services.upkeep import budgets, live, seal
from followup.services.upkeep.beat import beat
from followup.services.upkeep.restart import after_restart

_log = get_logger("scheduler")

_LOOK = 0.5  # seconds

Work = Callable[[Context], object]


@dataclass(frozen=True, slots=True)
class Tick:
    """A timer: `work` is called every `every` of real time, never twice at once, and a missed call is not made up."""

    name: str
    every: timedelta
    work: Work


def ticks(ctx: Context, check_bell: Callable[[], None]) -> tuple[Tick, ...]:
    """All timers there are."""

    def sweep(ctx: Context) -> None:
        check_bell()  # claiming what nobody can be rung for would only write it back
        dispatch.sweep(ctx)

    return (
        Tick("sweep", ctx.settings.tick, sweep),
        Tick("seal", timedelta(seconds=1), seal.seal),
        Tick("heartbeat", timedelta(seconds=5), partial(beat, role="scheduler", instance=_instance())),
        Tick("complete", timedelta(seconds=5), enroll.Completion()),
        Tick("keep", timedelta(seconds=1), own.keep),
        Tick("heal", timedelta(seconds=30), heal.heal),
        Tick("pauses", timedelta(seconds=1), control.end_pauses),
        Tick("calendars", timedelta(seconds=2), follow),
        Tick("chase", chase.EVERY, chase.chase),
        Tick("compare", timedelta(minutes=1), compare_nightly),
        Tick("bills", timedelta(minutes=10), check_bills),
        Tick("budgets", timedelta(minutes=5), budgets.watch),
        Tick("circuits", timedelta(seconds=15), circuits.watch),
        Tick("overdue", timedelta(seconds=1), overdue.expire),
        Tick("campaigns", timedelta(seconds=1), advance.advance),
        Tick("campaign watch", timedelta(seconds=5), watch.watch),
        Tick("mailbox", timedelta(minutes=1), collect.collect),
        Tick("shred", timedelta(hours=1), review.shred),
    )


class Outage:
    """Says one line when something outside goes away and one when it is back, however many ticks meet it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._failing: dict[str, str] = {}

    def away(self, tick: str, cause: str) -> None:
        """`tick` could not do its work."""
        with self._lock:
            new = cause not in self._failing.values()
            self._failing[tick] = cause
        if new:
            _log.warning("waiting", cause=cause)

    def fine(self, tick: str) -> None:
        """`tick` did its work, so what stopped it is back for all."""
        with self._lock:
            cause = self._failing.get(tick)
            self._failing = {name: other for name, other in self._failing.items() if other != cause}
        if cause is not None:
            _log.info("going on", after=cause)


def run(ctx: Context, stop: Event, *, check_bell: Callable[[], None] = lambda: None) -> None:
    """Tick until `stop`, then let running ticks finish. `check_bell` raises `Unavailable` while the broker is away."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    ownership = own.claim(ctx)
    if not ownership.may_send:
        _log.warning("sending is held", cause=ownership.why, cure=own.CURE)
    after_restart(ctx)
    for one in (live.standing(ctx, clinic.id) for clinic in ctx.clinics.all()):
        if not one.live:
            _log.info("trial mode", clinic=one.clinic_id, held=one.held, past_due=one.past_due)
    outage = Outage()
    scheduler = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(6)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone=UTC,
    )
    for tick in ticks(ctx, check_bell):
        scheduler.add_job(
            _guarded, "interval", (tick, ctx, outage), id=tick.name, seconds=tick.every.total_seconds(),
            next_run_time=ctx.ops.now(),
        )  # fmt: skip
    scheduler.start()
    _log.info("scheduler ready", tick=ctx.settings.tick.total_seconds())
    try:
        while not stop.wait(_LOOK):  # a signal that comes just before a wait without end is not heard by it
            pass
    finally:
        scheduler.shutdown(wait=True)
        with suppress(Unavailable):
            own.keep(ctx)


def _guarded(tick: Tick, ctx: Context, outage: Outage) -> None:
    try:
        tick.work(ctx)
    except Unavailable as error:
        outage.away(tick.name, error.message)
    except Exception as error:  # noqa: BLE001 -- a bug in one tick must not end the others
        _log.error("tick failed", tick=tick.name, error=error)
    else:
        outage.fine(tick.name)


def _instance() -> str:
    return f"{socket.gethostname()}-{os.getpid()}"
