"""Rows: one concept a file, functions that take a connection first."""
