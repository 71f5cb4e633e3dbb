"""The price table from disk."""

from followup.content.money.prices import PricesShape, load_prices

__all__ = ["PricesShape", "load_prices"]
