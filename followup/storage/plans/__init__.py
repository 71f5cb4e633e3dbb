"""Rows of plans: what waits for a patient, what one message carries for another, calendars that were planned by."""
