"""Money: what messages cost by the table, and a clinic's budget for a month."""

from followup.domain.money.budget import NO_BUDGET, Budget, Line, Standing, standing, stops
from followup.domain.money.prices import Prices

__all__ = ["NO_BUDGET", "Budget", "Line", "Prices", "Standing", "standing", "stops"]
