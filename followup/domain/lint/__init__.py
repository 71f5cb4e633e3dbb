"""Lint: what can be wrong in a protocol whose words are all known."""

from followup.domain.lint.bounds import same_day, within
from followup.domain.lint.steps import Hours, Remark, remarks_on

__all__ = ["Hours", "Remark", "remarks_on", "same_day", "within"]
