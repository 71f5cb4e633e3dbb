"""Rows about providers: halts, circuits, and the record of calls and endings."""
