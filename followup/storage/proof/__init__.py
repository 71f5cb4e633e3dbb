"""Rows that are asked about what became of messages, and streams of what must agree."""
