"""Proof: what became of messages whose fate is open, and whether the rows are what the events say."""
