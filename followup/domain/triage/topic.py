"""Topic: a family of signs with the words that make it worth a look, written as a table."""

import re
from dataclasses import dataclass
from functools import cached_property

from followup.domain.triage.severity import Severity

_HEADING = re.compile(r"^\[(\w+) ([\w-]+)((?: \w+)*)\]$", re.MULTILINE)


@dataclass(frozen=True)
class Rule:
    """One kind of sign; flags say what can take weight from it.

    softens: a little of it is routine. fades: once gone it is nothing. laughs: said in jest it is no emergency.
    firm: neither if, nor others, nor the past take anything from it.
    """

    id: str
    severity: Severity
    flags: frozenset[str]
    table: str


@dataclass(frozen=True)
class Topic:
    """`table` has a heading `[severity name flags]` before the phrases of each rule."""

    name: str
    table: str

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of the table, in its order."""
        parts = _HEADING.split(self.table)[1:]
        return tuple(
            Rule(f"{self.name}.{name}", Severity(severity), frozenset(flags.split()), table)
            for severity, name, flags, table in zip(*[iter(parts)] * 4, strict=True)
        )
