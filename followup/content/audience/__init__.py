"""Audiences as people write them, in YAML or JSON."""

from followup.content.audience.read import read_audience, read_audience_file

__all__ = ["read_audience", "read_audience_file"]
