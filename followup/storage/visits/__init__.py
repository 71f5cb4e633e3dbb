"""Rows about visits: the messages that speak of a booking, and choices that were given."""
