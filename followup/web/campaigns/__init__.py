"""Doors about campaigns: the same services as the commands."""
