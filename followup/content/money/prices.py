"""`config/prices.yaml`: what messages cost; editors get its JSON Schema."""

from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from followup.content.documents import Unreadable, read_document
from followup.content.shape import Shape, read_shape, wrong
from followup.content.shipped import own_or_shipped
from followup.domain.finding import Finding, refuse_errors
from followup.domain.money import Prices

_FILE = "prices.yaml"


def _amount(value: Any) -> Decimal:
    try:
        amount = Decimal(str(value))
    except ArithmeticError:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount < 10**9:
        raise wrong("bad-amount", f"{value!r} is no amount of money", cure="write 0.0083 or 250.00")
    return amount


Amount = Annotated[
    Decimal, BeforeValidator(_amount), WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]})
]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="Two letters, CA or US.")]


class SmsPricesShape(Shape):
    """What a segment of a text costs."""

    countries: Annotated[dict[Country, Amount], Field(min_length=1)]
    elsewhere: Annotated[Amount | None, Field(description="Left out: texts to other countries have no price.")] = None


class PricesShape(Shape):
    """What messages cost, in one currency."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["CAD"])]
    sms: Annotated[SmsPricesShape, Field(description="A segment, by the country of the number.")]
    email: Annotated[Amount, Field(description="One e-mail.")] = Decimal(0)


def load_prices(config: Path) -> Prices:
    """The table of this folder, else the shipped one; raises ConfigFault with the line of each fault."""
    path = own_or_shipped(config, _FILE, kind="config")
    return _load(path, path.stat().st_mtime_ns)


def check_prices(config: Path) -> list[Finding]:
    """What is wrong with the table of this folder; nothing if it has none."""
    path = config / _FILE
    return _read(path)[1] if path.is_file() else []


@lru_cache(maxsize=8)
def _load(path: Path, _changed: int) -> Prices:
    shape, findings = _read(path)
    refuse_errors(findings)
    assert shape is not None
    return Prices(shape.currency, dict(shape.sms.countries), shape.sms.elsewhere, shape.email)


def _read(path: Path) -> tuple[PricesShape | None, list[Finding]]:
    try:
        return read_shape(PricesShape, read_document(path))
    except Unreadable as error:
        return None, list(error.findings)
