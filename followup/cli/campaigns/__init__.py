"""`followup campaign`: campaigns by hand, whom they are for, and lists of people."""

from followup.cli.campaigns import choosing, foreseeing, life, lists, reports
from followup.cli.campaigns.group import app

__all__ = ["app", "choosing", "foreseeing", "life", "lists", "reports"]
