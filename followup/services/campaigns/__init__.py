"""Campaigns by hand: who, what it would be, the life from draft to end, and the result for each person."""
