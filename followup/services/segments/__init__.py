"""Saved segments: audiences under a name, counted as they are now and explained for one patient."""
