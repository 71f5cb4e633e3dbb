"""What a worker process runs: `dramatiq worker` and `followup worker` both end up in `start`."""

import dramatiq

from followup.actors.broker import Opening, make_broker
from followup.actors.declare import declare
from followup.app import build_context, close
from followup.cli.common import broker_url, one_line, read_settings
from followup.log import configure
from followup.services.context import Context


def start() -> None:
    """Build the broker, declare the actors and make it dramatiq's own; the context opens when the worker boots."""
    with one_line():
        settings = read_settings()
        configure(as_json=settings.log == "json")

        bell = broker_url(settings)

        def build() -> Context:
            with one_line():
                return build_context(settings, bell=bell)

        opening = Opening(build, close)
        broker = make_broker(bell, opening)
        declare(broker, lambda: opening.ctx)
        dramatiq.set_broker(broker)
