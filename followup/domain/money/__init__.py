"""Money: what messages cost by the table, and a clinic's budget for a month."""

from followup.domain.money.budget import MARKETING, NO_BUDGET, Budget, Line, Standing, exhausted, standing, stops
from followup.domain.money.prices import Prices

__all__ = [
    "MARKETING",
    "NO_BUDGET",
    "Budget",
    "Line",
    "Prices",
    "Standing",
    "exhausted",
    "standing",
    "stops",
]
