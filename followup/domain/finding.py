"""Finding: one thing wrong in a file that people write, with its place and its cure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from followup.domain.errors import ConfigFault, Fault


class Level(StrEnum):
    """Whether a finding stops the file from being used."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """`file:line: rule: text (cure)`; an error stops the file from being used, a warning does not."""

    file: str
    line: int
    rule: str
    text: str
    cure: str = ""
    level: Level = Level.ERROR

    def __str__(self) -> str:
        cure = f" ({self.cure})" if self.cure else ""
        return f"{self.file}:{self.line}: {self.rule}: {self.text}{cure}"

    @property
    def is_error(self) -> bool:
        """True if the file may not be used."""
        return self.level is Level.ERROR

    def as_fault(self) -> Fault:
        """The same as a fault of a `ConfigFault`."""
        cure = f" ({self.cure})" if self.cure else ""
        return Fault(pointer=f"{self.file}:{self.line}", detail=self.text + cure, rule=self.rule)


def refuse_errors(findings: Iterable[Finding]) -> None:
    """Raise `ConfigFault` with every error among `findings`; warnings pass."""
    faults = tuple(f.as_fault() for f in findings if f.is_error)
    if faults:
        raise ConfigFault(faults)
