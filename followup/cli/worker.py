"""What a worker process runs: `dramatiq worker` and `followup worker` both end up in `start`."""

from contextlib import suppress
from threading import Lock

import dramatiq

from followup.actors.broker import Opening, make_broker
from followup.actors.declare import declare
from followup.app import build_context, close
from followup.cli.common import broker_url, one_line, read_settings
from followup.domain.errors import FollowupError
from followup.log import configure, get_logger
from followup.services import own
from followup.services.context import Context

_log = get_logger("worker")


class Claimed:
    """Hands out the context once its database was looked at, which is tried again while that is away."""

    def __init__(self, opening: Opening) -> None:
        self._opening, self._lock, self._looked = opening, Lock(), False

    def __call__(self) -> Context:
        """Raises `Unavailable` while the database is away; what is held then is for the gate to say."""
        with self._lock:
            if not self._looked:
                ownership = own.claim(self._opening.ctx)
                self._looked = True
                if not ownership.may_send:
                    _log.warning("sending is held", cause=ownership.why, cure=own.CURE)
        return self._opening.ctx


def start() -> None:
    """Build the broker, declare the actors and make it dramatiq's own; the context opens when the worker boots."""
    with one_line():
        settings = read_settings()
        configure(as_json=settings.log == "json")

        bell = broker_url(settings)

        def build() -> Context:
            with one_line():
                return build_context(settings, bell=bell)

        opening = Opening(build, _leave)
        broker = make_broker(bell, opening)
        declare(broker, Claimed(opening))
        dramatiq.set_broker(broker)


def _leave(ctx: Context) -> None:
    """Note how far the database has come, with all that was still on the wire, and close."""
    with suppress(FollowupError):
        own.keep(ctx)
    close(ctx)
