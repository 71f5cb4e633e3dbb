"""Rows of the machine itself, and queries over all that waits."""
