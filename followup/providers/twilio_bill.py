"""Rows of Twilio's message list, as the bill counts them."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from followup.ports import Billed


def is_ours(row: object) -> bool:
    """True for what was sent by the API; the carrier's own answers to STOP are `outbound-reply`."""
    return isinstance(row, Mapping) and row.get("direction") == "outbound-api" and isinstance(row.get("sid"), str)


def read(row: Mapping[str, Any]) -> Billed:
    """A row of the list; Twilio writes numbers as text, and prices below zero."""
    return Billed(
        ref=row["sid"],
        senders=frozenset(str(row[name]) for name in ("from", "messaging_service_sid") if row.get(name)),
        to=str(row.get("to") or ""),
        text=str(row.get("body") or ""),
        segments=_count(row.get("num_segments")),
        price=_price(row.get("price")),
        currency=str(row.get("price_unit") or "").upper(),
    )


def _count(text: object) -> int:
    return int(str(text)) if str(text).isdecimal() else 0


def _price(text: object) -> Decimal | None:
    try:
        return abs(Decimal(str(text))) if text not in (None, "") else None
    except InvalidOperation:
        return None
