"""What messages cost by the table, and how a month's budget stands."""

from decimal import Decimal

import pytest

from followup.domain.message import Channel, MessageClass
from followup.domain.money import Budget, Prices, Standing, standing, stops

TABLE = Prices("CAD", {"CA": Decimal("0.01"), "US": Decimal("0.02")}, email=Decimal("0.001"))
PROMO, CARE = MessageClass.PROMO, MessageClass.CARE


@pytest.mark.parametrize(
    ("channel", "address", "price"),
    [
        (Channel.SMS, "+14165550123", "0.03"),
        (Channel.SMS, "+12125550123", "0.06"),
        (Channel.SMS, "+33612345678", None),
        (Channel.EMAIL, "ana@example.com", "0.001"),
    ],
)
def test_a_price_goes_by_country_and_segments(channel: Channel, address: str, price: str | None) -> None:
    assert TABLE.of(channel, address, 3) == (None if price is None else Decimal(price))


def test_a_text_costs_what_its_segments_cost() -> None:
    assert TABLE.of_text(Channel.SMS, "+14165550123", "a" * 161) == Decimal("0.02")
    assert TABLE.of_text(Channel.SMS, "+33612345678", "a") == 0


@pytest.mark.parametrize(
    ("kind", "planned", "stands"),
    [
        (PROMO, 0, {"month": Standing.WITHIN, "promo": Standing.WITHIN}),
        (PROMO, 20, {"month": Standing.WITHIN, "promo": Standing.NEAR}),
        (PROMO, 31, {"month": Standing.WITHIN, "promo": Standing.OVER}),
        (PROMO, 40, {"month": Standing.NEAR, "promo": Standing.OVER}),
        (CARE, 61, {"month": Standing.OVER}),
    ],
)
def test_a_budget_warns_at_its_share_then_ends(kind: MessageClass, planned: int, stands: dict[str, Standing]) -> None:
    budget = Budget(Decimal(100), {PROMO: Decimal(50)})
    lines = standing(budget, {PROMO: Decimal(20), CARE: Decimal(20)}, kind, planned=Decimal(planned))
    assert {line.name: line.standing for line in lines} == stands


def test_marketing_stops_at_the_end_and_care_never() -> None:
    over = standing(Budget(Decimal(10)), {}, PROMO, planned=Decimal(11))
    assert (stops(PROMO, over), stops(CARE, over), over[0].left) == (over, (), Decimal(-1))
