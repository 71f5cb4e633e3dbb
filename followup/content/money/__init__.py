"""The price table from disk."""

from followup.content.money.prices import PricesShape, check_prices, load_prices

__all__ = ["PricesShape", "check_prices", "load_prices"]
