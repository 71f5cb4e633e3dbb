"""Audiences as people write them, in YAML or JSON."""

from followup.content.audience.read import canonical, read_audience, read_audience_file, read_audience_text

__all__ = ["canonical", "read_audience", "read_audience_file", "read_audience_text"]
