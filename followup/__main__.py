"""`python -m followup` is `followup`."""

from followup.cli.main import run

run()
