"""Watch: sees every call to a provider and every fact as it is told, and knows none of the product's rules."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from followup.ports import Outbound
from followup.sandbox.simulation.facts import Diary, Done, Gone, Place, Said, Visit, Word
from followup.sandbox.simulation.town import Happening

#: What is planned by an actor may take so long to have its effect; what stops something takes effect at once.
LAG = timedelta(minutes=30)
_NOWHERE = Place("", "", "")


@dataclass(frozen=True, slots=True)
class Call:
    """One request to a provider: when, about which message, to whom."""

    at: datetime
    message: str
    channel: str
    kind: str
    to: str


@dataclass(slots=True)
class Watch:
    """Everything that was seen, in order."""

    now: Callable[[], datetime]
    lag: timedelta = LAG
    calls: list[Call] = field(default_factory=list)
    diaries: dict[str, Diary] = field(default_factory=dict)
    numbers: dict[str, list[tuple[datetime, str]]] = field(default_factory=lambda: defaultdict(list))

    def on_call(self, outbound: Outbound) -> None:
        """A provider is called; mail to staff is no business of patients."""
        if not outbound.message_id.startswith("esc_"):
            seen = Call(
                self.now(), outbound.message_id, outbound.channel.value, outbound.message_class.value, outbound.to
            )
            self.calls.append(seen)

    def accepted(self, happening: Happening, at: datetime) -> None:
        """The engine answered for this; from now on it knows."""
        diary = self.diaries.setdefault(happening.person, Diary(happening.person))
        for fact in happening.facts:
            diary.entries.append((at, fact))
            if isinstance(fact, Said):
                self.numbers[fact.number].append((at, fact.what))

    # What is true of a person at an instant ------------------------------------------------------------------------
    def places(self, person: str, moment: datetime) -> Iterator[Place]:
        """Where the person is known to be; just after a move also where they were."""
        told = [(at, fact) for at, fact in self._of(person).entries if isinstance(fact, Place) and at <= moment]
        for n, (at, fact) in enumerate(reversed(told)):
            yield fact
            if moment - at > self.lag:
                return
            if n == len(told) - 1:
                yield _NOWHERE

    def is_gone(self, person: str, moment: datetime) -> bool:
        """Dead, or the record closed."""
        return bool(self._of(person).of(Gone, moment))

    def words(self, person: str, moment: datetime) -> list[tuple[datetime, Word]]:
        """What the person had agreed to, or ended, by then."""
        return [(at, fact) for at, fact in self._of(person).entries if isinstance(fact, Word) and at <= moment]

    def treatments(self, person: str, moment: datetime) -> dict[str, Done]:
        """The last word on each treatment."""
        found = (fact for at, fact in self._of(person).entries if isinstance(fact, Done) and at <= moment)
        return {fact.treatment: fact for fact in found}

    def has_visit_ahead(self, person: str, code: str, moment: datetime) -> bool:
        """True if a visit for this treatment stands in the future."""
        known = self.visits(person, moment).values()
        return any(v.code == code and v.starts_at is not None and v.starts_at > moment for v in known)

    def visits(self, person: str, moment: datetime) -> dict[str, Visit]:
        """The last word on each booking."""
        found = (fact for at, fact in self._of(person).entries if isinstance(fact, Visit) and at <= moment)
        return {fact.booking: fact for fact in found}

    def silence(self, number: str, moment: datetime) -> str | None:
        """By what the holder of a number ended texts to it, if they did."""
        said = [what for at, what in self.numbers.get(number, ()) if at <= moment]
        if "wrong_number" in said:
            return "wrong_number"
        stops = [what for what in said if what in {"stop", "start"}]
        return "stop" if stops and stops[-1] == "stop" else None

    def _of(self, person: str) -> Diary:
        return self.diaries.get(person) or Diary(person)
