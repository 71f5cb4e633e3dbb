"""The shape of local hours on some weekdays."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from followup.content.shape import LocalTime, Shape, Weekdays
from followup.domain.clinic import SendWindow


class HoursShape(Shape):
    """Local hours on some weekdays; `closes` before `opens` runs over midnight, equal means all day."""

    days: Annotated[Weekdays, Field(description="mon-fri, or a list; left out: every day")] = tuple(range(7))
    opens: LocalTime
    closes: LocalTime
    on_holidays: Annotated[bool, Field(description="Also on statutory holidays and closures.")] = True


def windows_of(hours: Sequence[HoursShape]) -> tuple[SendWindow, ...]:
    """The same as the domain's values."""
    return tuple(SendWindow(frozenset(h.days), h.opens, h.closes, h.on_holidays) for h in hours)
