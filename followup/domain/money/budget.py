"""Budget: what a clinic means to spend in a month, over all and by class; marketing stops at its end, care never."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from followup.domain.message import MessageClass

#: These stop at the end of a budget.
MARKETING = frozenset({MessageClass.PROMO, MessageClass.CONSENT_REQUEST})


class Standing(StrEnum):
    """How a budget stands once the planned messages went."""

    WITHIN = "within"
    NEAR = "near"  # beyond the share at which somebody should know
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits in the currency of the price table; None and missing classes have none."""

    month: Decimal | None = None
    classes: Mapping[MessageClass, Decimal] = field(default_factory=dict)
    warn_at: int = 80  # percent


NO_BUDGET = Budget()


@dataclass(frozen=True, slots=True)
class Line:
    """One limit (`month`, or a class): spent this month, what is planned on top, and how it stands then."""

    name: str
    limit: Decimal
    spent: Decimal
    planned: Decimal
    standing: Standing

    @property
    def left(self) -> Decimal:
        """What is left once the planned messages went; below zero if it does not do."""
        return self.limit - self.spent - self.planned


def standing(
    budget: Budget, spent: Mapping[MessageClass, Decimal], message_class: MessageClass, *, planned: Decimal
) -> tuple[Line, ...]:
    """The limits that messages of this class count for, with `planned` on top of what was spent."""
    lines = []
    if budget.month is not None:
        lines.append(_line(budget, "month", budget.month, spent=sum(spent.values(), Decimal(0)), planned=planned))
    if message_class in budget.classes:
        own = spent.get(message_class, Decimal(0))
        lines.append(_line(budget, message_class.value, budget.classes[message_class], spent=own, planned=planned))
    return tuple(lines)


def exhausted(budget: Budget, spent: Mapping[MessageClass, Decimal]) -> tuple[Line, ...]:
    """Every limit as it stands now, the month first; one that is reached to the cent is over."""
    limits = {"month": budget.month} | {kind.value: limit for kind, limit in sorted(budget.classes.items())}
    own = {kind.value: amount for kind, amount in spent.items()} | {"month": sum(spent.values(), Decimal(0))}
    lines = []
    for name, limit in limits.items():
        if limit is not None:
            line = _line(budget, name, limit, spent=own.get(name, Decimal(0)), planned=Decimal(0))
            lines.append(replace(line, standing=Standing.OVER) if line.spent >= limit else line)
    return tuple(lines)


def stops(message_class: MessageClass, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The limits that this class may not go beyond: none for care and what was agreed, which somebody is told of."""
    return tuple(line for line in lines if line.standing is Standing.OVER and message_class in MARKETING)


def _line(budget: Budget, name: str, limit: Decimal, *, spent: Decimal, planned: Decimal) -> Line:
    total = spent + planned
    if total > limit:
        return Line(name, limit, spent, planned, Standing.OVER)
    near = total * 100 >= limit * budget.warn_at
    return Line(name, limit, spent, planned, Standing.NEAR if near else Standing.WITHIN)
