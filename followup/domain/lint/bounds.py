"""Offsets compared on real dates, since months differ in length."""

from datetime import date

from followup.domain.offset import Offset


def within(offset: Offset, bounds: tuple[Offset, Offset]) -> bool:
    """True if `offset` lies between `bounds`, whatever the lengths of months."""
    low, high = bounds
    return all(_lands(low, day) <= _lands(offset, day) <= _lands(high, day) for day in _SAMPLE_DAYS)


def same_day(one: Offset, other: Offset) -> bool:
    """True if both can fall on one local day when counted from the same anchor."""
    return any(int(_lands(one, day)) == int(_lands(other, day)) for day in _SAMPLE_DAYS)


_SAMPLE_DAYS = tuple(date(2023 + n // 12, n % 12 + 1, day) for n in range(24) for day in (1, 15, 28))


def _lands(offset: Offset, start: date) -> float:
    """The day, as a number with a fraction, that `offset` leads to from a day that every month has."""
    months = start.month - 1 + offset.months
    moved = date(start.year + months // 12, months % 12 + 1, start.day)
    return moved.toordinal() + offset.days + offset.business_days * 1.4 + offset.minutes / 1440
