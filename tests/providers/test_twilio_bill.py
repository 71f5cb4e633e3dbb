"""Twilio's list of a day is read page by page, and only what the API was asked to send counts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from followup.clock import SystemClock
from followup.ports import AskLater, BillPage
from followup.providers import twilio_bill
from followup.sandbox.carrier import Carrier
from tests.providers.parts import TEXT, closed_port, make_twilio, use

ROW: dict[str, Any] = {
    "sid": "SM" + "a" * 32, "from": "+14165550100", "messaging_service_sid": "MG1", "to": "+14165550123", "body": "Hi",
    "num_segments": "2", "price": "-0.01500", "price_unit": "usd", "direction": "outbound-api",
}  # fmt: skip


def test_a_row_tells_segments_and_price() -> None:
    row = twilio_bill.read(ROW)
    assert (row.segments, row.price, row.currency) == (2, Decimal("0.015"), "USD")
    assert row.senders == {"+14165550100", "MG1"}


@pytest.mark.parametrize("change", [{"price": None}, {"price": "?"}, {"num_segments": None}])
def test_a_row_that_is_not_priced_yet_counts(change: dict[str, Any]) -> None:
    row = twilio_bill.read(ROW | change)
    assert row.price is None or row.segments == 0


@pytest.mark.parametrize("direction", ["inbound", "outbound-reply", "outbound-call", None])
def test_only_what_the_api_sent_counts(direction: str | None) -> None:
    assert not twilio_bill.is_ours(ROW | {"direction": direction})


def bill_of(carrier: Carrier, *, days_ago: int = 0) -> BillPage | AskLater | None:
    day = SystemClock().now().date() - timedelta(days=days_ago)
    return use(make_twilio(carrier.url), lambda one: one.bill(day))


def test_the_list_of_a_day_has_what_went(carrier: Carrier) -> None:
    use(make_twilio(carrier.url), lambda one: one.send(replace(TEXT, text="one")))
    page = bill_of(carrier)
    assert isinstance(page, BillPage)
    assert [row.text for row in page.rows] == ["one"]
    assert bill_of(carrier, days_ago=1) == BillPage(())


def test_an_account_that_is_away_asks_for_patience() -> None:
    day = datetime(2026, 3, 2, tzinfo=UTC).date()
    assert use(make_twilio(f"http://127.0.0.1:{closed_port()}"), lambda one: one.bill(day)) == AskLater()
