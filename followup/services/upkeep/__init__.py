"""The machine looks after itself: signs of life, the audit seal, and what is still in hand."""
