"""Prices: what one segment of a text costs by its country, and one e-mail; an estimate, the provider's bill decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from followup.domain.channels.sms import segments
from followup.domain.message import Channel
from followup.domain.region import region_of


@dataclass(frozen=True, slots=True)
class Prices:
    """A table in one currency. `elsewhere` is for texts to countries that it does not name; None: nobody knows."""

    currency: str
    sms: Mapping[str, Decimal] = field(default_factory=dict)  # by country, two letters
    elsewhere: Decimal | None = None
    email: Decimal = Decimal(0)

    def of(self, channel: Channel, address: str, count: int) -> Decimal | None:
        """The price of a message of so many segments; None for a country without a price."""
        if channel is Channel.EMAIL:
            return self.email
        each = self.sms.get(region_of(address), self.elsewhere)
        return None if each is None else each * count

    def of_text(self, channel: Channel, address: str, text: str) -> Decimal:
        """The price of a text as it went; nothing where there is no price."""
        count = segments(text).segments if channel is Channel.SMS else 0
        return self.of(channel, address, count) or Decimal(0)
