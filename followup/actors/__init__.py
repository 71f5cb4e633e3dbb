"""Doors for dramatiq and APScheduler."""
