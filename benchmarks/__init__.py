"""Measurements and claims that a reader can repeat; they run from a checkout only."""
