"""`followup inbox`: what patients wrote, what waits for a person, and who dealt with it."""

from followup.cli.inbox import matters, threads
from followup.cli.inbox.group import app

__all__ = ["app", "matters", "threads"]
