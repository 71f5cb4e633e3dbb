"""Several treatments of one day in one message."""
