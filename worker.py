"""`dramatiq worker`: builds the broker and the context, and declares the actors."""

from followup.cli.worker import start

start()
