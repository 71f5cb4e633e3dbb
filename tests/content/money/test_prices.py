"""The price table: read from the folder, else the shipped one; a fault has its line."""

from decimal import Decimal
from pathlib import Path

import pytest

from followup.content.money import check_prices, load_prices
from followup.domain.errors import ConfigFault
from tests.builders import ROOT


def test_the_shipped_table_is_the_last_resort(tmp_path: Path) -> None:
    assert load_prices(tmp_path) == load_prices(ROOT / "config")
    assert check_prices(tmp_path) == check_prices(ROOT / "config") == []


def test_a_changed_table_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "prices.yaml"
    for price in ("0.02", "0.03"):
        file.write_text(f"currency: CAD\nsms: {{countries: {{CA: {price}}}, elsewhere: 0.1}}\n# {price}\n")
        table = load_prices(tmp_path)
        assert (table.currency, table.sms, table.elsewhere) == ("CAD", {"CA": Decimal(price)}, Decimal("0.1"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("currency: CAD\nsms: {countries: {CA: -1}}", "prices.yaml:2: bad-amount: '-1' is no amount of money"),
        ("currency: CAD\nsms: {countries: {CA: cheap}}", "prices.yaml:2: bad-amount: 'cheap' is no amount of money"),
        ("currency: dollars\nsms: {countries: {CA: 1}}", "prices.yaml:1: bad-currency"),
        ("currency: CAD\nsms: {countries: {CA: 1}}\nemial: 1", "prices.yaml:3: unknown-key: unknown key 'emial'"),
    ],
)
def test_a_fault_of_the_table_has_its_line(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "prices.yaml").write_text(text)
    assert told in str(check_prices(tmp_path)[0])
    with pytest.raises(ConfigFault):
        load_prices(tmp_path)
