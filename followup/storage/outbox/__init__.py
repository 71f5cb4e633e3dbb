"""Rows of webhooks out: calls that wait or went, and the health of each endpoint."""
