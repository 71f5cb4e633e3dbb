"""`followup campaign`: campaigns by hand, whom they are for, and lists of people."""

from followup.cli.campaigns import choosing, lists
from followup.cli.campaigns.group import app

__all__ = ["app", "choosing", "lists"]
