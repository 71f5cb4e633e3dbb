"""Evidence: what was seen of a whole year, and what the rows say at its end."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from followup.sandbox.simulation import law
from followup.sandbox.simulation.steps import Promised
from followup.sandbox.simulation.town import HOME
from followup.sandbox.simulation.watch import Call, Watch

_OUT = frozenset({"sent", "delivered", "undelivered"})


@dataclass
class Evidence:
    """What was seen of a whole year, and what the rows say at its end."""

    watch: Watch
    rows: Sequence[Mapping[str, Any]]
    taken: Counter[tuple[str, str]]  # by channel and message
    gone_numbers: frozenset[str]
    codes: tuple[str, str]
    steps: Mapping[str, Sequence[Promised]]
    end: datetime
    faults: bool = False
    by_id: dict[str, Mapping[str, Any]] = field(init=False)

    of_patient: dict[str, list[Mapping[str, Any]]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_id = {row["id"]: row for row in self.rows}
        self.of_patient = defaultdict(list)
        for row in self.rows:
            self.of_patient[str(row["patient_id"])].append(row)

    def person(self, call: Call) -> str:
        """Whose message it was; empty for an answer to a number that several have."""
        return str(self.by_id[call.message]["patient_id"]) if call.message in self.by_id else ""

    def calls(self) -> Iterator[Call]:
        """Calls for messages that answer nothing."""
        return (call for call in self.watch.calls if call.kind not in law.ANSWERS)

    def day(self, call: Call) -> date:
        """The local day on which the patient had it."""
        place = next(self.watch.places(self.person(call), call.at))
        return call.at.astimezone(ZoneInfo(place.zone or HOME)).date()

    def went(self) -> dict[str, list[Call]]:
        """By patient: the first call of every message that a provider took."""
        found: dict[str, list[Call]] = defaultdict(list)
        seen: set[str] = set()
        for call in self.calls():
            if call.message not in seen and self.taken[call.channel, call.message]:
                seen.add(call.message)
                found[self.person(call)].append(call)
        return found

    def contacts(self, row: Mapping[str, Any]) -> list[tuple[str, datetime]]:
        """What else the patient had, or was to have, by class and time."""
        mine = (one for one in self.of_patient[str(row["patient_id"])] if one is not row)
        return [(str(one["message_class"]), one["at"] if one["state"] in _OUT else one["due_at"]) for one in mine]
